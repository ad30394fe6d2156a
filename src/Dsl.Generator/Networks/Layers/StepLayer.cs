using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>A layer that makes one vector of a sample's own steps: T×F → F. Operations: one per element of the input.</summary>
internal abstract class StepLayer : Layer
{
    public override string Needs => "steps × features";

    public override bool TakesRank(int rank) => rank == 2;

    public override Shape OutputOf(LayerSite site) => new(site.Input[1]);

    public override long OperationsOf(Node node) => node.InputShape.Count;

    public override Lengths LengthsIn(Node node) => Lengths.Consumed;
}
