using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The largest of each window of an image.</summary>
internal sealed class MaxPool2dLayer : MaxPoolLayer
{
    public override string Name => "MaxPool2d";

    public override object ReadOptions(Entry entry) => WindowOptions.Of(entry.Attribute<MaxPool2dAttribute>(), entry);
}
