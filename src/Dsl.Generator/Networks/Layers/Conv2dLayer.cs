using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>C×H×W → channels×H'×W'.</summary>
internal sealed class Conv2dLayer : ConvolutionLayer
{
    public override string Name => "Conv2d";

    public override object ReadOptions(Entry entry)
    {
        Conv2dAttribute written = entry.Attribute<Conv2dAttribute>();
        return new ConvolutionOptions(written.Channels, written.Groups, WindowOptions.Of(written, entry), written.Bias, written.Init);
    }

    public override void CheckArguments(Site site) => CheckChannels(site);
}
