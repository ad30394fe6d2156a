using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The largest of each window of steps.</summary>
internal sealed class MaxPool1dLayer : MaxPoolLayer
{
    public override string Name => "MaxPool1d";

    protected override bool IsOverSteps => true;

    public override object ReadOptions(Entry entry) => WindowOptions.Of(entry.Attribute<MaxPool1dAttribute>());
}
