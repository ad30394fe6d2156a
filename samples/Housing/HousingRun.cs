using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Dsl;
using SamplePrograms;
using Spectre.Console;

namespace Housing;

/// <summary>How good a model is on the held-out districts.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Rmse">The root of the mean squared error, in 100,000 dollars.</param>
/// <param name="R2">The share of the variance that it explains.</param>
internal sealed record ValueFigures(string Name, double Rmse, double R2);

/// <summary>Fits the pipeline and shows its models beside each other.</summary>
internal sealed class HousingRun(SampleProgram program, ulong seed, CancellationToken cancellation)
{
    /// <summary>Fits and shows; the caller disposes the pipeline.</summary>
    public (ValuePipeline Pipeline, IReadOnlyList<ValueFigures> Figures) Execute(IEnumerable<District> districts)
    {
        long begin = Stopwatch.GetTimestamp();
        ValuePipeline pipeline = ValuePipeline.Fit(districts, new PipelineOptions { Seed = seed }, cancellationToken: cancellation);
        program.Say($"fitted in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s; seed {seed}, threads {Compute.Threads}");
        ValuePipeline.Scores scores = pipeline.TestScores!;

        // Who always says the mean is off by the deviation: the baseline is in the other figures.
        ValueFigures[] figures =
        [
            new("the mean of all", scores.LinearRmse / Math.Sqrt(1 - scores.LinearR2), 0),
            new("linear regression", scores.LinearRmse, scores.LinearR2),
            new("random forest", scores.ForestRmse, scores.ForestR2),
            new("boosting", scores.BoostingRmse, scores.BoostingR2),
            new("network", scores.DeepRmse, scores.DeepR2),
        ];
        Table table = new Table().Border(TableBorder.Rounded).Title("[bold]on the fifth that was held back[/]");
        table.AddColumn("model");
        table.AddColumn(new TableColumn("RMSE, 100,000 $").RightAligned());
        table.AddColumn(new TableColumn("R²").RightAligned());
        foreach (ValueFigures one in figures)
            table.AddRow(one.Name, FormattableString.Invariant($"{one.Rmse:F4}"), FormattableString.Invariant($"{one.R2:F4}"));
        program.Console.Write(table);
        return (pipeline, figures);
    }
}
