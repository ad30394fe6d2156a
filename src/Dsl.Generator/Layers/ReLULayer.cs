using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>max(0, x). Operations: one per element.</summary>
internal sealed class ReLULayer : ActivationLayer
{
    public override string Name => "ReLU";

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.ReLU);
}
