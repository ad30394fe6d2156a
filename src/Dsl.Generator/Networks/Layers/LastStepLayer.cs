using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The last step; of the half that a recurrent layer made from the end to the start, the first. No operations: values are copied.</summary>
internal sealed class LastStepLayer : StepLayer
{
    public override string Name => "LastStep";

    public override long OperationsOf(Node node) => 0;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor given = lowering.InputOf(group);
        Tensor x = lowering.Plain(lowering.Contiguous(given));
        Operand lengths = lowering.LengthsOf(group);
        Operand steps = group.Head.InputShape[0];
        int features = group.Head.InputShape.Last;
        Operand forward = given.IsBidirectional ? features / 2 : features;
        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        lowering.Call(Operations.LastStep, Operand.Buffer(x), lengths, Operand.Buffer(y), steps, features, forward, Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx => lowering.Call(
            Operations.LastStepBackward, lengths, Operand.Buffer(dy), Operand.Buffer(dx), steps, features, forward, Operand.Batch)));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        int features = node.InputShape.Last;
        graph.Call("LastStep", node.Path, graph.Input(node), graph.LengthsOf(node), node.InputShape[0], features, graph.HasBidirectionalInput(node) ? features / 2 : features);
    }
}
