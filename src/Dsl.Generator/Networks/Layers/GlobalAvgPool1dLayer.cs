using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The mean of every feature over a sample's own steps: T×F → F. Operations: one per element of the input.</summary>
internal sealed class GlobalAvgPool1dLayer : StepLayer
{
    public override string Name => "GlobalAvgPool1d";

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.Steps(lowering.InputOf(group));
        Operand lengths = lowering.LengthsOf(group);
        if (lengths.Kind == OperandKind.None)
        {
            AdaptiveAvgPool2dLayer.LowerAverage(lowering, group, x);
            return;
        }

        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        Shape shape = group.Head.InputShape;
        lowering.Call(Operations.AverageSteps, Operand.Buffer(x), lengths, Operand.Buffer(y), shape[0], shape[1], Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.AverageStepsBackward, lengths, Operand.Buffer(dy), Operand.Buffer(dx), shape[0], shape[1], Operand.Batch)));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        if (graph.LengthsOf(node) is { } lengths)
            graph.Call("AverageSteps", node.Path, graph.Input(node), lengths, node.InputShape[0]);
        else
            graph.Node("ReduceMean", node).Ints("axes", 1).Int("keepdims", 0);
    }
}
