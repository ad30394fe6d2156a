using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;

namespace Dsl.Generator.Layers;

/// <summary>C×H×W → channels×H'×W'.</summary>
internal sealed class Conv2dLayer : ConvolutionLayer
{
    public override string Name => "Conv2d";

    public override int ChannelsOf(Entry entry, Shape input) => entry.Int("channels");

    public override int GroupsOf(Entry entry, Shape input) => entry.Int("Groups", 1);

    public override void CheckArguments(Site site)
    {
        site.AtLeast("channels", 1);
        Window.Check(site, isPool: false);
        site.AtLeast("Groups", 1);
        site.IsInit();
    }
}
