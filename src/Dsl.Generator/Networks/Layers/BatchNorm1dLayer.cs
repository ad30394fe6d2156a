using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>F, or T×F per feature over batch and steps.</summary>
internal sealed class BatchNorm1dLayer : BatchNormLayer
{
    public override string Name => "BatchNorm1d";

    public override object ReadOptions(Entry entry)
    {
        BatchNorm1dAttribute written = entry.Attribute<BatchNorm1dAttribute>();
        return new BatchNormOptions((float)written.Momentum, (float)written.Epsilon);
    }

    public override string Needs => "features or steps × features";

    public override bool TakesRank(int rank) => rank is 1 or 2;

    public override int AxisOf(Shape input) => input.Rank - 1;

    protected override Tensor ByChannel(Lowering lowering, Tensor input) => lowering.Steps(input);

    protected override Tensor NewOutput(Lowering lowering, FusedGroup group, Tensor x, bool needsGradient)
    {
        Tensor y = lowering.NewFlat(group, needsGradient);
        return y.Reinterpret(y.Name, y.Shape, x.Layout);
    }
}
