using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>x·sigmoid(x). Operations: four per element.</summary>
internal sealed class SiLULayer : ActivationLayer
{
    public override string Name => "SiLU";

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.SiLU);
}
