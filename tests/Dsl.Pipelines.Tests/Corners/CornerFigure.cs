using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Tests.Stages;
using Dsl.Pipelines.Tests.Text;
using Dsl.Pipelines.Tests.Trees;
using Xunit;

namespace Dsl.Pipelines.Tests.Corners;

/// <summary>What a model of Spark MLlib 4.3.0 fitted with options and on rows that other figures leave out, as tests/fixtures/mllib/make_corners.py wrote it.</summary>
internal sealed record CornerFigure(
    string Model, string Table, string? Label, int Classes, bool Weight, FigureOptions Options, string? Error, JsonElement Coefficients, JsonElement Intercepts, JsonElement Scale, JsonElement[]? Trees,
    JsonElement Importances, JsonElement Pi, JsonElement Theta, JsonElement Sigma, JsonElement Centers, JsonElement Cost, int Iterations, JsonElement[][]? Rows)
{
    // Of so many parts of a table the first row of every other one is in the file.
    private const int Parts = 5;

    private static readonly Lazy<Document> Read = new(() =>
        JsonSerializer.Deserialize<Document>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "corners.json")), JsonSerializerOptions.Web)!);

    public static CornerFigure[] All => Read.Value.Fits;

    /// <summary>The table with its columns as generated code's fits read them: 0 features, 1 label, 2 weight.</summary>
    public ColumnBatch Batch(bool sparse)
    {
        Dictionary<string, JsonElement> table = Read.Value.Tables[Table];
        double[][] rows = table.TryGetValue("size", out JsonElement size)
            ? Array.ConvertAll(table["features"].Deserialize<double[][][]>()!, pairs => TextFigures.Sparse(size.GetInt32(), pairs).ToArray())
            : table["features"].Deserialize<double[][]>()!;
        int[] nominal = table["nominal"].Deserialize<int[]>()!;
        ElementNames elements = nominal.Length == 0
            ? ElementNames.Of("features", rows[0].Length)
            : new ElementNames(nominal.Select((count, i) => new ElementRun($"x{i}", 1, Numbered: false, Categories: count)));
        ColumnBatch batch = TreeModels.Batch(
            Batches.Rows(rows, sparse), Label is null ? new double[rows.Length] : table[Label].Deserialize<double[]>()!, Weight ? table["weight"].Deserialize<double[]>() : null, elements);
        if (Classes > 0)
            batch.SetClasses(1, Classes, null);
        return batch;
    }

    /// <summary>The rows of the table that there are figures of, each with what it became.</summary>
    public IEnumerable<(int Row, JsonElement[] Made)> Shown(int rows) => (Rows ?? []).Select((made, i) => (i * 2 * Math.Max(1, rows / Parts), made));

    /// <summary>Holds numbers to MLlib's.</summary>
    public static void Close(string what, JsonElement wanted, IEnumerable<double> got, double tolerance) => Close(what, StageFigure.Flat(wanted), [.. got], tolerance);

    /// <summary>Holds numbers to others, relatively; of those below 1e-3 by what is beside it.</summary>
    public static void Close(string what, double[] wanted, double[] got, double tolerance)
    {
        Assert.True(wanted.Length == got.Length, $"{what} should have {wanted.Length} elements, has {got.Length}");
        for (int i = 0; i < wanted.Length; i++)
        {
            if (!(wanted[i].Equals(got[i]) || Math.Abs(wanted[i] - got[i]) <= tolerance * Math.Max(Math.Abs(wanted[i]), 1e-3)))
                Assert.Fail($"{what}, element {i}, should be {wanted[i]:R}, is {got[i]:R}");
        }
    }

    public override string ToString() => $"{Model} {Table} {Label}{(Classes > 0 ? $" of {Classes}" : "")}{(Weight ? " weighted" : "")} {string.Join(", ", Options.Select(o => $"{o.Key} {o.Value}"))}";

    private sealed record Document(Dictionary<string, Dictionary<string, JsonElement>> Tables, CornerFigure[] Fits);
}
