using System.Collections.Generic;
using System.Linq;
using System.Text;
using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Emitting;

/// <summary>
/// A member for every layer with parameters: <c>net.Conv2d1.Weight</c>, <c>net.Use1[0].Conv2d1.Weight</c>. Their names follow from what is written,
/// not from shapes, so a wrong declaration has them too.
/// </summary>
internal sealed class LayerMembers(CodeWriter writer, Network network, MemberNames names)
{
    private readonly SortedDictionary<string, IReadOnlyList<string>> parameterSets = new(System.StringComparer.Ordinal);

    // A class of the user's with that name is an error already; ours stands beside it so that nothing else is.
    private readonly string holder = names.IsFree("Layers") ? "Layers" : "GeneratedLayers";

    public void Write()
    {
        int[] starts = Starts(network);
        foreach (Node node in network.Nodes)
        {
            if (IsOwn(node) && SetOf(node) is { } set && names.Take(node.Name))
                Property(holder + "." + set, node.Name, $"new(this, {Literal.Int(starts[node.Index])})");
        }

        List<UseGroup> groups = [.. network.Groups.Where(group => HasParameters(group) && names.Take(group.Name))];
        foreach (UseGroup group in groups)
            Property($"{holder}.{TypeOf("", group)}s", group.Name, $"new(this, {Literal.Int(starts[group.FirstNode])})");
        writer.Line();
        writer.Line("/// <summary>The layers with parameters, as the network's members give them.</summary>");
        writer.Open("public static class " + holder);
        foreach (UseGroup group in groups)
            Block("", group);
        foreach (KeyValuePair<string, IReadOnlyList<string>> set in parameterSets)
        {
            writer.Open($"public readonly struct {set.Key}(global::Dsl.Network ofNetwork, int atParameter)");
            for (int i = 0; i < set.Value.Count; i++)
                writer.Line($"public global::Dsl.Parameter {Pascal(set.Value[i])} => ofNetwork.Parameters[atParameter + {Literal.Int(i)}];");
            writer.Close();
        }

        writer.Close();
        writer.Line();
    }

    /// <summary>Where each node's parameters start in the network's list; after the last, their number.</summary>
    private static int[] Starts(Network network)
    {
        int[] starts = new int[network.Nodes.Count + 1];
        foreach (Node node in network.Nodes)
            starts[node.Index + 1] = starts[node.Index] + node.Layer.ParameterNames(node.Entry).Count;
        return starts;
    }

    /// <summary>The layer stands in the class itself, not in a block that it uses.</summary>
    private static bool IsOwn(Node node) => node.Name.Length == node.Path.Length;

    // Of a block that is not known nothing is known: the member stays.
    private static bool HasParameters(UseGroup group) => group.Block is null || Starts(group.Block)[group.Block.Nodes.Count] > 0;

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

    private string? SetOf(Node node)
    {
        IReadOnlyList<string> parameters = node.Layer.ParameterNames(node.Entry);
        if (parameters.Count == 0)
            return null;
        string set = string.Concat(parameters.Select(Pascal)) + "Parameters";
        parameterSets[set] = parameters;
        return set;
    }

    private void Property(string type, string name, string value) =>
        writer.Line($"public {type} {ModelEmitter.Escape(name)} => {(network.HasErrors ? MemberNames.Throw : value)};");

    // The network of a wrong declaration gives no Layers, so what stands in them need not throw.
    private void Block(string prefix, UseGroup group)
    {
        string type = TypeOf(prefix, group);
        if (group.Block is not { } block)
        {
            // The block is not known, so neither are its members: only dynamic takes any of them.
            writer.Line($"public readonly struct {type}s(global::Dsl.Network ofNetwork, int atParameter) {{ public int Count => 0; public dynamic this[int index] => throw new global::System.InvalidOperationException(); }}");
            return;
        }

        int[] starts = Starts(block);
        string count = Literal.Int(group.Repeat);
        writer.Open($"public readonly struct {type}s(global::Dsl.Network ofNetwork, int atParameter)");
        writer.Line($"public int Count => {count};");
        writer.Line($"public {type} this[int index] => (uint)index < {count}u ? new(ofNetwork, atParameter + {Literal.Int(starts[starts.Length - 1])} * index) : throw new global::System.ArgumentOutOfRangeException(nameof(index));");
        writer.Close();
        writer.Open($"public readonly struct {type}(global::Dsl.Network ofNetwork, int atParameter)");
        MemberNames taken = new(block);
        foreach (Node node in block.Nodes)
        {
            if (IsOwn(node) && SetOf(node) is { } set && taken.Take(node.Name))
                writer.Line($"public {set} {ModelEmitter.Escape(node.Name)} => new(ofNetwork, atParameter + {Literal.Int(starts[node.Index])});");
        }

        List<UseGroup> inner = [.. block.Groups.Where(one => HasParameters(one) && taken.Take(one.Name))];
        foreach (UseGroup one in inner)
            writer.Line($"public {TypeOf(type, one)}s {ModelEmitter.Escape(one.Name)} => new(ofNetwork, atParameter + {Literal.Int(starts[one.FirstNode])});");
        writer.Close();
        foreach (UseGroup one in inner)
            Block(type, one);
    }
}
