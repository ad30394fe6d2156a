using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>x where positive, alpha·(eˣ - 1) elsewhere. Operations: three per element.</summary>
internal sealed class ELULayer : ActivationLayer
{
    public override string Name => "ELU";

    public override void CheckArguments(Site site) => site.Finite("alpha");

    public override long OperationsOf(Node node) => Counting.Multiply(3, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.ELU, node.Entry.Float("alpha", 1));
}
