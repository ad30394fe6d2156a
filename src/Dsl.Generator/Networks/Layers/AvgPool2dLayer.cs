using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The mean of each window of an image.</summary>
internal sealed class AvgPool2dLayer : AvgPoolLayer
{
    public override string Name => "AvgPool2d";

    public override object ReadOptions(Entry entry) => WindowOptions.Of(entry.Attribute<AvgPool2dAttribute>(), entry);
}
