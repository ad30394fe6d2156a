using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Tests.Linear;
using Dsl.Pipelines.Trees;
using Xunit;

namespace Dsl.Pipelines.Tests.Trees;

/// <summary>Trees, forests and boosting beside Spark MLlib's, split by split.</summary>
public sealed class TreeTests
{
    private const int Houses = 9000;
    private const int RowStride = 30;

    private static readonly string[] BirdElements = ["length", "depth", "flipper", "place"];

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
    [InlineData("auto", 9, 5, true, 3)]
    [InlineData("auto", 10, 5, true, 4)]
    [InlineData("auto", 10, 5, false, 4)]
    [InlineData("auto", 10, 1, true, 10)]
    [InlineData("all", 10, 5, true, 10)]
    [InlineData("log2", 8, 5, true, 3)]
    [InlineData("log2", 1, 5, true, 1)]
    [InlineData("7", 5, 5, true, 5)]
    [InlineData("1", 5, 5, true, 1)]
    [InlineData("1.0", 5, 5, true, 5)]
    [InlineData("0.01", 5, 5, true, 1)]
    [InlineData("0", 5, 5, true, null)]
    [InlineData("1.5", 5, 5, true, null)]
    [InlineData("some", 5, 5, true, null)]
    public void Subsets_of_features_are_as_many_as_MLlib_takes(string strategy, int features, int trees, bool isClassifier, int? expected) =>
        Assert.Equal(expected, FeatureSubset.CountOf(strategy, features, trees, isClassifier));

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
        ColumnBatch batch = Data(figure);
        TreeModelForms model = TreeModels.Fit(figure.Kind, figure.Classes > 0, figure.Options, TreeModels.Step(), batch, figure.Options.ContainsKey("weightCol"));
        Assert.Equal(figure.Trees.Length, model.Ensemble.Count);
        for (int i = 0; i < model.Ensemble.Count; i++)
            Compare($"{figure} tree {i}", figure.Trees[i], model.Ensemble, model.Ensemble.Starts[i]);
        Close("importances", figure.Importances, model.Importances.ToArray());
        for (int i = 0; i < figure.Rows.Length; i++)
            Compare(figure.Rows[i], model, batch.VectorAt(0, i * RowStride), figure.Classes);
        if (figure.Debug is not null)
            Assert.Equal(Named(figure.Debug), model.DebugString);
    }

    /// <summary>MLlib's text with our stage's name and the elements'.</summary>
    private static string Named(string text) =>
        Regex.Replace(Regex.Replace(text, @"uid( ?= ?)\w+", "uid$1Trees1"), @"feature (\d+)", match => BirdElements[match.Groups[1].Value[0] - '0']);

    private static void Compare(JsonElement wanted, TreeModelForms model, Vector row, int classes)
    {
        double[] probability = new double[classes];
        double[] raw = new double[classes];
        Close("prediction", [wanted[0].GetDouble()], [model.Predict(row, probability, raw)]);
        if (classes == 0)
            return;
        Close("probability", [.. wanted[1].EnumerateArray().Select(x => x.GetDouble())], probability);
        Close("raw prediction", [.. wanted[2].EnumerateArray().Select(x => x.GetDouble())], raw);
    }

    internal static void Compare(string where, JsonElement wanted, TreeEnsemble trees, int at)
    {
        FlatNode got = trees.Nodes[at];
        double prediction = trees.PredictionOf(at);
        if (wanted.GetArrayLength() == 1)
        {
            Assert.True(got.IsLeaf, $"{where}: should be a leaf of {wanted[0]}, splits {got}");
            Close(where + ", prediction", [wanted[0].GetDouble()], [prediction]);
            return;
        }

        Assert.True(!got.IsLeaf, $"{where}: should split {wanted[0]} at {wanted[1]}, is a leaf of {prediction}");
        Assert.True(wanted[0].GetInt32() == got.Element, $"{where}: should split feature {wanted[0]} at {wanted[1]} (gain {wanted[2]}), splits {got} (gain {trees.Gains[at]:R})");
        if (wanted[1].ValueKind == JsonValueKind.Array)
            Assert.Equal([.. wanted[1].EnumerateArray().Select(category => (int)category.GetDouble())], trees.Sets.Of((int)got.Threshold, trees.Elements.CategoriesOf(got.Element)));
        else
            Close(where + ", threshold", [wanted[1].GetDouble()], [got.Threshold]);
        Close(where + ", gain", [wanted[2].GetDouble()], [trees.Gains[at]]);
        Compare(where + "l", wanted[3], trees, got.Next);
        Compare(where + "r", wanted[4], trees, got.Next + 1);
    }

    private static void Close(string what, double[] wanted, double[] got)
    {
        Assert.Equal(wanted.Length, got.Length);
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - got[i]) <= 1e-9 * Math.Max(1, Math.Abs(wanted[i])), $"{what} {i}: should be {wanted[i]:R}, is {got[i]:R}");
    }

    private static ColumnBatch Data(Figure figure)
    {
        Table table = Tables.Named(figure.Table)!;
        bool birds = figure.Table == "penguins";
        double[][] rows = birds ? table.Vectors["places"] : [.. table.Vectors["features"].Take(Houses)];
        FeatureRows features = new(rows[0].Length);
        foreach (double[] row in rows)
            features.Add(Vector.Dense(row));
        ElementNames elements = birds
            ? new ElementNames(BirdElements.Select(name => new ElementRun(name, 1, Numbered: false, Categories: name == "place" ? 3 : 0)))
            : ElementNames.Of("features", features.Size);
        ColumnBatch batch = TreeModels.Batch(
            features, [.. table.Numbers[figure.Label].Take(rows.Length)], figure.Options.Text("weightCol") is { } column ? table.Numbers[column] : null, elements);
        batch.SetClasses(1, figure.Classes, null);
        return batch;
    }

    private sealed record Figure(string Kind, string Table, string Label, int Classes, FigureOptions Options, JsonElement[] Trees, double[] Importances, JsonElement[] Rows, string? Debug)
    {
        public override string ToString() => $"{Kind} {Table} {Label} {string.Join(", ", Options.Select(o => $"{o.Key} {o.Value}"))}";
    }
}
