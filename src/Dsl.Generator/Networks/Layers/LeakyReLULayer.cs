using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>LeakyReLU</c> declares.</summary>
internal sealed record LeakyReLUOptions(float Slope);

/// <summary>x where positive, slope·x elsewhere. Operations: two per element.</summary>
internal sealed class LeakyReLULayer : ActivationLayer
{
    public override string Name => "LeakyReLU";

    public override object ReadOptions(Entry entry) => new LeakyReLUOptions((float)entry.Attribute<LeakyReLUAttribute>().Slope);

    public override void CheckArguments(Site site) => site.Finite("slope");

    public override long OperationsOf(Node node) => Counting.Multiply(2, node.Shape.Count);

    public override Epilogue EpilogueOf(Node node) => new(UnaryFunction.LeakyReLU, node.Entry.Options<LeakyReLUOptions>().Slope);

    public override void Export(OnnxGraph graph, Node node) => graph.Node("LeakyRelu", node).Float("alpha", node.Entry.Options<LeakyReLUOptions>().Slope);
}
