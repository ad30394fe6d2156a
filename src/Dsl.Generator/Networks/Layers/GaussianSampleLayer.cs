using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>GaussianSample</c> declares.</summary>
internal sealed record GaussianSampleOptions(float Weight);

/// <summary>
/// Means and log-variances to a sample; outside training to the means. Operations: none, as outside training it only passes values on.
/// </summary>
internal sealed class GaussianSampleLayer : Layer
{
    public override string Name => "GaussianSample";

    public override object ReadOptions(Entry entry) => new GaussianSampleOptions((float)entry.Attribute<GaussianSampleAttribute>().Weight);

    public override void CheckArguments(Site site) => site.NonNegative("Weight");

    public override string Needs => "features: means, then as many log-variances";

    public override bool TakesRank(int rank) => rank == 1;

    public override Shape OutputOf(LayerSite site)
    {
        int features = site.Input[0];
        if (features % 2 == 0)
            return new Shape(features / 2);
        site.FailHere(Descriptors.NotDivisible, $"cannot halve its {features} features into means and log-variances{site.Origin}");
        return Shape.Unknown;
    }

    public override long OperationsOf(Node node) => 0;

    public override bool AddsToLoss(Node node) => node.Entry.Options<GaussianSampleOptions>().Weight > 0;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
        int features = group.Last.Shape[0];
        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        double weight = group.Head.Entry.Options<GaussianSampleOptions>().Weight;
        if (AddsToLoss(group.Head))
        {
            lowering.AddToLoss(group, () => lowering.Call(
                Operations.AddGaussianDivergence, Operand.Buffer(x), weight, lowering.Loss, features, Operand.Batch));
        }

        if (!lowering.Training)
        {
            lowering.Call(Operations.CopyBlocks, Operand.Buffer(x), 2L * features, (long)features, Operand.Buffer(y), (long)features, (long)features, 1, features, Operand.Batch);
            return;
        }

        Operand key = Operand.Of(DropoutLayerKey.Of(group.Head));
        lowering.Call(Operations.GaussianSample, key, Operand.Buffer(x), Operand.Buffer(y), features, Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx => lowering.Call(
            Operations.GaussianSampleBackward, key, Operand.Buffer(x), Operand.Buffer(dy), weight, Operand.Buffer(dx), features, Operand.Batch)));
    }

    public override void Export(OnnxGraph graph, Node node) => graph.Call("FirstFeatures", node.Path, graph.Input(node), node.Shape[0]);
}
