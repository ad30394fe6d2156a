using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Losses;

/// <summary>Of log-probabilities from probabilities: the sum over the last dimension, the mean over the rest.</summary>
internal sealed class KLDivergenceLoss : Loss
{
    public override string Name => "KLDivergence";

    public override Target TargetOf(Network network) => ValuesLike(network, TargetMeaning.Other);

    public override void Lower(Lowering lowering, Network network, Tensor output)
    {
        Shape shape = network.OutputShape;
        WithGradient(lowering, output, gradient => lowering.Call(
            Operations.KLDivergence, Operand.Buffer(output), lowering.Targets, gradient, lowering.Loss, Operand.PerSample(shape.Count / shape.Last), shape.Last));
    }
}
