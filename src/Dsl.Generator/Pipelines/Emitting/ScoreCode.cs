using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>How a right pipeline is measured.</summary>
internal static class ScoreCode
{
    private const string Metrics = "global::Dsl.Pipelines.PipelineMetrics.";

    public static void Write(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        string scores = code.Context.Names.Scores;
        writer.Line("/// <summary>Measures predictions against the labels of rows; rows without a label do not count.</summary>");
        writer.Open($"{code.Context.RowAccess} {scores} Evaluate({code.Context.Rows} rows)");
        writer.Line("global::System.ArgumentNullException.ThrowIfNull(rows);");
        writer.Line($"global::Dsl.Pipelines.ColumnBatch batch = {code.Through}(global::Dsl.Pipelines.RowColumns.All(rows), 0, null);");
        writer.Open($"return new {scores}");
        foreach (CheckedScore score in code.Pipeline.Scores)
            writer.Line($"{Literal.Name(score.Property)} = {Measured(code, score)},");
        writer.Close(";");
        writer.Close();
        writer.Line();
        if (code.Pipeline.Split is null)
            return;
        writer.Line("/// <summary>The scores of the rows that Split held back; null without them.</summary>");
        writer.Line($"public {scores}{code.Context.MayBeNull} TestScores {{ get; private set; }}");
        writer.Line();
    }

    /// <summary>The columns that metrics read.</summary>
    public static IEnumerable<int> Slots(PipelineCode code) => code.Pipeline.Measured.SelectMany(score =>
    {
        CheckedStage model = code.Pipeline.Stages[score.Model];
        IEnumerable<int> read = model.Outputs.Concat(model.Inputs.Take(1)).Concat(model.Label is { } label ? [label] : []).Select(code.Slots.ScoredOf);
        return code.Slots.RawOf(model) is { } raw ? read.Append(raw) : read;
    });

    /// <summary>A metric of a batch.</summary>
    public static string Measured(PipelineCode code, CheckedScore score)
    {
        CheckedStage model = code.Pipeline.Stages[score.Model];
        string name = Literal.Quoted(score.Property);
        string label = model.Label is { } column ? Literal.Int(code.Slots.ScoredOf(column)) : "-1";
        string prediction = Literal.Int(code.Slots.ScoredOf(model.Outputs[0]));
        string numbers = $"{Metrics}{score.Metric}({name}, {Numbers(label)}, {Numbers(prediction)}";
        switch (score.Metric)
        {
            case Metric.Precision:
            case Metric.Recall:
            case Metric.F1:
                return $"{numbers}{(score.Class >= 0 ? ", " + Literal.Int(score.Class) : "")})";
            case Metric.LogLoss:
                return $"{Metrics}LogLoss({name}, batch, {label}, {Literal.Int(code.Slots.Of(model.Outputs[1]))})";
            case Metric.AreaUnderRoc:
            case Metric.AreaUnderPr:
                int scores = code.Slots.RawOf(model) ?? code.Slots.Of(model.Outputs.Skip(1).First(output => output.Kind == ColumnKind.Vector));
                return $"{Metrics}{score.Metric}({name}, batch, {label}, {Literal.Int(scores)})";
            case Metric.Silhouette:
                return $"{Metrics}Silhouette({name}, batch, {Literal.Int(code.Slots.Of(model.Inputs[0]))}, {prediction}, {IsCosine(new StageEmission(code, model, EmissionPlace.Batch))})";
            default:
                return numbers + ")";
        }
    }

    /// <summary>Whether clusters are measured by the cosine, as they were found.</summary>
    private static string IsCosine(StageEmission emission)
    {
        const string Measure = "DistanceMeasure";
        return emission.IsVaried(Measure) ? $"{emission.Option(Measure)} == global::Dsl.KMeansDistance.Cosine" : Literal.Bool(Values.Of(emission.Stage.Entry, Measure) is KMeansDistance.Cosine);
    }

    private static string Numbers(string slot) => $"global::Dsl.Pipelines.RowColumns.Numbers(batch, {slot})";
}
