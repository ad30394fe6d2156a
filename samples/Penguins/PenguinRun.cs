using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl;
using SamplePrograms;
using Spectre.Console;

namespace Penguins;

/// <summary>Fits the pipeline, shows how good its models are, predicts a new penguin, and the same again from files.</summary>
internal sealed class PenguinRun(SampleProgram program, ulong seed, CancellationToken cancellation)
{
    /// <summary>A penguin that is in no file: as heavy and long-billed as a Gentoo, and of the island where they live.</summary>
    public static Penguin New { get; } = new(null, "Biscoe", 47.5, 15.0, null, "", "");

    /// <summary>Reads the penguins of a file.</summary>
    public static Penguin[] Read(string path) => [.. SpeciesPipeline.ReadCsv(path, new CsvOptions { AllowMissing = true, Nulls = ["NA"] })];

    /// <summary>Does everything but the page.</summary>
    public PenguinResult Execute(Penguin[] penguins)
    {
        program.Say($"{penguins.Length} penguins, {penguins.Count(one => one.BillLength is null)} without a bill's length; seed {seed}, threads {Compute.Threads}");
        PipelineOptions options = new() { Seed = seed };
        PipelineTuning<SpeciesPipeline> tuning = SpeciesPipeline.Tune(penguins, options, new TuningTable(), cancellation);
        SpeciesPipeline pipeline = tuning.Best;
        IReadOnlyList<ModelFigures> figures = ModelFigures.Of(pipeline.TestScores!);
        Show(figures);
        program.Say($"the network's learning rate, by five folds of the others; the best is the one above\n{tuning}");
        Say(pipeline.Predict(New), "a new penguin of Biscoe, 47.5 mm × 15.0 mm, not weighed:");
        Reload(pipeline);
        return new PenguinResult(penguins, pipeline, figures, tuning.BestPoint);
    }

    private void Show(IReadOnlyList<ModelFigures> figures)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("[bold]on the fifth that was held back[/]");
        table.AddColumn("model");
        foreach (string name in new[] { "accuracy", "F1", "log loss" })
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (ModelFigures one in figures)
        {
            table.AddRow(
                one.Name,
                FormattableString.Invariant($"{one.Accuracy:F4}"),
                FormattableString.Invariant($"{one.F1:F4}"),
                FormattableString.Invariant($"{one.LogLoss:F4}"));
        }

        program.Console.Write(table);
    }

    private void Say(SpeciesPipeline.OutputRow row, string what) => program.Say(
        $"{what} {row.DeepSpecies} by the network ({row.DeepProbability[(int)row.Deep]:P1}), {row.LinearSpecies} by logistic regression ({row.LinearProbability[(int)row.Linear]:P1}), {row.ForestSpecies} by the forest");

    /// <summary>Whoever loads the files has the same pipeline.</summary>
    private void Reload(SpeciesPipeline pipeline)
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            pipeline.Save(folder);
            using SpeciesPipeline loaded = SpeciesPipeline.Load(folder);
            SpeciesPipeline.OutputRow row = loaded.Predict(New);
            Say(row, $"saved ({string.Join(", ", Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal))}), loaded:");
            if (row != pipeline.Predict(New))
                throw new InvalidDataException("The loaded pipeline predicts something else.");
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>What a run found.</summary>
/// <param name="All">The penguins.</param>
/// <param name="Pipeline">The fitted pipeline.</param>
/// <param name="Figures">How good its models are.</param>
/// <param name="Folds">How good the network is in cross-validation.</param>
internal sealed record PenguinResult(Penguin[] All, SpeciesPipeline Pipeline, IReadOnlyList<ModelFigures> Figures, TuningPoint Folds) : IDisposable
{
    public void Dispose() => Pipeline.Dispose();
}
