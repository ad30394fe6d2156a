using System;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary><c>Tune</c>: every point of the grid on every fold of the rows that reach the first tuned stage.</summary>
internal static class TuneCode
{
    private const string Pipelines = "global::Dsl.Pipelines.";

    public static void Write(PipelineCode code)
    {
        CodeWriter writer = code.Writer;
        CheckedCrossValidation validation = code.Pipeline.CrossValidation!;
        CheckedScore score = validation.Score;
        string own = code.Context.Class;
        writer.Line("/// <summary>Fits every point of the grid on every fold, and all training rows at the best one.</summary>");
        writer.Open($"{code.Context.FitAccess} static global::Dsl.PipelineTuning<{own}> Tune({code.Context.FitParameters})");
        FitCode.CheckGiven(code);
        writer.Line($"return {code.TuneRows}(global::Dsl.Pipelines.RowColumns.All(rows), options, progress, cancellationToken{code.GivenByUser});");
        writer.Close();
        writer.Line();
        string none = code.Context.MayBeNull;
        writer.Open($"private static global::Dsl.PipelineTuning<{own}> {code.TuneRows}({code.Row.CSharp}[] rows, global::Dsl.PipelineOptions{none} options, global::System.IProgress<global::Dsl.PipelineProgress>{none} progress, global::System.Threading.CancellationToken cancellationToken{code.GivenParameters})");
        string count = Literal.Int(code.Pipeline.Stages.Count);
        writer.Line($"{Pipelines}FitRun run = new {Pipelines}FitRun({count}, options, progress, cancellationToken);");
        writer.Line($"{Pipelines}ColumnBatch batch = {code.ReadRows}(rows, 0{code.SizesInFit("rows")});");
        code.LearnSizes();
        FitCode.WriteStages(code, code.Pipeline.Stages.Take(code.Begin), runsAll: true);
        writer.Line();
        bool isLower = score.Metric is Metric.LogLoss or Metric.Rmse or Metric.Mae;
        CrossValidateOptions dealt = validation.Options;
        string seed = $"unchecked({Values.Text(dealt.Seed)} + (options?.Seed ?? 0))";
        writer.Line($"{Pipelines}TuningPlan plan = new {Pipelines}TuningPlan({Literal.Quoted(score.Property)}, {Literal.Bool(isLower)}, {Literal.Int(dealt.Folds)}, {Literal.Int(dealt.Repeats)}, {seed});");
        string axes = string.Join(", ", code.Pipeline.Grid.Select(grid => $"({Literal.Quoted(grid.Path)}, new object[] {{ {string.Join(", ", grid.Values.Select(value => Boxed(code, grid, value)))} }})"));
        writer.Line($"global::System.Collections.Generic.IReadOnlyList<{Pipelines}GridPoint> points = {Pipelines}GridPoint.All({axes});");
        WriteStrata(code, validation.Stratify);
        writer.Line($"return {Pipelines}TuningRun.Run<{own}>(plan, points, batch.Count, {(validation.Stratify is null ? "null" : "strata")}, Score, FitBest, progress, cancellationToken);");
        writer.Line();
        writer.Open($"double Score({Pipelines}TuningFold fold)");
        // A network that was fitted before there are folds is every fold's, and the best pipeline's.
        bool isShared = code.Pipeline.Stages.Take(code.Begin).Any(stage => stage.Network is not null);
        writer.Line($"{(isShared ? "" : "using ")}{own} made = {code.FitRest}(run.At(fold.Point, fold.Progress), batch.Take(fold.Train), rows{code.BeforeArguments}{code.GivenArguments});");
        foreach (CheckedStage stage in code.Pipeline.Stages.Skip(code.Begin).Where(stage => isShared && stage.Network is not null))
            writer.Line($"using global::System.IDisposable {code.Locals.Take("of" + stage.Name)} = made.{Literal.Name(stage.Name)};");
        writer.Line($"return made.{code.MeasureFold}(made.{code.ThroughRest}(batch.Take(fold.Held), rows, null));");
        writer.Close();
        writer.Line();
        writer.Open($"{own} FitBest({Pipelines}GridPoint point)");
        writer.Line($"{Pipelines}FitRun best = run.At(point, progress);");
        string fitted = $"{code.FitRest}(best, batch, rows{code.BeforeArguments}{code.GivenArguments})";
        FitCode.WriteReturn(code, fitted);
        writer.Close();
        writer.Close();
        writer.Line();
        writer.Line($"private double {code.MeasureFold}({Pipelines}ColumnBatch batch) => {ScoreCode.Measured(code, score)};");
        writer.Line();
    }

    private static void WriteStrata(PipelineCode code, Column? column)
    {
        if (column is null)
            return;
        CodeWriter writer = code.Writer;
        string value = $"rows[batch.Origins[i]].{Literal.Name(column.Property!.Name)}";
        bool isText = column.Kind == ColumnKind.Text;
        writer.Line(isText ? "string?[] stratum = new string?[batch.Count];" : "double[] stratum = new double[batch.Count];");
        writer.Line("for (int i = 0; i < stratum.Length; i++)");
        string number = column.Kind == ColumnKind.Flag
            ? column.IsNullable ? $"{value} is {{ }} flag ? (flag ? 1 : 0) : double.NaN" : $"{value} ? 1 : 0"
            : column.IsNullable ? $"(double?){value} ?? double.NaN" : value;
        writer.Line($"    stratum[i] = {(isText ? value : number)};");
        writer.Line($"int[] strata = {Pipelines}Strata.Of(stratum);");
    }

    /// <summary>A value of a grid in its option's type.</summary>
    private static string Boxed(PipelineCode code, CheckedGrid grid, AnyValue value)
    {
        // A network's learning rate is no option of its attribute.
        Entry entry = code.Pipeline.Stages[grid.Stage].Entry;
        string type = Values.Has(entry, grid.Option) ? Values.TypeOf(entry, grid.Option) : "double";
        return type switch
        {
            "double" => Values.Text(Convert.ToDouble(value.Value, CultureInfo.InvariantCulture)),
            "int" => Literal.Int(Convert.ToInt64(value.Value, CultureInfo.InvariantCulture)),
            "long" => Literal.Int(Convert.ToInt64(value.Value, CultureInfo.InvariantCulture)) + "L",
            "ulong" => Convert.ToUInt64(value.Value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) + "UL",
            "bool" or "string" => Values.Text(value.Value),
            _ => $"({type})({Literal.Int(Convert.ToInt64(value.Value, CultureInfo.InvariantCulture))})",
        };
    }
}
