using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>A property of <c>Scores</c>; it is checked once all columns are known.</summary>
internal sealed class EvaluateConstruct : Construct
{
    public override string Name => "Evaluate";

    public override bool HasOrder => true;

    public override object ReadOptions(Entry entry) => entry.Attribute<EvaluateAttribute>();
}
