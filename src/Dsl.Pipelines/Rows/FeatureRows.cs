using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Rows;

/// <summary>
/// Vectors of one size, row behind row, in blocks of a constant number of rows: dense ones in one run a block, sparse ones as their values and places. What is computed from them is
/// summed block by block, so that neither the number of threads nor the largest array decides anything.
/// </summary>
internal sealed partial class FeatureRows
{
    // A block's work should outweigh handing it out and fit into L2 twice: 64 Ki doubles.
    private const int BlockElements = 64 * 1024;
    private const int FewestRows = 64;
    private const int MostRows = 4096;

    private readonly List<FeatureBlock> blocks = [];
    private Filling filling;

    /// <summary>No rows yet.</summary>
    /// <param name="size">Elements of a row; a selection or a one-hot vector may have none.</param>
    public FeatureRows(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Size = size;
        RowsPerBlock = Math.Clamp(BlockElements / Math.Max(1, size), FewestRows, MostRows);
        filling = new Filling(size, RowsPerBlock);
    }

    /// <summary>Elements of a row.</summary>
    public int Size { get; }

    /// <summary>Rows of every block but the last.</summary>
    public int RowsPerBlock { get; }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rows, once all are there. Whoever asks first ends the last block, which must not happen on several threads; of a batch's column it has happened.</summary>
    public IReadOnlyList<FeatureBlock> Blocks
    {
        get
        {
            if (filling.Rows > 0)
                EndBlock();
            return blocks;
        }
    }

    /// <summary>Dense rows of zeros, which <see cref="DenseRow"/> gives out to be written.</summary>
    /// <param name="size">Elements of a row, at least 1.</param>
    /// <param name="count">How many rows.</param>
    public static FeatureRows Zeros(int size, int count)
    {
        FeatureRows rows = new(size) { Count = count };
        for (int first = 0; first < count; first += rows.RowsPerBlock)
        {
            int ofBlock = Math.Min(rows.RowsPerBlock, count - first);
            rows.blocks.Add(new FeatureBlock(first, ofBlock, size, new double[ofBlock * size], null, null));
        }

        return rows;
    }

    /// <summary>A row of a dense block, where it lies.</summary>
    public Span<double> DenseRow(int row) => blocks[row / RowsPerBlock].Values.AsSpan(row % RowsPerBlock * Size, Size);

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public void Add(Vector row)
    {
        if (row.Size != Size)
            throw new ArgumentException($"Row {Count} has {row.Size} elements, the rows before it {Size}.", nameof(row));
        filling.Add(row);
        Count++;
        if (filling.Rows == RowsPerBlock)
            EndBlock();
    }

    /// <summary>One row; a dense one shares its block's memory.</summary>
    public Vector At(int row)
    {
        FeatureBlock block = Blocks[row / RowsPerBlock];
        int at = row - block.First;
        if (block.Indices is null)
            return new Vector(block.Values, at * Size, Size);
        int first = block.Starts![at];
        int end = block.Starts[at + 1];
        return Vector.Sparse(Size, block.Indices[first..end], block.Values[first..end]);
    }

    /// <summary>Some of the rows, in their order.</summary>
    /// <param name="keep">For each row whether it is among them.</param>
    public FeatureRows Where(ReadOnlySpan<bool> keep)
    {
        FeatureRows kept = new(Size);
        for (int row = 0; row < Count; row++)
        {
            if (keep[row])
                kept.Add(At(row));
        }

        return kept;
    }

    /// <summary>Some of the rows, in the order given.</summary>
    public FeatureRows Take(ReadOnlySpan<int> rows)
    {
        FeatureRows taken = new(Size);
        foreach (int row in rows)
            taken.Add(At(row));
        return taken;
    }

    private void EndBlock()
    {
        blocks.Add(filling.ToBlock(Count - filling.Rows));
        filling = new Filling(Size, RowsPerBlock);
    }

    /// <summary>A block as it grows: sparse until a dense row comes, or one that is mostly full.</summary>
    private sealed class Filling(int size, int mostRows)
    {
        // A sparse element takes 12 bytes and a jump, a dense one 8.
        private const int SparseWorth = 3;

        private readonly List<int> starts = [0];
        private readonly List<int> indices = [];
        private readonly List<double> values = [];
        private double[]? dense;

        public int Rows { get; private set; }

        public void Add(Vector row)
        {
            if (dense is null && (!row.IsSparse || row.Indices.Length > size / SparseWorth))
                MakeDense();
            if (dense is not null)
            {
                row.CopyTo(dense.AsSpan(Rows * size, size));
            }
            else
            {
                indices.AddRange(row.Indices);
                values.AddRange(row.Values);
                starts.Add(indices.Count);
            }

            Rows++;
        }

        public FeatureBlock ToBlock(int first) => dense is not null
            ? new FeatureBlock(first, Rows, size, Rows == mostRows ? dense : dense[..(Rows * size)], null, null)
            : new FeatureBlock(first, Rows, size, [.. values], [.. indices], [.. starts]);

        private void MakeDense()
        {
            dense = new double[mostRows * size];
            for (int row = 0; row < Rows; row++)
            {
                for (int i = starts[row]; i < starts[row + 1]; i++)
                    dense[(row * size) + indices[i]] = values[i];
            }
        }
    }
}
