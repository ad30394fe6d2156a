using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>Zeros around the image: C×H×W → C×(H + 2p)×(W + 2p). No operations: values are copied.</summary>
internal sealed partial class ZeroPad2dLayer : ImageLayer
{
    public override string Name => "ZeroPad2d";

    public override void CheckArguments(Site site) => site.AtLeast("p", 0);

    public override Shape OutputOf(Site site)
    {
        long both = 2L * site.Entry.Int("p");
        return Sized(site, site.Input[0], site.Input[1] + both, site.Input[2] + both);
    }

    public override long OperationsOf(Node node) => 0;
}
