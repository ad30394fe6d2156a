using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>Adds to each step what says where it stands, the same for every sample.</summary>
internal abstract class PositionLayer : Layer
{
    public override string Needs => "steps × features";

    public override bool TakesRank(int rank) => rank == 2;

    public override bool IsCausal(Node node) => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
        Operand count = group.Head.Shape.Count;
        Operand positions = Positions(lowering, group);
        if (lowering.IsStepwise)
            positions = lowering.RowOfStep(positions, group.Head.Shape.Last);
        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        lowering.Call(Operations.AddToSamples, Operand.Buffer(x), positions, Operand.Buffer(y), count, Operand.Batch);
        lowering.OnBackward(group, y, dy =>
        {
            AddGradient(lowering, group, dy);
            lowering.WriteGradientInPlace(x, dy, _ => { });
        });
    }

    /// <summary>What is added: steps × features, of a network that goes step by step those of all.</summary>
    protected abstract Operand Positions(Lowering lowering, FusedGroup group);

    /// <summary>The gradient of what is added, where it is trained.</summary>
    protected virtual void AddGradient(Lowering lowering, FusedGroup group, Storage dy)
    {
    }
}
