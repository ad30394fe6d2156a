using System;
using System.Collections.Generic;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Rows;

/// <summary>
/// The elements of rows that are not zero, held twice: row behind row and column behind column, each column's in the order of the rows. Columns are those that occur at all, renumbered: of
/// 262,144 hashes 10,000 sentences use 18,000.
/// </summary>
internal sealed class SparseColumns
{
    // A part's elements outweigh what it counts of every column.
    private const int PartElements = 32 * 1024;
    private const int MostParts = 16;

    /// <summary>Takes rows of any kind of block.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="ofAllColumns">Columns that do not occur are held too.</param>
    public SparseColumns(FeatureRows rows, bool ofAllColumns = false)
    {
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;
        Rows = rows.Count;
        RowStarts = new int[rows.Count + 1];
        bool[] occurs = new bool[rows.Size];
        occurs.AsSpan().Fill(ofAllColumns);

        // Several threads may say of a column that it occurs: all say the same.
        ParallelParts.Run(blocks.Count, block => Count(blocks[block], occurs));
        for (int row = 1; row < RowStarts.Length; row++)
            RowStarts[row] = checked(RowStarts[row] + RowStarts[row - 1]);
        Occurring = Flags.PlacesOf(occurs);
        int[] renumbered = new int[rows.Size];
        for (int i = 0; i < Occurring.Length; i++)
            renumbered[Occurring[i]] = i;
        ColumnOf = new int[RowStarts[^1]];
        ByRow = new double[ColumnOf.Length];
        ParallelParts.Run(blocks.Count, block => Fill(blocks[block], renumbered));
        Starts = new int[Occurring.Length + 1];
        RowOf = new int[ByRow.Length];
        ByColumn = new double[ByRow.Length];
        Transpose();
    }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>The columns that occur, ascending.</summary>
    public int[] Occurring { get; }

    /// <summary>Where each row's elements begin, and the end of the last.</summary>
    public int[] RowStarts { get; }

    /// <summary>The column of each element, row behind row, as a place in <see cref="Occurring"/>.</summary>
    public int[] ColumnOf { get; }

    /// <summary>The elements, row behind row.</summary>
    public double[] ByRow { get; }

    /// <summary>Where the elements of each column begin, and the end of the last.</summary>
    public int[] Starts { get; }

    /// <summary>The row of each element, column behind column.</summary>
    public int[] RowOf { get; }

    /// <summary>The elements, column behind column.</summary>
    public double[] ByColumn { get; }

    /// <summary>The first column of a part, where all parts have about as many elements.</summary>
    /// <param name="part">The part; behind the last: behind the last column.</param>
    /// <param name="parts">How many there are.</param>
    public int FirstColumn(int part, int parts)
    {
        if (part == parts)
            return Occurring.Length;
        int at = Starts.AsSpan().BinarySearch((int)((long)ByColumn.Length * part / parts));
        return at >= 0 ? at : ~at - 1;
    }

    private void Count(FeatureBlock block, bool[] occurs)
    {
        for (int row = 0; row < block.Rows; row++)
        {
            (int first, int end) = block.RangeOf(row);
            int count = 0;
            for (int i = first; i < end; i++)
            {
                if (block.Values[i] == 0)
                    continue;
                occurs[block.Indices is null ? i - first : block.Indices[i]] = true;
                count++;
            }

            RowStarts[block.First + row + 1] = count;
        }
    }

    private void Fill(FeatureBlock block, int[] renumbered)
    {
        int at = RowStarts[block.First];
        for (int row = 0; row < block.Rows; row++)
        {
            (int first, int end) = block.RangeOf(row);
            for (int i = first; i < end; i++)
            {
                if (block.Values[i] == 0)
                    continue;
                ColumnOf[at] = renumbered[block.Indices is null ? i - first : block.Indices[i]];
                ByRow[at++] = block.Values[i];
            }
        }
    }

    /// <summary>Runs of rows are counted each for itself, so that each knows where its elements of a column go.</summary>
    private void Transpose()
    {
        int columns = Occurring.Length;
        int parts = Math.Clamp(ByRow.Length / Math.Max(PartElements, columns), 1, MostParts);
        int[] next = new int[checked(columns * parts)];
        ParallelParts.Run(parts, part =>
        {
            foreach (int column in ColumnOf.AsSpan(RowStarts[FirstRow(part)]..RowStarts[FirstRow(part + 1)]))
                next[(column * parts) + part]++;
        });
        int sum = 0;
        for (int column = 0; column < columns; column++)
        {
            Starts[column] = sum;
            for (int part = 0; part < parts; part++)
            {
                int count = next[(column * parts) + part];
                next[(column * parts) + part] = sum;
                sum += count;
            }
        }

        Starts[columns] = sum;
        ParallelParts.Run(parts, part =>
        {
            for (int row = FirstRow(part); row < FirstRow(part + 1); row++)
            {
                for (int i = RowStarts[row]; i < RowStarts[row + 1]; i++)
                {
                    int at = next[(ColumnOf[i] * parts) + part]++;
                    RowOf[at] = row;
                    ByColumn[at] = ByRow[i];
                }
            }
        });

        int FirstRow(int part) => (int)((long)Rows * part / parts);
    }
}
