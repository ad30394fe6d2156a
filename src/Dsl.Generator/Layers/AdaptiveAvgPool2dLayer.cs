using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>Output row i is the mean of rows floor(i·H/height) to ceil((i+1)·H/height), columns alike. Operations: one per element of the input.</summary>
internal sealed partial class AdaptiveAvgPool2dLayer : ImageLayer
{
    public override string Name => "AdaptiveAvgPool2d";

    public override void CheckArguments(Site site)
    {
        site.AtLeast("height", 1);
        site.AtLeast("width", 1);
    }

    public override Shape OutputOf(Site site) => Sized(site, site.Input[0], site.Entry.Int("height"), site.Entry.Int("width"));

    public override long OperationsOf(Node node) => node.InputShape.Count;
}
