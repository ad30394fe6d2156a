using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>MultiheadAttention</c> declares.</summary>
internal sealed record MultiheadAttentionOptions(int Heads, bool IsCausal, float Dropout, Init Init, string? KeyValue) : AttentionOptions(Heads, IsCausal, Dropout, Init);

/// <summary>Attention of a sequence to itself or to another. Operations: those of its linear layers, and 4·T·T'·F.</summary>
internal sealed class MultiheadAttentionLayer : Layer
{
    private static readonly LayerParameter[] All = AttentionParameters.Named("");

    public override string Name => "MultiheadAttention";

    public override object ReadOptions(Entry entry)
    {
        MultiheadAttentionAttribute written = entry.Attribute<MultiheadAttentionAttribute>();
        return new MultiheadAttentionOptions(written.Heads, written.Causal, (float)written.Dropout, written.Init, written.KeyValue);
    }

    public override string Needs => "steps × features";

    public override bool TakesRank(int rank) => rank == 2;

    public override string? MergeArgument => nameof(MultiheadAttentionAttribute.KeyValue);

    public override EquatableArray<string> MergedNames(Entry entry) =>
        entry.Options<MultiheadAttentionOptions>().KeyValue is { } name ? new EquatableArray<string>([name]) : default;

    public override void CheckArguments(Site site)
    {
        AttentionParameters.CheckArguments(site);
        if (site.Entry.Options<MultiheadAttentionOptions>() is { IsCausal: true, KeyValue: not null })
            site.Fail(Descriptors.OutOfRange, "Causal", "cannot be causal beside KeyValue: steps of another sequence are neither before nor after its own");
    }

    public override Shape OutputOf(LayerSite site)
    {
        int features = site.Input.Last;
        if (!AttentionParameters.Divide(site))
            return Shape.Unknown;
        Shape keys = site.Inputs[site.Inputs.Count - 1];
        if (keys.Rank != 2 || keys.Last != features)
        {
            string text = $"needs steps × {features}, but \"{site.Entry.Options<MultiheadAttentionOptions>().KeyValue}\" is {keys} and its input {site.Input}{site.Origin}";
            site.Fail(Descriptors.ShapesDiffer, nameof(MultiheadAttentionAttribute.KeyValue), text);
            return Shape.Unknown;
        }

        // The largest of what is computed on the way.
        return Sized(site, keys[0], (site.Inputs.Count == 1 ? 3L : 2L) * features).IsKnown ? site.Input : Shape.Unknown;
    }

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => All;

    public override long OperationsOf(Node node) => AttentionParameters.Operations(node.Shape, node.InputShapes[node.InputShapes.Count - 1]);

    public override bool LooksBack(Node node) => true;

    public override bool IsCausal(Node node) => node.Entry.Options<AttentionOptions>().IsCausal;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Composition composition = new(lowering, group);
        int last = group.Head.Inputs.Count - 1;
        Tensor x = composition.Input();
        Tensor? other = last == 0 ? null : composition.Input(last);
        composition.Finish(composition.Attend(x, other, group.Head.Entry.Options<AttentionOptions>(), lowering.LengthsOf(group, last)));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        int last = node.Inputs.Count - 1;
        string? other = last == 0 ? null : graph.Input(node, last);
        AttentionParameters.Export(graph, node, node.Path, graph.Input(node), other, "", node.InputShapes[last][0], graph.LengthsOf(node, last));
    }
}
