using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>C×H×W → C×H'×W', one kernel a channel.</summary>
internal sealed class DepthwiseConv2dLayer : ConvolutionLayer
{
    public override string Name => "DepthwiseConv2d";

    protected override bool IsDepthwise => true;

    public override object ReadOptions(Entry entry)
    {
        DepthwiseConv2dAttribute written = entry.Attribute<DepthwiseConv2dAttribute>();
        return new ConvolutionOptions(Channels: 0, Groups: 0, WindowOptions.Of(written, entry), written.Bias, written.Init);
    }

    public override void CheckArguments(Site site)
    {
        ConvolutionOptions options = site.Entry.Options<ConvolutionOptions>();
        Window.Check(site, options.Window, isPool: false);
        site.IsMember("Init", options.Init);
    }
}
