using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>All dimensions → one, row-major in channels-first order. No operations.</summary>
internal sealed partial class FlattenLayer : Layer
{
    public override string Name => "Flatten";

    public override Shape OutputOf(Site site) => Sized(site, site.Input.Count);

    public override long OperationsOf(Node node) => 0;
}
