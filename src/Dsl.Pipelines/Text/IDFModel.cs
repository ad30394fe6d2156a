using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Fitted weights of terms, Spark MLlib's IDF: ln((rows + 1) / (rows with the term + 1)), so that a term of every row weighs nothing.</summary>
public sealed class IDFModel : IStageModel<IDFModel>
{
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
    public IReadOnlyList<long> DocFreq => rowsWith;

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
        long[] rowsWith = new long[rows.Size];
        foreach (FeatureBlock block in rows.Blocks)
            Count(block, rowsWith);
        double[] weights = [.. rowsWith.Select(with => with >= minDocFreq ? Math.Log((rows.Count + 1.0) / (with + 1.0)) : 0)];
        return new IDFModel(step.Stage, weights, [.. rowsWith.Select(with => with >= minDocFreq ? with : 0)], rows.Count);
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
        // The last block ends when it is asked for, which must not happen on several threads.
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;
        FeatureRows weighted = FeatureRows.Made(weights.Length, batch.Count, (first, _) => Weighted(blocks[first / rows.RowsPerBlock]));
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
    public void Write(StageWriter writer)
    {
        writer.Numbers("Idf", weights);
        writer.Numbers("DocFreq", [.. rowsWith.Select(with => (double)with)]);
        writer.Number("NumDocs", NumDocs);
    }

    /// <inheritdoc/>
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

    private static void Count(FeatureBlock block, long[] rowsWith)
    {
        for (int row = 0; row < block.Rows; row++)
        {
            RowElements elements = RowElements.Of(block, row);
            for (int i = 0; i < elements.Values.Length; i++)
            {
                if (elements.Values[i] > 0)
                    rowsWith[elements.IsSparse ? elements.Indices[i] : i]++;
            }
        }
    }
}
