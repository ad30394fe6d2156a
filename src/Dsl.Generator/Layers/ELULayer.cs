using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>x where positive, alpha·(eˣ - 1) elsewhere. Operations: three per element.</summary>
internal sealed partial class ELULayer : Layer
{
    public override string Name => "ELU";

    public override void CheckArguments(Site site) => site.Finite("alpha");

    public override long OperationsOf(Node node) => Counting.Multiply(3, node.Shape.Count);
}
