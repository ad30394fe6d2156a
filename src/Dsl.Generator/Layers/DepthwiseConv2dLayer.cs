using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;

namespace Dsl.Generator.Layers;

/// <summary>C×H×W → C×H'×W', one kernel a channel.</summary>
internal sealed class DepthwiseConv2dLayer : ConvolutionLayer
{
    public override string Name => "DepthwiseConv2d";

    protected override bool IsDepthwise => true;

    public override int ChannelsOf(Entry entry, Shape input) => input[0];

    public override int GroupsOf(Entry entry, Shape input) => input[0];

    public override void CheckArguments(Site site)
    {
        Window.Check(site, isPool: false);
        site.IsInit();
    }
}
