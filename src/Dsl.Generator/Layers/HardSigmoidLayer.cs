using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>min(max(x + 3, 0), 6) / 6. Operations: four per element.</summary>
internal sealed class HardSigmoidLayer : ActivationLayer
{
    public override string Name => "HardSigmoid";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.HardSigmoid);
}
