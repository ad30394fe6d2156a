using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>
/// A member for every layer with parameters: <c>net.Conv2d1.Weight</c>, <c>net.Use1[0].Conv2d1.Weight</c>. Their names follow from what is written,
/// not from shapes, so a wrong declaration has them too.
/// </summary>
internal sealed class LayerMembers(CodeWriter writer, Network network, MemberNames names)
{
    public static ModelPart Part { get; } = new([], context => new LayerMembers(context.Writer, context.Network, context.Names).Write());

    private const int LongestName = 200;

    // Nearly all layers have a weight and a bias.
    private static readonly ConcurrentDictionary<string, string> MembersOfParameters = new(System.StringComparer.Ordinal);

    private readonly SortedDictionary<string, IReadOnlyList<LayerParameter>> parameterSets = new(System.StringComparer.Ordinal);

    // No name that a user's type has: one nested in the class would hide it from the class's own attributes, which may take a number from it.
    private readonly string holder = names.Own("GeneratedLayers");

    private readonly HashSet<string> types = new(System.StringComparer.Ordinal);

    private void Write()
    {
        int[] starts = Starts(network);
        foreach (Node node in network.Nodes)
        {
            if (IsOwn(node) && SetOf(node) is { } set && names.Take(node.Name))
                Property(holder + "." + set, node.Name, $"new(this, {Literal.Int(starts[node.Index])})");
        }

        List<(UseGroup Group, string Type)> groups = [.. network.Groups.Where(group => HasParameters(group) && names.Take(group.Name)).Select(group => (group, NewType("", group)))];
        foreach ((UseGroup group, string type) in groups)
            Property($"{holder}.{type}s", group.Name, $"new(this, {Literal.Int(starts[group.FirstNode])})");
        writer.Line();
        writer.Line("/// <summary>The layers with parameters, as the network's members give them.</summary>");
        writer.Open("public static class " + holder);
        foreach ((UseGroup group, string type) in groups)
            Block(type, group);
        foreach (KeyValuePair<string, IReadOnlyList<LayerParameter>> set in parameterSets)
        {
            Open(set.Key);
            for (int i = 0; i < set.Value.Count; i++)
                writer.Line($"public global::Dsl.Parameter {MemberOf(set.Value[i])} => {Body($"ofNetwork.Parameters[atParameter + {Literal.Int(i)}]")};");
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
            starts[node.Index + 1] = starts[node.Index] + node.Layer.Parameters(node.Entry).Count;
        return starts;
    }

    /// <summary>The layer stands in the class itself, not in a block that it uses.</summary>
    private static bool IsOwn(Node node) => node.Name.Length == node.Path.Length;

    // Of a block that is not known nothing is known: the member stays.
    private static bool HasParameters(UseGroup group) => group.Block is null || Starts(group.Block)[group.Block.Nodes.Count] > 0;

    /// <summary>
    /// A name for the type of one repetition, with an s that of all of them: unlike any other type here, as <c>Use1Block</c> in <c>A</c> may be spelled like
    /// <c>Block</c> in <c>AUse1</c>, and unlike a member that it will have.
    /// </summary>
    private string NewType(string prefix, UseGroup group)
    {
        string type = GeneratedNames.Unused(prefix + group.Name + "Block", name => types.Contains(name) || (group.Block is not null && HasLayer(group.Block, name)));
        types.Add(type);
        return type;
    }

    private static bool HasLayer(Network block, string name) => block.Nodes.Any(node => node.Name == name) || block.Groups.Any(group => group.Name == name);

    /// <summary>Starts a type that knows the network and where its parameters start. Members of a wrong network throw.</summary>
    private void Open(string type, string network = "ofNetwork", string start = "atParameter")
    {
        writer.Open("public readonly struct " + type);
        writer.Line($"private readonly global::Dsl.Network {network};");
        writer.Line($"private readonly int {start};");
        writer.Line($"internal {type}(global::Dsl.Network {network}, int {start}) {{ this.{network} = {network}; this.{start} = {start}; }}");
    }

    private string Body(string value) => network.HasErrors ? names.Throw : value;

    private static string MemberOf(LayerParameter parameter) => MembersOfParameters.GetOrAdd(parameter.Name, Pascal);

    /// <summary>PyTorch's name as a C# member: <c>running_mean</c> is RunningMean, <c>out_proj.weight</c> OutProjWeight.</summary>
    private static string Pascal(string name)
    {
        StringBuilder text = new();
        bool upper = true;
        foreach (char c in name)
        {
            if (c is '_' or '.')
            {
                upper = true;
            }
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
        IReadOnlyList<LayerParameter> parameters = node.Layer.Parameters(node.Entry);
        if (parameters.Count == 0)
            return null;
        string set = string.Concat(parameters.Select(MemberOf)) + "Parameters";

        // Stacked layers have dozens, and C# takes no name of more than 511 characters.
        if (set.Length > LongestName)
            set = $"{MemberOf(parameters[0])}To{MemberOf(parameters[parameters.Count - 1])}{Literal.Int(parameters.Count)}Parameters";
        parameterSets[set] = parameters;
        return set;
    }

    private void Property(string type, string name, string value) =>
        writer.Line($"public {type} {Literal.Name(name)} => {Body(value)};");

    private void Block(string type, UseGroup group)
    {
        if (group.Block is not { } block)
        {
            // The block is not known, so neither are its members: only dynamic takes any of them.
            writer.Line($"public readonly struct {type}s {{ public int Count => {names.Throw}; public dynamic this[int index] => {names.Throw}; }}");
            return;
        }

        int[] starts = Starts(block);
        string count = Literal.Int(group.Repeat);
        Open(type + "s");
        writer.Line($"public int Count => {Body(count)};");
        writer.Line($"public {type} this[int index] => {Body($"(uint)index < {count}u ? new(ofNetwork, atParameter + {Literal.Int(starts[starts.Length - 1])} * index) : throw new global::System.ArgumentOutOfRangeException(\"index\")")};");
        writer.Close();

        // A layer may be called as our fields are.
        string holding = GeneratedNames.Unused("ofNetwork", name => HasLayer(block, name));
        string from = GeneratedNames.Unused("atParameter", name => HasLayer(block, name));
        Open(type, holding, from);
        MemberNames taken = new(block);
        foreach (Node node in block.Nodes)
        {
            if (IsOwn(node) && SetOf(node) is { } set && taken.Take(node.Name))
                writer.Line($"public {set} {Literal.Name(node.Name)} => {Body($"new({holding}, {from} + {Literal.Int(starts[node.Index])})")};");
        }

        List<(UseGroup Group, string Type)> inner = [.. block.Groups.Where(one => HasParameters(one) && taken.Take(one.Name)).Select(one => (one, NewType(type, one)))];
        foreach ((UseGroup one, string innerType) in inner)
            writer.Line($"public {innerType}s {Literal.Name(one.Name)} => {Body($"new({holding}, {from} + {Literal.Int(starts[one.FirstNode])})")};");
        writer.Close();
        foreach ((UseGroup one, string innerType) in inner)
            Block(innerType, one);
    }
}
