using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>A function of each row of the last dimension whose gradient follows from its output.</summary>
internal abstract class RowLayer : Layer
{
    /// <summary>The operation.</summary>
    protected abstract Signature Forward { get; }

    /// <summary>The operation of its gradient.</summary>
    protected abstract Signature Backward { get; }

    public override bool KeepsFeatures => true;

    public override bool IsCausal(Node node) => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
        Shape shape = group.Last.Shape;
        Operand length = shape.Last;
        long rowsPerSample = shape.Count / shape.Last;
        Operand rows = Operand.PerSample(rowsPerSample);
        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        lowering.Call(Forward, Operand.Buffer(x), Operand.Buffer(y), rows, length);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Backward, Operand.Buffer(y), Operand.Buffer(dy), Operand.Buffer(dx), rows, length)));
    }
}
