using System;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Trees;

/// <summary>The rows of one tree, those of a node side by side and in their order.</summary>
/// <param name="index">Which tree.</param>
/// <param name="rows">The rows, packed as <see cref="TreeRow"/> does, and padding behind them.</param>
/// <param name="count">How many.</param>
internal sealed class TreeSample(int index, ulong[] rows, int count)
{
    private const int ChunkRows = 32 * 1024;

    /// <summary>Which tree.</summary>
    public int Index => index;

    /// <summary>The rows, and padding behind them.</summary>
    public ulong[] Rows => rows;

    /// <summary>How many.</summary>
    public int Count => count;

    /// <summary>The rows that are in a tree.</summary>
    /// <param name="index">Which tree.</param>
    /// <param name="all">How many rows the table has.</param>
    /// <param name="copies">How often each is in; null: once.</param>
    /// <param name="classes">The class of each; null: there are none.</param>
    /// <param name="reused">Where they may go; a new array where it is too short.</param>
    public static TreeSample Of(int index, int all, byte[]? copies, ushort[]? classes, ulong[]? reused = null)
    {
        int count = all;
        for (int row = 0; copies is not null && row < all; row++)
            count -= copies[row] == 0 ? 1 : 0;
        ulong[] rows = reused is not null && reused.Length >= count + TreeRow.Padding ? reused : new ulong[count + TreeRow.Padding];
        if (copies is null)
        {
            ParallelParts.Run((all + ChunkRows - 1) / ChunkRows, chunk =>
            {
                for (int row = chunk * ChunkRows; row < Math.Min(all, (chunk + 1) * ChunkRows); row++)
                    rows[row] = TreeRow.Of(row, 1, classes is null ? 0 : classes[row]);
            });
            return new TreeSample(index, rows, count);
        }

        int at = 0;
        for (int row = 0; row < all; row++)
        {
            rows[at] = TreeRow.Of(row, copies[row], classes is null ? 0 : classes[row]);
            at += copies[row] == 0 ? 0 : 1;
        }

        return new TreeSample(index, rows, count);
    }
}
