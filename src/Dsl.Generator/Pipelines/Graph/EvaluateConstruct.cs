using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>A property of <c>Scores</c>; it is checked once all columns are known.</summary>
internal sealed class EvaluateConstruct : Construct
{
    public override string Name => "Evaluate";

    public override bool HasOrder => true;

    public override object ReadOptions(Entry entry) => entry.Attribute<EvaluateAttribute>();

    /// <summary>What the property is called: as written, else as the score.</summary>
    public static string PropertyOf(Entry entry) => entry.Text("Name") ?? ScoreOf(entry, entry.Options<EvaluateAttribute>().Metric);

    /// <summary>What a score without a name of its own is called: the metric behind the written prediction.</summary>
    /// <param name="entry">What is written.</param>
    /// <param name="metric">Its metric.</param>
    public static string ScoreOf(Entry entry, Metric metric) => entry.Text("Prediction") + metric;
}
