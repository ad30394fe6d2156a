using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>F, or T×F per feature over batch and steps.</summary>
internal sealed partial class BatchNorm1dLayer : BatchNormLayer
{
    public override string Name => "BatchNorm1d";

    public override string Needs => "features or steps × features";

    public override bool TakesRank(int rank) => rank is 1 or 2;

    public override int AxisOf(Shape input) => input.Rank - 1;
}
