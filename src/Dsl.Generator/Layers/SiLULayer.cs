using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>x·sigmoid(x). Operations: four per element.</summary>
internal sealed class SiLULayer : ActivationLayer
{
    public override string Name => "SiLU";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.SiLU);
}
