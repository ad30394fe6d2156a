using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Losses;

/// <summary>Sigmoid and binary cross-entropy with targets of the same shape.</summary>
internal sealed partial class BinaryCrossEntropyLoss : Loss
{
    public override string Name => "BinaryCrossEntropy";

    public override bool Applies(string activation) => activation == "Sigmoid";

    public override bool HasProbabilities => true;

    public override string? ProbabilityOperation(Network network)
    {
        string layout = $"new global::Dsl.Runtime.TensorLayout({Literal.Int(network.OutputShape.Count)})";
        string view = $"View(context.Outputs[0], {layout})";
        return $"TBackend.Unary(new global::Dsl.Runtime.Epilogue(global::Dsl.Runtime.UnaryFunction.Sigmoid), {view}, {view}, context.Batch);";
    }

    public override void Lower(Lowering lowering, Network network, Tensor output) =>
        LowerElements(lowering, network, output, "BinaryCrossEntropy", "0f", "context.Targets");
}
