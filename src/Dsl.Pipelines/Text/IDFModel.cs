using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Fitted weights of terms, Spark MLlib's IDF: ln((rows + 1) / (rows with the term + 1)), so that a term of every row weighs nothing.</summary>
public sealed class IDFModel : IStageModel<IDFModel>
{
    private const int MostParts = 8;

    private readonly string stage;
    private readonly double[] weights;
    private readonly long[] rowsWith;

    private IDFModel(string stage, double[] weights, long[] rowsWith, long rows)
    {
        this.stage = stage;
        this.weights = weights;
        this.rowsWith = rowsWith;
        NumDocs = rows;
    }

    /// <summary>The weight of each element; 0 of those in too few rows.</summary>
    public Vector Idf => Vector.Dense(weights);

    /// <summary>In how many rows each element is above 0; 0 of those in too few, as MLlib has it.</summary>
    public IReadOnlyList<long> DocFreq => Array.AsReadOnly(rowsWith);

    /// <summary>How many rows there were.</summary>
    public long NumDocs { get; }

    /// <summary>Learns in how many rows each element is.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="minDocFreq">Elements in fewer rows weigh 0.</param>
    /// <exception cref="PipelineException">There are no rows.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static IDFModel Fit(FitStep step, ColumnBatch batch, int input, int minDocFreq)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        FeatureRows rows = VectorForm.RowsOf(step, batch, input);
        long[] rowsWith = RowsWith(rows);
        double[] weights = new double[rowsWith.Length];

        // Most elements of a hashed vector are in no row.
        double ofNone = minDocFreq <= 0 ? Math.Log(rows.Count + 1.0) : 0;
        LongDoubles.Run(weights.Length, (first, count) =>
        {
            for (int i = first; i < first + count; i++)
            {
                long with = rowsWith[i];
                if (with < minDocFreq)
                    rowsWith[i] = 0;
                else
                    weights[i] = with == 0 ? ofNone : Math.Log((rows.Count + 1.0) / (with + 1.0));
            }
        });
        return new IDFModel(step.Stage, weights, rowsWith, rows.Count);
    }

    /// <summary>Every row of a batch; sparse ones stay sparse.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column that gets them, weighted.</param>
    /// <exception cref="PipelineException">A vector has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        FeatureRows rows = batch.Vectors(input);
        VectorForm.CheckSize(stage, batch, rows, weights.Length);
        FeatureRows weighted = FeatureRows.Made(weights.Length, batch.Count, (first, _) => Weighted(rows.Blocks[first / rows.RowsPerBlock]));
        batch.Set(output, weighted, batch.ElementsOf(input).AsNumbers(), EachRow.NullsOf(batch, input));
    }

    /// <summary>A dense row.</summary>
    /// <param name="input">As many elements as were fitted.</param>
    /// <param name="output">Gets as many.</param>
    /// <exception cref="PipelineException">It has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ReadOnlySpan<double> input, Span<double> output)
    {
        VectorForm.CheckSize(stage, input.Length, weights.Length);
        for (int i = 0; i < weights.Length; i++)
            output[i] = input[i] * weights[i];
    }

    /// <summary>A row; a sparse one stays sparse, with its places.</summary>
    /// <param name="input">As many elements as were fitted.</param>
    /// <exception cref="PipelineException">It has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Vector Transform(Vector input)
    {
        VectorForm.CheckSize(stage, input.Size, weights.Length);
        if (!input.IsSparse)
        {
            double[] dense = new double[weights.Length];
            Transform(input.AsSpan(), dense);
            return new Vector(dense, 0, dense.Length);
        }

        ReadOnlySpan<int> places = input.Indices;
        double[] values = new double[places.Length];
        Weigh(places, input.Values, values);
        return Vector.Sparse(input.Size, places.ToArray(), values);
    }

    /// <inheritdoc/>
    public string Describe() => $"{NumDocs} rows; weights {Shown.Of(weights)}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Numbers("Idf", weights);
        writer.Numbers("DocFreq", [.. rowsWith.Select(with => (double)with)]);
        writer.Number("NumDocs", NumDocs);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static IDFModel Read(StageReader reader)
    {
        double[] weights = reader.Numbers("Idf", -1);
        double[] rowsWith = reader.Numbers("DocFreq", weights.Length);
        return new IDFModel(reader.Stage, weights, [.. rowsWith.Select(with => (long)with)], reader.Whole("NumDocs", 1, int.MaxValue));
    }

    // The places of sparse rows are those that came in, and are shared with them.
    private FeatureBlock Weighted(FeatureBlock block)
    {
        double[] values = new double[block.Values.Length];
        if (block.Indices is not null)
        {
            Weigh(block.Indices, block.Values, values);
        }
        else
        {
            for (int row = 0; row < block.Rows; row++)
                Transform(block.Values.AsSpan(row * block.Size, block.Size), values.AsSpan(row * block.Size, block.Size));
        }

        return block with { Values = values };
    }

    private void Weigh(ReadOnlySpan<int> places, ReadOnlySpan<double> values, Span<double> weighted)
    {
        for (int i = 0; i < places.Length; i++)
            weighted[i] = values[i] * weights[places[i]];
    }

    /// <summary>In how many rows each element is above 0.</summary>
    private static long[] RowsWith(FeatureRows rows)
    {
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;
        long held = blocks.Sum(block => (long)block.Values.Length);

        // Each part counts for itself: as many as have more to count than counts to add up.
        int parts = (int)Math.Clamp(held / Math.Max(1, rows.Size), 1, Math.Min(blocks.Count, MostParts));
        long[][] counts = new long[parts][];
        ParallelParts.Run(parts, part =>
        {
            counts[part] = new long[rows.Size];
            int end = (int)((long)blocks.Count * (part + 1) / parts);
            for (int block = (int)((long)blocks.Count * part / parts); block < end; block++)
                Count(blocks[block], counts[part]);
        });
        long[] all = counts[0];
        for (int part = 1; part < parts; part++)
        {
            for (int i = 0; i < all.Length; i++)
                all[i] += counts[part][i];
        }

        return all;
    }

    private static void Count(FeatureBlock block, long[] rowsWith)
    {
        for (int i = 0, column = 0; i < block.Values.Length; i++)
        {
            if (block.Values[i] > 0)
                rowsWith[block.Indices is null ? column : block.Indices[i]]++;
            column = column + 1 == block.Size ? 0 : column + 1;
        }
    }
}
