using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Losses;

/// <summary>The mean squared error against the input itself.</summary>
internal sealed class ReconstructionLoss : Loss
{
    public override string Name => "Reconstruction";

    public override bool TakesTargets => false;

    public override string? Refuses(Network network)
    {
        if (network.Inputs.Count != 1)
            return "needs a network with one input";
        Node input = network.Nodes[network.Inputs[0]];
        if (input.Layer.Gives != ElementType.Float32)
            return "needs an input of numbers";
        return input.Shape == network.OutputShape || !input.Shape.IsKnown ? null : $"needs the input's shape {input.Shape}";
    }

    public override Target TargetOf(Network network) => new(TargetKind.None, (int)network.OutputShape.Count, Meaning: TargetMeaning.Number);

    public override void Lower(Lowering lowering, Network network, Tensor output)
    {
        Tensor input = lowering.ValueOf(network.Inputs[0]);
        LowerElements(lowering, network, output, ElementLoss.MeanSquaredError, Operand.Buffer(input));

        // The input is the target too. With both changed about the loss is bit for bit the same, and the gradient the target's.
        if (lowering.Training)
        {
            lowering.AddInputGradient(input, gradient => lowering.Call(
                Operations.ElementLoss,
                Operand.Of(ElementLoss.MeanSquaredError),
                0.0,
                Operand.Buffer(input),
                Operand.Buffer(output),
                Operand.Buffer(gradient),
                lowering.Loss,
                Operand.PerSample(network.OutputShape.Count)));
        }
    }
}
