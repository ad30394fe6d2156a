using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>What <c>Tune</c> varies.</summary>
internal sealed class GridConstruct : Construct
{
    public override string Name => "Grid";

    public override bool HasOrder => true;

    public override object ReadOptions(Entry entry) => entry.Attribute<GridAttribute>();
}
