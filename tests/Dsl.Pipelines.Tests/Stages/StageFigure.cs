using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Tests.Linear;
using Xunit;

namespace Dsl.Pipelines.Tests.Stages;

/// <summary>What a stage of Spark MLlib 4.3.0 learnt and made, as tests/fixtures/mllib/make_stages.py wrote it.</summary>
internal sealed record StageFigure(
    string Stage, string? Table, FigureOptions? Options, Dictionary<string, JsonElement[]>? Input, Dictionary<string, JsonElement>? Learnt, long[] Kept, JsonElement[] Output, string? Note,
    string? Error)
{
    private static readonly Lazy<StageFigure[]> Read = new(() =>
        JsonSerializer.Deserialize<StageFigure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "stages.json")), JsonSerializerOptions.Web)!);

    private static readonly double[][] OtherRows = [[1, 5, 0], [2, 5, 0], [4, 5, 3]];

    public static StageFigure[] All => Read.Value;

    /// <summary>Whether its table lies beside the repository only.</summary>
    public bool IsOfHousing => Table is "housing" or "incomes";

    public double Number(string option, double otherwise = 0) => Options is not null && Options.TryGetValue(option, out JsonElement value) ? NumberOf(value) : otherwise;

    public bool Flag(string option, bool otherwise) => Options?.Flag(option, otherwise) ?? otherwise;

    public string Text(string option, string otherwise = "") => Options?.Text(option) ?? otherwise;

    public double[] Numbers(string option) => [.. Options![option].EnumerateArray().Select(NumberOf)];

    public string[] Texts(string option) => [.. Options![option].EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>An option that is an enum: MLlib's names in C# case.</summary>
    public T Enum<T>(string option)
        where T : struct, Enum => Options?.Text(option) is { } text ? System.Enum.Parse<T>(text, ignoreCase: true) : default;

    /// <summary>The columns that went in, and <c>out</c> behind them.</summary>
    public ColumnBatch Batch(bool sparse = false)
    {
        List<(string Name, Array? Values)> columns = Table switch
        {
            null => [.. Input!.Select(column => (column.Key, Column(column.Value, sparse)))],
            "lengths" => [("in", Tables.LengthsWithGaps())],
            "incomes" => [("in", Tables.Named("housing")!.Vectors["features"].Select(row => row[7]).ToArray())],
            _ => [("in", Tables.Named(Table)!.Vectors["features"].Select(row => sparse ? Batches.Sparse(Vector.Dense(row)) : Vector.Dense(row)).ToArray())],
        };
        // The label of these figures is the element itself; the tables' is in thousands.
        if (Table == "penguins" && Text("label") == "mass")
            columns.Add(("mass", Tables.Named(Table)!.Vectors["features"].Select(row => row[3]).ToArray()));
        else if (Table is "penguins" or "housing" && Text("label") is { Length: > 0 } label)
            columns.Add((label, Tables.Named(Table)!.Numbers[label]));
        return Batches.Of([.. columns, ("out", null)]);
    }

    /// <summary>What the stage learns from: the rows that it is to transform, or the other ones of the note.</summary>
    public ColumnBatch Learning(ColumnBatch batch, bool sparse = false) =>
        Note == "after other rows" ? Batches.Of(Array.ConvertAll(OtherRows, row => sparse ? Batches.Sparse(Vector.Dense(row)) : Vector.Dense(row))) : batch;

    /// <summary>Whether the texts of a column are whole numbers'.</summary>
    public ColumnText TextOf(string column) => Input![column] switch
    {
        var values when values.Any(IsText) => ColumnText.Text,
        var values when values.All(value => value.ValueKind == JsonValueKind.Null || !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'N')) => ColumnText.Whole,
        _ => ColumnText.Double,
    };

    /// <summary>Holds what was learnt to what MLlib learnt, if there are figures of it.</summary>
    public void Learns(string member, IEnumerable<double> got, double tolerance = 1e-9)
    {
        if (Learnt is not null && Learnt.TryGetValue(member, out JsonElement wanted))
            Close(member, Flat(wanted), [.. got], tolerance);
    }

    /// <summary>Holds the rows of a column of numbers, vectors or texts to MLlib's.</summary>
    public void Makes(ColumnBatch batch, int column, bool vectors, double tolerance = 1e-9)
    {
        Dictionary<long, int> rows = [];
        for (int row = 0; row < batch.Count; row++)
            rows.Add(batch.RowOf(row) - Batches.First, row);
        if (Table is null)
            Assert.Equal(Kept, rows.Keys.Order());
        for (int i = 0; i < Kept.Length; i++)
        {
            int row = rows[Kept[i]];
            string what = $"row {Kept[i]}";
            if (Output[i].ValueKind == JsonValueKind.String && IsText(Output[i]))
                Assert.Equal(Output[i].GetString(), batch.Texts(column)[row]);
            else
                Close(what, Flat(Output[i]), vectors ? batch.VectorAt(column, row).ToArray() : [batch.Numbers(column)[row]], tolerance);
        }
    }

    /// <summary>Numbers, row behind row.</summary>
    public static double[] Flat(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().SelectMany(Flat)] : [NumberOf(value)];

    public override string ToString() => $"{Stage} {Table}{Note} {(Options is null ? "" : string.Join(", ", Options.Select(option => $"{option.Key} {option.Value}")))}";

    private static double NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => value.GetDouble(),
    };

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is not ("NaN" or "Infinity" or "-Infinity");

    private static Array Column(JsonElement[] values, bool sparse)
    {
        if (values.Any(IsText))
            return Array.ConvertAll(values, value => value.GetString());
        if (values[0].ValueKind != JsonValueKind.Array)
            return Array.ConvertAll(values, value => value.ValueKind == JsonValueKind.Null ? (double?)null : NumberOf(value));
        return Array.ConvertAll(values, value => sparse ? Batches.Sparse(Vector.Dense(Flat(value))) : Vector.Dense(Flat(value)));
    }

    private void Close(string what, double[] wanted, double[] got, double tolerance)
    {
        Assert.True(wanted.Length == got.Length, $"{this}: {what} should have {wanted.Length} elements, has {got.Length}");
        for (int i = 0; i < wanted.Length; i++)
        {
            if (!(wanted[i].Equals(got[i]) || Math.Abs(wanted[i] - got[i]) <= tolerance * Math.Max(Math.Abs(wanted[i]), 1e-3)))
                Assert.Fail($"{this}: {what}, element {i}, should be {wanted[i]:R}, is {got[i]:R}");
        }
    }
}
