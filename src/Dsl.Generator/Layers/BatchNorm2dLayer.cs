using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>C×H×W per channel.</summary>
internal sealed partial class BatchNorm2dLayer : BatchNormLayer
{
    public override string Name => "BatchNorm2d";

    public override string Needs => "channels × height × width";

    public override bool TakesRank(int rank) => rank == 3;

    public override int AxisOf(Shape input) => 0;
}
