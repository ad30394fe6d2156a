using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>x where positive, slope·x elsewhere. Operations: two per element.</summary>
internal sealed class LeakyReLULayer : ActivationLayer
{
    public override string Name => "LeakyReLU";

    public override void CheckArguments(Site site) => site.Finite("slope");

    public override long OperationsOf(Node node) => Counting.Multiply(2, node.Shape.Count);

    /// <summary>With a negative slope the sign of the output no longer tells the sign of the input.</summary>
    public override Epilogue EpilogueOf(Node node)
    {
        double slope = node.Entry.Double("slope", 0.01);
        return new("LeakyReLU", slope, IsFromOutput: slope >= 0);
    }
}
