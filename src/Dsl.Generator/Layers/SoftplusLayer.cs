using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>ln(1 + eˣ). Operations: three per element.</summary>
internal sealed class SoftplusLayer : ActivationLayer
{
    public override string Name => "Softplus";

    public override long OperationsOf(Node node) => Counting.Multiply(3, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.Softplus);
}
