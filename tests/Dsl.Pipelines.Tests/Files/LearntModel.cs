using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Tests.Files;

/// <summary>A stage that has learnt a bit of everything.</summary>
internal sealed record LearntModel(double Number, double[] Row, double[,] Table, IReadOnlyList<string> Labels) : IStageModel<LearntModel>
{
    public static LearntModel Sample { get; } = new(double.NaN, [0.1, -0.0, double.PositiveInfinity, 5e-324], new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, ["", "Zoë", "a\nb\"c", "𝔸", " "]);

    public string Describe() => $"{Row.Length} numbers";

    public void Write(StageWriter writer)
    {
        writer.Number("number", Number);
        writer.Numbers("row", Row);
        writer.Numbers("table", [.. AsSpan(Table)], Table.GetLength(0), Table.GetLength(1));
        writer.Numbers("none", []);
        writer.Texts("labels", Labels);
        writer.Texts("nothing", []);
    }

    public static LearntModel Read(StageReader reader)
    {
        double[] values = reader.Numbers("table", -1, -1);
        double[,] table = new double[reader.ShapeOf("table")[0], reader.ShapeOf("table")[1]];
        for (int i = 0; i < values.Length; i++)
            table[i / table.GetLength(1), i % table.GetLength(1)] = values[i];
        _ = reader.Numbers("none", 0);
        return reader.Texts("nothing").Count == 0 ? new LearntModel(reader.Number("number"), reader.Numbers("row", -1), table, reader.Texts("labels")) : throw reader.Wrong("nothing", "is something");
    }

    public bool Equals(LearntModel? other) => other is not null && Number.Equals(other.Number) && Row.AsSpan().SequenceEqual(other.Row) && AsSpan(Table).AsSpan().SequenceEqual(AsSpan(other.Table))
        && string.Join('|', Labels) == string.Join('|', other.Labels);

    public override int GetHashCode() => Row.Length;

    private static double[] AsSpan(double[,] table)
    {
        double[] all = new double[table.Length];
        Buffer.BlockCopy(table, 0, all, 0, all.Length * sizeof(double));
        return all;
    }
}
