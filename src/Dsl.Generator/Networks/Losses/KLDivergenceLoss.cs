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
        WithGradient(lowering, output, gradient =>
        {
            Operand x = Operand.Buffer(output);
            if (output.Lengths is { } lengths)
                lowering.Call(Operations.KLDivergenceOfSteps, [x, lowering.Targets, Operand.Buffer(lengths.Storage), gradient, lowering.Loss, .. StepsOf(output)]);
            else
                lowering.Call(Operations.KLDivergence, x, lowering.Targets, gradient, lowering.Loss, Operand.PerSample(shape.Count / shape.Last), shape.Last);
        });
    }
}
