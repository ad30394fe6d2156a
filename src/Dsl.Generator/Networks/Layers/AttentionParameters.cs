using System;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What an attention declares.</summary>
internal record AttentionOptions(int Heads, bool IsCausal, float Dropout, Init Init);

/// <summary>The parameters of an attention, in PyTorch's names and order, what is checked of it and what it costs.</summary>
internal static class AttentionParameters
{
    /// <summary>The projections of queries, keys and values, one under the other.</summary>
    public const string InWeight = "in_proj_weight";

    public const string InBias = "in_proj_bias";

    public const string OutWeight = "out_proj.weight";

    public const string OutBias = "out_proj.bias";

    /// <summary>All four; their names start with <paramref name="prefix"/>.</summary>
    public static LayerParameter[] Named(string prefix) =>
    [
        new(prefix + InWeight, node => new Shape(Thrice(Features(node)), Features(node)), node => InStart(node)),
        new(prefix + InBias, node => new Shape(Thrice(Features(node))), _ => Initialisation.Zeros),
        new(prefix + OutWeight, node => new Shape(Features(node), Features(node)), node => Initialisation.Of(InitOf(node), Features(node), Features(node))),
        new(prefix + OutBias, node => new Shape(Features(node)), _ => Initialisation.Zeros),
    ];

    /// <summary>Ranges of what every attention declares.</summary>
    public static void CheckArguments(Site site)
    {
        site.AtLeast("heads", 1);
        site.InUnit("Dropout");
        site.IsMember("Init", site.Entry.Options<AttentionOptions>().Init);
    }

    /// <summary>Whether the features can be shared out among the heads; else it is said that they cannot.</summary>
    public static bool Divide(LayerSite site)
    {
        int heads = site.Entry.Options<AttentionOptions>().Heads;
        if (site.Input.Last % heads == 0)
            return true;
        site.Fail(Descriptors.NotDivisible, "heads", $"cannot divide its {site.Input.Last} features into {heads} heads{site.Origin}");
        return false;
    }

    /// <summary>Adds an attention.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="node">Whose.</param>
    /// <param name="output">The name of its value.</param>
    /// <param name="x">Where queries come from.</param>
    /// <param name="other">Where keys and values come from; null: the same.</param>
    /// <param name="prefix">What the parameters' names start with.</param>
    /// <param name="keys">Steps of keys and values.</param>
    /// <param name="lengths">How many keys are to be seen; null: all.</param>
    public static void Export(OnnxGraph graph, Node node, string output, string x, string? other, string prefix, int keys, string? lengths)
    {
        AttentionOptions options = node.Entry.Options<AttentionOptions>();
        graph.Call("Attention", output, x, other, OnnxGraph.Parameter(node, prefix), options.Heads, keys, options.IsCausal, lengths);
    }

    /// <summary>Projections as linear layers, and 4·T·T'·F for scores and sums.</summary>
    public static long Operations(Shape queries, Shape keys)
    {
        long features = queries.Last;
        long scores = Counting.Multiply(4, Counting.Multiply(queries.Count, keys[0]));
        long ofQueries = LinearOperations(queries.Count, features, 2);
        long ofKeys = LinearOperations(keys.Count, features, 2);
        return Counting.Add(scores, Counting.Add(ofQueries, ofKeys));
    }

    /// <summary>Of linear layers with as many outputs in all as <paramref name="outputs"/> times <paramref name="layers"/>.</summary>
    public static long LinearOperations(long outputs, long inputs, int layers = 1) =>
        Counting.Multiply(Counting.Multiply(layers, outputs), Counting.Add(Counting.Multiply(2, inputs), 1));

    private static int Features(Node node) => node.InputShape.Last;

    // A count too large for a dimension is too large for a buffer as well, which is what is then said.
    private static int Thrice(int features) => (int)Math.Min(int.MaxValue, 3L * features);

    private static Init InitOf(Node node) => node.Entry.Options<AttentionOptions>().Init;

    private static Initialisation InStart(Node node)
    {
        Init init = InitOf(node);
        return Initialisation.Of(init == Init.Default ? Init.XavierUniform : init, Features(node), 3L * Features(node));
    }
}
