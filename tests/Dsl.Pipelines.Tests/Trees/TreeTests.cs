using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Dsl.Pipelines.Randomness;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Tests.Linear;
using Dsl.Pipelines.Trees;
using Xunit;

namespace Dsl.Pipelines.Tests.Trees;

/// <summary>Trees, forests and boosting beside Spark MLlib's, split by split.</summary>
public sealed class TreeTests
{
    private const int Houses = 9000;

    private static readonly Lazy<Figure[]> Figures = new(() =>
        JsonSerializer.Deserialize<Figure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "trees.json")), JsonSerializerOptions.Web)!);

    /// <summary>Those of the penguins.</summary>
    public static TheoryData<int> OfPenguins => Of("penguins");

    /// <summary>Those of California's districts, the first 9,000.</summary>
    public static TheoryData<int> OfHousing => Of("housing");

    [Theory]
    [MemberData(nameof(OfPenguins))]
    public void Trees_are_those_of_MLlib(int index) => Compare(Figures.Value[index]);

    [TheoryWithHousing]
    [MemberData(nameof(OfHousing))]
    public void Of_many_rows_too(int index) => Compare(Figures.Value[index]);

    [Fact]
    public void Maps_are_walked_as_in_Scala()
    {
        Assert.Equal([0, 1, 2, 3], ScalaMap.OrderOf([0, 1, 2, 3]));
        Assert.Equal([.. Enumerable.Range(0, 40)], ScalaMap.OrderOf([.. Enumerable.Range(0, 40)]).Order());
    }

    [Theory]
    [InlineData(4, new[] { 25.5, 50.5, 75.5 })]
    [InlineData(200, null)]
    public void Thresholds_part_rows_evenly_or_all_values(int bins, double[]? expected) =>
        Assert.Equal(expected ?? [.. Enumerable.Range(1, 99).Select(i => i + 0.5)], Binning.Thresholds([.. Enumerable.Range(1, 100).Select(i => (double)i)], null, bins));

    private static TheoryData<int> Of(string table)
    {
        TheoryData<int> data = [];
        for (int i = 0; i < Figures.Value.Length; i++)
        {
            if (Figures.Value[i].Table == table)
                data.Add(i);
        }

        return data;
    }

    private static void Compare(Figure figure)
    {
        (FeatureRows features, double[] labels, double[]? weights, int[] categories) = Data(figure);
        int maxBins = (int)figure.Options.Number("maxBins", 32);
        BinnedFeature[] binned = Binning.Of(features, weights, categories, maxBins);
        TreeNode[] grown = Grow(figure, features, binned, labels, weights, maxBins);
        Assert.Equal(figure.Trees.Length, grown.Length);
        for (int i = 0; i < grown.Length; i++)
            Compare($"{figure} tree {i}", figure.Trees[i], grown[i]);
    }

    private static TreeNode[] Grow(Figure figure, FeatureRows features, BinnedFeature[] binned, double[] labels, double[]? weights, int maxBins)
    {
        bool isClassifier = figure.Classes > 0;
        int trees = (int)figure.Options.Number("numTrees", 1);
        GrowOptions options = new()
        {
            MaxDepth = (int)figure.Options.Number("maxDepth", 5),
            MinInstancesPerNode = (int)figure.Options.Number("minInstancesPerNode", 1),
            MinWeightFractionPerNode = figure.Options.Number("minWeightFractionPerNode", 0),
            MinInfoGain = figure.Options.Number("minInfoGain", 0),
            FeaturesPerNode = FeaturesPerNode(figure, features.Size, trees, isClassifier),
            Seed = 1,
        };
        double rate = figure.Options.Number("subsamplingRate", 1);
        if (figure.Kind == "boosting")
        {
            BoostedLoss loss = isClassifier ? BoostedLoss.Logistic : figure.Options.Text("lossType") == "absolute" ? BoostedLoss.Absolute : BoostedLoss.Squared;
            double[] targets = isClassifier ? [.. labels.Select(label => (2 * label) - 1)] : labels;
            return Boosting.Grow(features, binned, targets, weights, (int)figure.Options.Number("maxIter", 20), figure.Options.Number("stepSize", 0.1), rate, loss, options, CancellationToken.None);
        }

        byte[][]? copies = figure.Kind == "tree" ? null
            : figure.Options.Flag("bootstrap", true) ? Copies.Bootstrap(labels.Length, trees, rate, 1)
            : Copies.Sample(labels.Length, trees, rate, 1);
        Impurity impurity = isClassifier ? new ClassImpurity(figure.Classes, figure.Options.Text("impurity") == "entropy") : new Variance();
        return TreeGrower.Grow(binned, labels, weights, copies, trees, maxBins, impurity, options, CancellationToken.None);
    }

    private static int FeaturesPerNode(Figure figure, int size, int trees, bool isClassifier) =>
        figure.Kind != "forest" || trees == 1 ? size
        : figure.Options.Text("featureSubsetStrategy") == "log2" ? Math.Max(1, (int)Math.Ceiling(Math.Log2(size)))
        : isClassifier ? (int)Math.Ceiling(Math.Sqrt(size))
        : (int)Math.Ceiling(size / 3.0);

    private static void Compare(string where, JsonElement wanted, TreeNode got)
    {
        if (wanted.GetArrayLength() == 1)
        {
            Assert.True(got.Split is null, $"{where}: should be a leaf of {wanted[0]}, splits {got.Split}");
            Close(where + ", prediction", wanted[0].GetDouble(), got.Prediction);
            return;
        }

        Assert.True(got.Split is not null, $"{where}: should split {wanted[0]} at {wanted[1]}, is a leaf of {got.Prediction}");
        Assert.True(wanted[0].GetInt32() == got.Split.Feature, $"{where}: should split feature {wanted[0]} at {wanted[1]} (gain {wanted[2]}), splits {got.Split} (gain {got.Gain:R})");
        if (wanted[1].ValueKind == JsonValueKind.Array)
            Assert.Equal([.. wanted[1].EnumerateArray().Select(category => (int)category.GetDouble())], got.Split.LeftCategories!);
        else
            Close(where + ", threshold", wanted[1].GetDouble(), got.Split.Threshold);
        Close(where + ", gain", wanted[2].GetDouble(), got.Gain);
        Compare(where + "l", wanted[3], got.Left!);
        Compare(where + "r", wanted[4], got.Right!);
    }

    private static void Close(string what, double wanted, double got) =>
        Assert.True(Math.Abs(wanted - got) <= 1e-9 * Math.Max(1, Math.Abs(wanted)), $"{what}: should be {wanted:R}, is {got:R}");

    private static (FeatureRows Features, double[] Labels, double[]? Weights, int[] Categories) Data(Figure figure)
    {
        Table table = Tables.Named(figure.Table)!;
        bool birds = figure.Table == "penguins";
        double[][] rows = birds ? table.Vectors["places"] : [.. table.Vectors["features"].Take(Houses)];
        FeatureRows features = new(rows[0].Length);
        foreach (double[] row in rows)
            features.Add(Vector.Dense(row));
        int[] categories = new int[features.Size];
        if (birds)
            categories[^1] = 3;
        return (features, [.. table.Numbers[figure.Label].Take(rows.Length)], figure.Options.Text("weightCol") is { } column ? table.Numbers[column] : null, categories);
    }

    private sealed record Figure(string Kind, string Table, string Label, int Classes, FigureOptions Options, JsonElement[] Trees, double[] Importances)
    {
        public override string ToString() => $"{Kind} {Table} {Label} {string.Join(", ", Options.Select(o => $"{o.Key} {o.Value}"))}";
    }
}
