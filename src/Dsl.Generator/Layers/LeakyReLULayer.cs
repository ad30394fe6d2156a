using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>x where positive, slope·x elsewhere. Operations: two per element.</summary>
internal sealed class LeakyReLULayer : ActivationLayer
{
    public override string Name => "LeakyReLU";

    public override void CheckArguments(Site site) => site.Finite("slope");

    public override long OperationsOf(Node node) => Counting.Multiply(2, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.LeakyReLU, node.Entry.Float("slope", 0.01));
}
