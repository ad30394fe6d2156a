using System.Collections.Generic;
using System.Linq;
using System.Text;
using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Emitting;

/// <summary>A member for every layer with parameters: <c>net.Conv2d1.Weight</c>, <c>net.Use1[0].Conv2d1.Weight</c>.</summary>
internal sealed class LayerMembers(CodeWriter writer, Network network, bool throws)
{
    private readonly Dictionary<int, int> firstParameter = [];
    private readonly SortedDictionary<string, List<string>> parameterSets = new(System.StringComparer.Ordinal);

    public void Write()
    {
        int parameters = 0;
        foreach (Node node in network.Nodes)
        {
            firstParameter.Add(node.Index, parameters);
            parameters += node.Parameters.Count;
        }

        foreach (Node node in network.Nodes)
        {
            if (node.Name == node.Path)
                Layer(node, 0, "this");
        }

        foreach (UseGroup group in network.Groups)
            writer.Line($"public Layers.{TypeOf("", group)}s {group.Name} => {(throws ? "throw Invalid()" : $"new(this, {Literal.Int(FirstOf(group))})")};");
        writer.Line();
        writer.Open("public static class Layers");
        foreach (UseGroup group in network.Groups)
            Block("", group);
        foreach (KeyValuePair<string, List<string>> set in parameterSets)
        {
            writer.Open($"public readonly struct {set.Key}(global::Dsl.Network network, int first)");
            for (int i = 0; i < set.Value.Count; i++)
                writer.Line($"public global::Dsl.Parameter {Pascal(set.Value[i])} => network.Parameters[first + {Literal.Int(i)}];");
            writer.Close();
        }

        writer.Close();
        writer.Line();
    }

    private static string TypeOf(string prefix, UseGroup group) => prefix + group.Name + "Block";

    /// <summary>PyTorch's name as a C# member: <c>running_mean</c> is RunningMean, <c>out_proj.weight</c> OutProjWeight.</summary>
    private static string Pascal(string name)
    {
        StringBuilder text = new();
        bool upper = true;
        foreach (char c in name)
        {
            if (c is '_' or '.')
                upper = true;
            else
            {
                text.Append(upper ? char.ToUpperInvariant(c) : c);
                upper = false;
            }
        }

        return text.ToString();
    }

    private void Layer(Node node, int offset, string owner)
    {
        if (node.Parameters.Count == 0)
            return;
        List<string> names = [.. node.Parameters.Select(parameter => parameter.Name)];
        string set = string.Concat(names.Select(Pascal)) + "Parameters";
        parameterSets[set] = names;
        string first = owner == "this" ? Literal.Int(firstParameter[node.Index]) : $"first + {Literal.Int(firstParameter[node.Index] - offset)}";
        string type = owner == "this" ? "Layers." + set : set;
        writer.Line($"public {type} {ModelEmitter.Escape(node.Name)} => {(throws ? "throw Invalid()" : $"new({owner}, {first})")};");
    }

    private int FirstOf(UseGroup group) => group.Instances.Count == 0 ? 0 : FirstOf(group.Instances[0]);

    private int FirstOf(UseInstance instance)
    {
        int first = int.MaxValue;
        foreach (int node in instance.Nodes)
            first = System.Math.Min(first, firstParameter[node]);
        foreach (UseGroup group in instance.Groups)
            first = System.Math.Min(first, FirstOf(group));
        return first == int.MaxValue ? 0 : first;
    }

    private void Block(string prefix, UseGroup group)
    {
        string type = TypeOf(prefix, group);
        if (group.Instances.Count == 0)
        {
            // The block is not known, so neither are its members: only dynamic takes any of them.
            writer.Line($"public readonly struct {type}s(global::Dsl.Network network, int first) {{ public int Count => 0; public dynamic this[int index] => throw new global::System.InvalidOperationException(); }}");
            return;
        }

        int first = FirstOf(group.Instances[0]);
        int stride = group.Instances.Count > 1 ? FirstOf(group.Instances[1]) - first : 0;
        writer.Open($"public readonly struct {type}s(global::Dsl.Network network, int first)");
        writer.Line($"public int Count => {Literal.Int(group.Instances.Count)};");
        writer.Line($"public {type} this[int index] => (uint)index < {Literal.Int(group.Instances.Count)}u ? new(network, first + {Literal.Int(stride)} * index) : throw new global::System.ArgumentOutOfRangeException(nameof(index));");
        writer.Close();
        writer.Open($"public readonly struct {type}(global::Dsl.Network network, int first)");
        if (throws)
            writer.Line("private static global::System.InvalidOperationException Invalid() => new();");
        UseInstance instance = group.Instances[0];
        foreach (int node in instance.Nodes)
            Layer(network.Nodes[node], first, "network");
        foreach (UseGroup inner in instance.Groups)
            writer.Line($"public {TypeOf(type, inner)}s {inner.Name} => new(network, first + {Literal.Int(FirstOf(inner) - first)});");
        writer.Close();
        foreach (UseGroup inner in instance.Groups)
            Block(type, inner);
    }
}
