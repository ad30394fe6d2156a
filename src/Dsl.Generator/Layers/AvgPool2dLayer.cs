namespace Dsl.Generator.Layers;

/// <summary>The mean of each window; padding counts as zeros.</summary>
internal sealed partial class AvgPool2dLayer : PoolLayer
{
    public override string Name => "AvgPool2d";
}
