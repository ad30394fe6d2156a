using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>Nearest neighbour: C×H×W → C×scale·H×scale·W. No operations: values are copied.</summary>
internal sealed partial class Upsample2dLayer : ImageLayer
{
    public override string Name => "Upsample2d";

    public override void CheckArguments(Site site) => site.AtLeast("scale", 1);

    public override Shape OutputOf(Site site)
    {
        long scale = site.Entry.Int("scale");
        return Sized(site, site.Input[0], scale * site.Input[1], scale * site.Input[2]);
    }

    public override long OperationsOf(Node node) => 0;
}
