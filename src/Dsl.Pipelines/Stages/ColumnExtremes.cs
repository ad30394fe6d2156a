using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Stages;

/// <summary>The smallest and the largest value of each element; NaN counts as nothing, what a sparse row does not hold as 0.</summary>
/// <param name="Least">The smallest; of nothing the largest double.</param>
/// <param name="Most">The largest; of nothing minus the largest double.</param>
internal sealed record ColumnExtremes(double[] Least, double[] Most)
{
    /// <summary>Those of rows, of which there is at least one.</summary>
    public static ColumnExtremes Of(FeatureRows rows)
    {
        ColumnExtremes[] parts = new ColumnExtremes[rows.Blocks.Count];
        ParallelParts.Run(parts.Length, part => parts[part] = Of(rows.Blocks[part]));
        ColumnExtremes all = Nothing(rows.Size);
        foreach (ColumnExtremes part in parts)
        {
            for (int i = 0; i < rows.Size; i++)
            {
                all.Least[i] = Math.Min(all.Least[i], part.Least[i]);
                all.Most[i] = Math.Max(all.Most[i], part.Most[i]);
            }
        }

        return all;
    }

    private static ColumnExtremes Of(FeatureBlock block)
    {
        ColumnExtremes extremes = Nothing(block.Size);
        int[] held = new int[block.Size];
        for (int i = 0; i < block.Values.Length; i++)
        {
            int column = block.ElementOf(i);
            held[column]++;
            extremes.Add(column, block.Values[i]);
        }

        for (int column = 0; column < held.Length; column++)
        {
            if (held[column] < block.Rows)
                extremes.Add(column, 0);
        }

        return extremes;
    }

    private static ColumnExtremes Nothing(int size)
    {
        ColumnExtremes extremes = new(new double[size], new double[size]);
        Array.Fill(extremes.Least, double.MaxValue);
        Array.Fill(extremes.Most, -double.MaxValue);
        return extremes;
    }

    private void Add(int column, double value)
    {
        if (value < Least[column])
            Least[column] = value;
        if (value > Most[column])
            Most[column] = value;
    }
}
