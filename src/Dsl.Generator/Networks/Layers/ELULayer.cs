using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>ELU</c> declares.</summary>
internal sealed record ELUOptions(float Alpha);

/// <summary>x where positive, alpha·(eˣ - 1) elsewhere. Operations: three per element.</summary>
internal sealed class ELULayer : ActivationLayer
{
    public override string Name => "ELU";

    public override object ReadOptions(Entry entry) => new ELUOptions((float)entry.Attribute<ELUAttribute>().Alpha);

    public override void CheckArguments(Site site) => site.Finite("alpha");

    public override long OperationsOf(Node node) => Counting.Multiply(3, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.ELU, node.Entry.Options<ELUOptions>().Alpha);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Elu", node).Float("alpha", node.Entry.Options<ELUOptions>().Alpha);
}
