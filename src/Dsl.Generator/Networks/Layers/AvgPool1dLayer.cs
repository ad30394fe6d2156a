using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The mean of each window of steps.</summary>
internal sealed class AvgPool1dLayer : AvgPoolLayer
{
    public override string Name => "AvgPool1d";

    protected override bool IsOverSteps => true;

    public override object ReadOptions(Entry entry) => WindowOptions.Of(entry.Attribute<AvgPool1dAttribute>());
}
