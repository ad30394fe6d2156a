using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>x where positive, slope·x elsewhere. Operations: two per element.</summary>
internal sealed partial class LeakyReLULayer : Layer
{
    public override string Name => "LeakyReLU";

    public override void CheckArguments(Site site) => site.Finite("slope");

    public override long OperationsOf(Node node) => Counting.Multiply(2, node.Shape.Count);
}
