using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Tests.Files;
using Xunit;

namespace Dsl.Pipelines.Tests.HandWritten;

/// <summary>The runtime's parts from end to end, on the penguins.</summary>
public class SpeciesPipelineTests
{
    private static readonly Lazy<Penguin[]> All = new(() => [.. SpeciesPipeline.ReadCsv(Path.Combine(AppContext.BaseDirectory, "mllib", "penguins.csv"))]);

    private static readonly Lazy<SpeciesPipeline> Fitted = new(() => SpeciesPipeline.Fit(All.Value));

    private static void Same(SpeciesPipeline.OutputRow expected, SpeciesPipeline.OutputRow actual)
    {
        Assert.Equal(expected with { DeepProbability = actual.DeepProbability }, actual);
        Assert.All(expected.DeepProbability.ToArray().Zip(actual.DeepProbability.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void It_learns()
    {
        SpeciesPipeline pipeline = Fitted.Value;
        Assert.InRange(pipeline.TestScores!.DeepAccuracy, 0.9, 1);
        Assert.InRange(pipeline.TestScores.LinearF1, 0.95, 1);
        Assert.Equal(["Adelie", "Gentoo", "Chinstrap"], pipeline.StringIndexer1.Labels);
    }

    [Fact]
    public void Features_have_names()
    {
        string[] names = ["BillLength", "BillDepth", "BodyMass", "IslandVector_Biscoe", "IslandVector_Dream", "Ratio"];
        Assert.Equal(names, Fitted.Value.LogisticRegression1.FeatureNames);
        Assert.Equal(names.Length, Fitted.Value.LogisticRegression1.FeatureNames.Count);
        StageWriter writer = new("L");
        Fitted.Value.LogisticRegression1.Write(writer);
        Assert.Equal(names, LogisticRegressionModel.Read(new StageReader(writer)).FeatureNames);
    }

    [Fact]
    public void Many_rows_are_as_each_row()
    {
        SpeciesPipeline.OutputRow[] rows = [.. Fitted.Value.Transform(Enumerable.Repeat(All.Value, 10).SelectMany(penguins => penguins))];
        Assert.Equal(3440, rows.Length);
        for (int i = 0; i < rows.Length; i++)
            Same(Fitted.Value.Predict(All.Value[i % 344]), rows[i]);
    }

    [Fact]
    public void A_row_of_an_unseen_species_has_no_label_and_one_of_an_unseen_island_is_an_error()
    {
        Penguin unseen = All.Value[0] with { Species = "Emperor" };
        Assert.Null(Fitted.Value.Predict(unseen).Label);
        Assert.Null(Assert.Single(Fitted.Value.Transform([unseen])).Label);
        Penguin elsewhere = All.Value[0] with { Island = "Heard" };
        Assert.Contains("Heard", Assert.Throws<PipelineException>(() => Fitted.Value.Predict(elsewhere)).Message, StringComparison.Ordinal);
        List<SpeciesPipeline.OutputRow> given = [];
        PipelineException error = Assert.Throws<PipelineException>(() =>
        {
            foreach (SpeciesPipeline.OutputRow row in Fitted.Value.Transform([.. All.Value[..100], elsewhere, .. All.Value]))
                given.Add(row);
        });
        Assert.Equal(("StringIndexer2", 100), (error.Stage, error.Row));
        Assert.Equal(100, given.Count);
    }

    [Fact]
    public void It_is_saved_and_loaded()
    {
        using Folder folder = new();
        Fitted.Value.Save(folder.Path);
        using SpeciesPipeline loaded = SpeciesPipeline.Load(folder.Path);
        Assert.Equal(Fitted.Value.TestScores, loaded.TestScores);
        foreach (Penguin penguin in All.Value)
            Assert.Equal(Fitted.Value.Predict(penguin), loaded.Predict(penguin));
    }

    [Fact]
    public void Same_seed_same_bits_for_any_number_of_threads()
    {
        static SpeciesPipeline.OutputRow[] Rows(ulong seed)
        {
            using SpeciesPipeline pipeline = SpeciesPipeline.Fit(All.Value, new PipelineOptions { Seed = seed });
            return [.. pipeline.Transform(All.Value)];
        }

        SpeciesPipeline.OutputRow[] rows = Batches.WithOneAndTwoThreads(() => Rows(5));
        Assert.NotEqual(rows[0].DeepProbability, Rows(6)[0].DeepProbability);
    }

    [Fact]
    public void It_is_tuned()
    {
        List<PipelineProgress> reports = [];
        PipelineTuning<SpeciesPipeline> tuning = SpeciesPipeline.Tune(All.Value, progress: new Told(reports));
        using SpeciesPipeline best = tuning.Best;
        Assert.Equal(4, tuning.Points.Count);
        Assert.Equal(0.01, tuning.BestPoint.Parameters["LogisticRegression1.RegParam"]);
        Assert.InRange(tuning.BestPoint.Mean, 0.95, 1);
        Assert.True(tuning.Points[2].Mean < 0.8);
        Assert.Equal(12, reports.Count(report => report.Tuning?.Score is not null));
        Assert.NotNull(best.TestScores);
        Assert.Contains("LogisticRegression1.RegParam  SpeciesNet.Epochs  LinearF1  deviation", tuning.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_and_cancellation()
    {
        List<PipelineProgress> reports = [];
        using CancellationTokenSource source = new();
        Assert.ThrowsAny<OperationCanceledException>(() => SpeciesPipeline.Fit(All.Value, null, new Told(reports, report =>
        {
            if (report.Stage == "SpeciesNet" && report.Training is not null)
                source.Cancel();
        }), source.Token));
        Assert.Equal(
            ["Split1", "Imputer1", "StringIndexer1", "StringIndexer2", "OneHotEncoder1", "StandardScaler1", "LogisticRegression1", "SpeciesNet"], reports.Select(report => report.Stage).Distinct());
    }

    [Fact]
    public void A_row_allocates_its_vectors_and_itself()
    {
        SpeciesPipeline pipeline = Fitted.Value;
        Penguin penguin = All.Value[0];
        for (int i = 0; i < 200; i++)
            pipeline.Predict(penguin);
        long before = GC.GetAllocatedBytesForCurrentThread();
        SpeciesPipeline.OutputRow row = pipeline.Predict(penguin);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // 20 doubles with an array's header, and the row.
        Assert.InRange(allocated, 160, 160 + 24 + 320);
        Assert.NotNull(row);
    }

    private sealed class Told(List<PipelineProgress> reports, Action<PipelineProgress>? also = null) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value)
        {
            reports.Add(value);
            also?.Invoke(value);
        }
    }
}
