using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Tests.Linear;
using Dsl.Pipelines.Trees;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Pipelines.Tests.Trees;

/// <summary>Models of trees as generated code uses them: fits from columns, predictions by row and by column, files.</summary>
[Collection("threads")]
public sealed class TreeModelTests
{
    private const int Features = 0;
    private const int Label = 1;
    private const int Weight = 2;
    private const int Prediction = 3;
    private const int Probability = 4;
    private const int Raw = 5;
    private const int Size = 12;
    private const int LargeRows = 90_000;

    private static readonly string[] Labels = ["others", "chinstraps"];
    private static readonly string[] Kinds = ["tree", "forest", "boosting"];

    /// <summary>The six models, on dense and on sparse rows.</summary>
    public static TheoryData<string, bool, bool> Models
    {
        get
        {
            TheoryData<string, bool, bool> models = [];
            foreach (string kind in Kinds)
            {
                foreach (bool isClassifier in new[] { true, false })
                {
                    models.Add(kind, isClassifier, false);
                    models.Add(kind, isClassifier, true);
                }
            }

            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Columns_rows_and_files_give_the_same(string kind, bool isClassifier, bool isSparse)
    {
        ColumnBatch batch = Penguins(isClassifier, isSparse);
        TreeModelForms model = Fit(kind, isClassifier, batch);
        model.Transform(batch, Features, Prediction, isClassifier ? Probability : -1, isClassifier ? Raw : -1);
        StageWriter writer = new("Trees1");
        model.Write(writer);
        TreeModelForms read = model.Read(new StageReader(writer));
        double[] probability = new double[isClassifier ? 2 : 0];
        double[] raw = new double[probability.Length];
        for (int row = 0; row < batch.Count; row++)
        {
            Vector own = batch.VectorAt(Features, row);
            foreach (Vector features in new[] { own, Vector.Dense(own.ToArray()), Sparse(own) })
            {
                foreach (TreeModelForms either in new[] { model, read })
                {
                    Assert.Equal(batch.Numbers(Prediction)[row], either.Predict(features, probability, raw));
                    Assert.Equal(batch.Numbers(Prediction)[row], either.Predict(features, [], []));
                    if (!isClassifier)
                        continue;
                    Assert.Equal(batch.VectorAt(Probability, row).ToArray(), probability);
                    Assert.Equal(batch.VectorAt(Raw, row).ToArray(), raw);
                }
            }
        }

        Assert.Equal(isClassifier ? 2 : 0, batch.ClassesOf(Prediction));
        Assert.Equal(isClassifier ? Labels : null, batch.LabelsOf(Prediction));
        if (isClassifier)
            Assert.Equal("probability_chinstraps", batch.ElementsOf(Probability)[1]);
        Assert.Equal(model.Description, read.Description);
        Assert.Equal(model.DebugString, read.DebugString);
        Assert.Equal(model.Importances, read.Importances);
        Assert.Equal(1, model.Importances.ToArray().Sum(), 1e-12);
        Assert.Contains("Island", model.DebugString, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Any_number_of_threads_gives_the_same_bits(string kind, bool isClassifier, bool isSparse)
    {
        int before = Compute.Threads;
        try
        {
            Compute.Threads = 1;
            string one = Fit(kind, isClassifier, Penguins(isClassifier, isSparse), seed: 7).DebugString;
            Compute.Threads = 3;
            Assert.Equal(one, Fit(kind, isClassifier, Penguins(isClassifier, isSparse), seed: 7).DebugString);
        }
        finally
        {
            Compute.Threads = before;
        }
    }

    [Theory]
    [InlineData("tree", true)]
    [InlineData("tree", false)]
    [InlineData("boosting", false)]
    [InlineData("forest", true)]
    public void Large_nodes_are_the_same_bits_on_several_threads_and_near_what_is_not_subtracted(string kind, bool isClassifier)
    {
        int before = Compute.Threads;
        try
        {
            Compute.Threads = 1;
            string one = Fit(kind, isClassifier, Large(isClassifier)).DebugString;
            Compute.Threads = 3;
            TreeModelForms three = Fit(kind, isClassifier, Large(isClassifier));
            Assert.Equal(one, three.DebugString);
            if (kind != "tree")
                return;
            FeatureRows rows = Large(isClassifier).Vectors(Features);
            double[] labels = Large(isClassifier).Numbers(Label).ToArray();
            foreach (int node in Enumerable.Range(0, three.Ensemble.Nodes.Length).Where(node => three.Ensemble.Nodes[node].IsLeaf))
            {
                double[] own = [.. Enumerable.Range(0, labels.Length).Where(row => three.Ensemble.LeafOf(0, RowElements.Of(rows.At(row))) == node).Select(row => labels[row])];
                Assert.Equal(own.Length, three.Ensemble.SumsOf(node)[^1]);
                Assert.Equal(isClassifier ? own.Count(label => label == 1) : own.Sum(), three.Ensemble.SumsOf(node)[1], 1e-8);
            }
        }
        finally
        {
            Compute.Threads = before;
        }
    }

    [Theory]
    [InlineData("boosting", true)]
    [InlineData("boosting", false)]
    [InlineData("forest", true)]
    public void Constant_features_may_be_among_those_that_are_drawn(string kind, bool isClassifier)
    {
        Random random = new(3);
        FeatureRows rows = FeatureRows.Zeros(12, 200);
        double[] labels = new double[rows.Count];
        for (int row = 0; row < labels.Length; row++)
        {
            Span<double> own = rows.DenseRow(row);
            for (int i = 0; i < own.Length; i += 2)
                own[i] = random.NextDouble();
            labels[row] = isClassifier ? Math.Round(own[0]) : own[0] + own[2];
        }

        ColumnBatch batch = TreeModels.Batch(rows, labels, null, ElementNames.Of("features", 12));
        if (isClassifier)
            batch.SetClasses(Label, 2, Labels);
        TreeModelForms model = TreeModels.Fit(kind, isClassifier, JsonSerializer.Deserialize<FigureOptions>("""{"featureSubsetStrategy":"6"}""")!, TreeModels.Step(), batch, isWeighted: false);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(0, model.Importances.ToArray()[(2 * i) + 1]));
        Assert.Equal(1, model.Importances.ToArray().Sum(), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_row_is_predicted_without_allocating(string kind, bool isClassifier, bool isSparse)
    {
        ColumnBatch batch = Penguins(isClassifier, isSparse);
        TreeModelForms model = Fit(kind, isClassifier, batch);
        Vector row = batch.VectorAt(Features, 5);
        double[] probability = new double[isClassifier ? 2 : 0];
        double[] raw = new double[probability.Length];
        model.Predict(row, probability, raw);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            model.Predict(row, probability, raw);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_fit_is_stopped(string kind, bool isClassifier, bool isSparse)
    {
        using CancellationTokenSource stop = new();
        int last = 0;
        FitStep step = TreeModels.Step(
            progress: new Listener(heard =>
            {
                last = heard.Iteration ?? 0;
                if (last == 2)
                    stop.Cancel();
            }),
            cancellation: stop.Token);
        Assert.Throws<OperationCanceledException>(() => TreeModels.Fit(kind, isClassifier, [], step, Penguins(isClassifier, isSparse), false));
        Assert.Equal(2, last);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_level_or_tree_is_told_and_lowers_the_objective(string kind, bool isClassifier, bool isSparse)
    {
        List<PipelineProgress> told = [];
        FigureOptions options = JsonSerializer.Deserialize<FigureOptions>("""{"maxIter":4,"maxDepth":3,"numTrees":4}""")!;
        TreeModels.Fit(kind, isClassifier, options, TreeModels.Step(progress: new Listener(told.Add)), Penguins(isClassifier, isSparse), false);
        Assert.Null(told[0].Iteration);
        Assert.Equal(kind == "boosting" ? [1, 2, 3, 4] : [1, 2, 3], told.Skip(1).Select(heard => heard.Iteration!.Value));
        double[] objectives = [.. told.Skip(1).Select(heard => heard.Objective!.Value)];
        Assert.Equal([.. objectives.OrderDescending()], objectives);
        Assert.True(objectives[^1] > 0 && objectives[^1] < objectives[0]);
    }

    [Fact]
    public void What_is_no_category_goes_where_the_shorter_list_is_not()
    {
        ElementNames elements = new([new ElementRun("a", 1, Numbered: false, Categories: 5), new ElementRun("b", 1, Numbered: false, Categories: 70)]);
        CategorySets.Builder builder = new(elements);
        Assert.Equal(0, builder.Add(0, [1, 4]));
        Assert.Equal(1, builder.Add(0, [0, 2, 3]));
        Assert.Equal(2, builder.Add(1, [64, 69]));
        CategorySets sets = builder.Build();
        Assert.Equal([false, true, false, false, true, false, false, false, false], Values(0));
        Assert.Equal([true, false, true, true, false, true, true, true, true], Values(1));
        Assert.Equal([64, 69], sets.Of(2, 70));
        Assert.True(sets.Has(2, 69));
        Assert.False(sets.Has(2, 1e12));

        bool[] Values(int set) => [.. new[] { 0, 1, 2, 3, 4, 5, 69, 1.5, -1 }.Select(value => sets.Has(set, value))];
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_and_weights_of_0_too()
    {
        ColumnBatch batch = Penguins(true, false);
        batch.Numbers(Label)[3] = double.NaN;
        batch.Numbers(Weight)[5] = 0;
        TreeModelForms model = TreeModels.Fit("tree", true, [], TreeModels.Step(), batch, true);
        double rows = model.Ensemble.SumsOf(0)[2];
        Assert.Equal(batch.Count - 1, rows);
        Assert.Equal(batch.Numbers(Weight).ToArray().Sum() - batch.Numbers(Weight)[3], model.Ensemble.WeightOf(0), 1e-9);
    }

    [Fact]
    public void Wrong_options_and_rows_are_one_error_each()
    {
        Wrong("Trees1 splits Island by its 3 categories, but has only 2 bins: MaxBins is 2, and there are 342 rows to learn from", "tree", false, """{"maxBins":2}""");
        Wrong("Trees1 has the FeatureSubsetStrategy \"half\", and wanted is auto, all, onethird, sqrt, log2, a number of at least 1, or a share above 0 up to 1", "forest", true, """{"featureSubsetStrategy":"half"}""");
        Wrong("Trees1 has MaxDepth 31, and wanted is from 0 to 30", "tree", true, """{"maxDepth":31}""");
        Wrong("Trees1 has MaxBins 1, and wanted is from 2 to 65536", "tree", true, """{"maxBins":1}""");
        Wrong("Trees1 has MinInstancesPerNode 0, and wanted is at least 1", "tree", true, """{"minInstancesPerNode":0}""");
        Wrong("Trees1 has MinWeightFractionPerNode 0.5, and wanted is at least 0 and below 0.5", "tree", true, """{"minWeightFractionPerNode":0.5}""");
        Wrong("Trees1 has MinInfoGain -1, and wanted is at least 0", "tree", true, """{"minInfoGain":-1}""");
        Wrong("Trees1 has NumTrees 0, and wanted is at least 1", "forest", true, """{"numTrees":0}""");
        Wrong("Trees1 has SubsamplingRate 0, and wanted is above 0 and at most 1", "forest", false, """{"subsamplingRate":0}""");
        Wrong("Trees1 has SubsamplingRate 2, and wanted is above 0 and at most 1", "boosting", false, """{"subsamplingRate":2}""");
        Wrong("Trees1 has StepSize 0, and wanted is above 0 and at most 1", "boosting", false, """{"stepSize":0}""");
        Wrong("Trees1 has MaxIter -1, and wanted is at least 0", "boosting", true, """{"maxIter":-1}""");
        Wrong("Trees1 has two classes, but label has 3", "boosting", true, "{}", batch => batch.SetClasses(Label, 3, null));
        Wrong("Trees1 splits Island by its categories, which are 0 to 2, but a row has 3", "tree", true, "{}", batch => batch.Vectors(Features).Blocks[0].Values[3] = 3);
        Wrong("Row 4: Trees1 needs finite features, but element 1 (Depth) of features is NaN", "tree", true, "{}", batch => batch.Vectors(Features).Blocks[0].Values[(4 * Size) + 1] = double.NaN);
        Wrong("Row 2: Trees1 needs classes from 0 to 1, but label is 0.5", "tree", true, "{}", batch => batch.Numbers(Label)[2] = 0.5);
    }

    [Fact]
    public void A_table_too_wide_for_bins_is_one_error()
    {
        const int Width = 1 << 18;
        const int Count = 9000;
        FeatureRows rows = new(Width);
        for (int row = 0; row < Count; row++)
            rows.Add(Vector.Sparse(Width, [row], [1]));
        ColumnBatch batch = TreeModels.Batch(rows, new double[Count], null, ElementNames.Of("words", Width));
        Assert.Equal(
            "Trees1 has 9000 rows of 262144 features, and trees hold the bins of at most 2147483591 values: select features first",
            Assert.Throws<PipelineException>(() => TreeModels.Fit("tree", false, [], TreeModels.Step(), batch, false)).Message);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Rows_of_another_size_are_refused(string kind, bool isClassifier, bool isSparse)
    {
        TreeModelForms model = Fit(kind, isClassifier, Penguins(isClassifier, isSparse));
        Assert.Equal("Trees1 was fitted on vectors of 12 elements, but this row has 3", Assert.Throws<PipelineException>(() => model.Predict(Vector.Dense(1, 2, 3), [], [])).Message);
        FeatureRows wide = new(5);
        wide.Add(Vector.Dense(1, 2, 3, 4, 5));
        ColumnBatch batch = TreeModels.Batch(wide, [1], null, ElementNames.Of("features", 5));
        Assert.Equal("Row 0: Trees1 was fitted on vectors of 12 elements, but features has 5", Assert.Throws<PipelineException>(() => model.Transform(batch, Features, Prediction, -1, -1)).Message);
    }

    [Theory]
    [InlineData("Starts", 1, 1)]
    [InlineData("Starts", 0, 1)]
    [InlineData("Features", 0, 12)]
    [InlineData("Features", 0, 0.5)]
    [InlineData("Children", 0, 0)]
    [InlineData("Children", 0, 2)]
    [InlineData("Children", 0, 1e6)]
    [InlineData("Children", 1, 1)]
    [InlineData("NumFeatures", 0, 13)]
    [InlineData("TreeClasses", 0, 3)]
    public void A_broken_file_is_one_error(string member, int at, double value)
    {
        StageWriter writer = new("Trees1");
        TreeModelForms model = Fit("tree", true, Penguins(true, false));
        model.Write(writer);
        writer.AllNumbers[member].Values[at] = value;
        Assert.StartsWith("memory: Trees1.", Assert.Throws<InvalidDataException>(() => model.Read(new StageReader(writer))).Message, StringComparison.Ordinal);
    }

    private static void Wrong(string message, string kind, bool isClassifier, string options, Action<ColumnBatch>? change = null)
    {
        ColumnBatch batch = Penguins(isClassifier, false);
        change?.Invoke(batch);
        FigureOptions own = JsonSerializer.Deserialize<FigureOptions>(options)!;
        Assert.Equal(message, Assert.Throws<PipelineException>(() => TreeModels.Fit(kind, isClassifier, own, TreeModels.Step(), batch, false)).Message);
    }

    private static TreeModelForms Fit(string kind, bool isClassifier, ColumnBatch batch, ulong seed = 1) =>
        TreeModels.Fit(kind, isClassifier, JsonSerializer.Deserialize<FigureOptions>("""{"numTrees":5,"maxIter":5,"subsamplingRate":0.9}""")!, TreeModels.Step(seed), batch, false);

    private static Vector Sparse(Vector row)
    {
        int[] places = [.. Enumerable.Range(0, row.Size).Where(i => row[i] != 0)];
        return Vector.Sparse(row.Size, places, [.. places.Select(i => row[i])]);
    }

    /// <summary>Rows enough to part nodes in chunks and to subtract siblings; a third of the numbers are 0, which a difference of sums must not hide.</summary>
    private static ColumnBatch Large(bool isClassifier)
    {
        Random random = new(5);
        FeatureRows rows = FeatureRows.Zeros(9, LargeRows);
        double[] labels = new double[LargeRows];
        for (int row = 0; row < LargeRows; row++)
        {
            Span<double> own = rows.DenseRow(row);
            for (int i = 0; i < own.Length; i++)
                own[i] = random.NextDouble();
            double sum = own[0] < 1.0 / 3 ? 0 : own[1] + (own[2] * own[3]) + (random.NextDouble() / 3);
            labels[row] = isClassifier ? (sum > 0.8 ? 1 : 0) : sum;
        }

        ColumnBatch batch = TreeModels.Batch(rows, labels, null, ElementNames.Of("features", 9));
        if (isClassifier)
            batch.SetClasses(Label, 2, Labels);
        return batch;
    }

    private static ColumnBatch Penguins(bool isClassifier, bool isSparse)
    {
        Table table = Tables.Named("penguins")!;
        FeatureRows features = new(Size);
        foreach (double[] row in table.Vectors["places"])
        {
            // Mostly zeros, else sparse rows would be kept as dense ones.
            Vector all = Vector.Dense([.. row, .. new double[Size - row.Length]]);
            features.Add(isSparse ? Sparse(all) : all);
        }

        Assert.Equal(isSparse, features.Blocks[0].IsSparse);
        ElementNames elements = new(new[] { "Length", "Depth", "Flipper", "Island", "Nothing" }.Select(name =>
            name == "Nothing" ? new ElementRun(name, Size - 4, Numbered: true) : new ElementRun(name, 1, Numbered: false, Categories: name == "Island" ? 3 : 0)));
        ColumnBatch batch = TreeModels.Batch(features, [.. table.Numbers[isClassifier ? "chinstrap" : "mass"]], [.. table.Numbers["weight"]], elements);
        if (isClassifier)
            batch.SetClasses(Label, 2, Labels);
        return batch;
    }

    private sealed class Listener(Action<PipelineProgress> heard) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => heard(value);
    }
}
