using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Fitted weights of terms, Spark MLlib's IDF: ln((rows + 1) / (rows with the term + 1)), so that a term of every row weighs nothing.</summary>
public sealed class IDFModel : IStageModel<IDFModel>, IVectorForm
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

    /// <inheritdoc/>
    string IVectorForm.Stage => stage;

    /// <inheritdoc/>
    int IVectorForm.InputSize => weights.Length;

    /// <inheritdoc/>
    int IVectorForm.Size => weights.Length;

    /// <inheritdoc/>
    bool IVectorForm.KeepsSparse => true;

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
        VectorForm.Transform(this, batch, input, output, batch.ElementsOf(input).AsNumbers());
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
            return VectorForm.Dense(this, input);
        ReadOnlySpan<int> places = input.Indices;
        double[] values = input.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
            values[i] *= weights[places[i]];
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
