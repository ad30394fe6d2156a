namespace Dsl.Generator.Layers;

/// <summary>The largest of each window; padding counts as nothing.</summary>
internal sealed partial class MaxPool2dLayer : PoolLayer
{
    public override string Name => "MaxPool2d";
}
