using System;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Rows;

/// <summary>Rows made block by block.</summary>
internal sealed partial class FeatureRows
{
    /// <summary>Rows whose blocks are made on all threads.</summary>
    /// <param name="size">Elements of a row, at least 1.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="make">Makes a block of its first row and its number of rows; it may be called for several at a time.</param>
    public static FeatureRows Made(int size, int count, Func<int, int, FeatureBlock> make)
    {
        FeatureRows rows = new(size) { Count = count };
        FeatureBlock[] made = new FeatureBlock[(count + rows.RowsPerBlock - 1) / rows.RowsPerBlock];
        ParallelParts.Run(made.Length, part =>
        {
            int first = part * rows.RowsPerBlock;
            made[part] = make(first, Math.Min(rows.RowsPerBlock, count - first));
        });
        rows.blocks.AddRange(made);
        return rows;
    }

    /// <summary>Whether some rows are all held as sparse ones.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many, at least 1.</param>
    public bool AreSparse(int first, int count)
    {
        for (int block = first / RowsPerBlock; block <= (first + count - 1) / RowsPerBlock; block++)
        {
            if (!Blocks[block].IsSparse)
                return false;
        }

        return true;
    }

    /// <summary>A block of vectors, sparse where all are and few elements are held.</summary>
    /// <param name="size">Elements of a row.</param>
    /// <param name="first">Number of the first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="row">Gives a row by its number.</param>
    public static FeatureBlock BlockOf(int size, int first, int count, Func<int, Vector> row)
    {
        Filling filling = new(size, count);
        for (int i = 0; i < count; i++)
            filling.Add(row(first + i));
        return filling.ToBlock(first);
    }
}
