using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Losses;

/// <summary>Of log-probabilities from probabilities: the sum over the last dimension, the mean over the rest.</summary>
internal sealed partial class KLDivergenceLoss : Loss
{
    public override string Name => "KLDivergence";

    public override void Lower(Lowering lowering, Network network, Tensor output)
    {
        Shape shape = network.OutputShape;
        WithGradient(lowering, output, gradient => lowering.Call(
            "KLDivergence", Operand.Buffer(output), "context.Targets", gradient, "context.Loss", $"batch * {Literal.Int(shape.Count / shape.Last)}L", shape.Last));
    }
}
