using System.Collections.Generic;
using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>y = x·Wᵀ + b over the last dimension. Operations: 2·in·out and out for the bias, per row.</summary>
internal sealed partial class LinearLayer : Layer
{
    public override string Name => "Linear";

    public override bool HasParameters => true;

    public override string Needs => "features or steps × features";

    public override bool TakesRank(int rank) => rank is 1 or 2;

    public override void CheckArguments(Site site)
    {
        site.AtLeast("features", 1);
        site.IsInit();
    }

    public override Shape OutputOf(Site site) => site.Input.Rank == 1
        ? Sized(site, site.Entry.Int("features"))
        : Sized(site, site.Input[0], site.Entry.Int("features"));

    public override void AddParameters(Node node, List<ParameterSpec> parameters)
    {
        int inputs = node.InputShape.Last;
        int outputs = node.Shape.Last;
        parameters.Add(new("weight", new Shape(outputs, inputs), Initialisation.Of(node.Entry.Int("Init"), inputs, outputs)));
        if (node.Entry.Bool("Bias", true))
            parameters.Add(new("bias", new Shape(outputs), Initialisation.FanIn(inputs)));
    }

    public override long OperationsOf(Node node)
    {
        long multiplyAdds = Counting.Multiply(node.Shape.Count, node.InputShape.Last);
        return Counting.Add(Counting.Multiply(2, multiplyAdds), node.Entry.Bool("Bias", true) ? node.Shape.Count : 0);
    }
}
