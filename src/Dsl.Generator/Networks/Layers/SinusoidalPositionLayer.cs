using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>Positions as sines and cosines: a table that is made once, like prepared weights.</summary>
internal sealed class SinusoidalPositionLayer : PositionLayer
{
    public override string Name => "SinusoidalPosition";

    protected override Operand Positions(Lowering lowering, FusedGroup group)
    {
        int steps = lowering.IsStepwise ? lowering.ContextSteps : group.Head.Shape[0];
        int features = group.Head.Shape.Last;
        return Operand.Buffer(lowering.Prepared(group, "Table", (long)steps * features, made =>
            lowering.Prepare(Operations.SinusoidalTable, Operand.Buffer(made), steps, features)));
    }

    public override void Export(OnnxGraph graph, Node node) => graph.Call("AddSinusoids", node.Path, graph.Input(node), node.Shape[0], node.Shape.Last);
}
