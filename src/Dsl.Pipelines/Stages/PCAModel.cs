using System;
using System.ComponentModel;
using System.Linq;
using System.Runtime.InteropServices;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>
/// Principal components. As Spark MLlib's: found in the sample covariance, but what is transformed is not centred (scikit-learn centres it). Of each component the element of the largest
/// absolute value is positive.
/// </summary>
public sealed class PCAModel : IStageModel<PCAModel>, IVectorForm
{
    private readonly string stage;
    private readonly int size;
    // A component a row.
    private readonly double[] components;
    private readonly double[] explained;

    private PCAModel(string stage, int size, double[] components, double[] explained)
    {
        this.stage = stage;
        this.size = size;
        this.components = components;
        this.explained = explained;
    }

    /// <summary>The components, one a column: elements of the input × k.</summary>
    public double[,] Pc
    {
        get
        {
            double[,] pc = new double[size, Size];
            for (int i = 0; i < size; i++)
            {
                for (int component = 0; component < Size; component++)
                    pc[i, component] = components[(component * size) + i];
            }

            return pc;
        }
    }

    /// <summary>Of each component its share of the variance of all, kept or not.</summary>
    public Vector ExplainedVariance => new(explained, 0, explained.Length);

    /// <summary>Elements of what goes out: k.</summary>
    public int Size => explained.Length;

    string IVectorForm.Stage => stage;

    int IVectorForm.InputSize => size;

    bool IVectorForm.KeepsSparse => false;

    /// <summary>Learns from a batch.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of vectors.</param>
    /// <param name="k">How many components, 1 to the size of the vectors.</param>
    /// <exception cref="PipelineException">There are fewer than two rows or fewer than <paramref name="k"/> elements, or one is NaN or infinite.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static PCAModel Fit(FitStep step, ColumnBatch batch, int input, int k)
    {
        FeatureRows rows = VectorForm.FiniteRowsOf(step, batch, input);
        if (rows.Count < 2)
            throw step.Wrong("needs at least two rows to learn from, but got one");
        if (k > rows.Size)
            throw step.Wrong($"is to find {k} components, but {batch.NameOf(input)} has {rows.Size} elements");
        return Fit(step.Stage, rows, k);
    }

    /// <summary>Learns from rows, which are finite.</summary>
    internal static PCAModel Fit(string stage, FeatureRows rows, int k)
    {
        int size = rows.Size;
        double[] vectors = Covariance.Of(rows);
        if (!Doubles.AreFinite(vectors))
            throw FitStep.TooLarge(stage);
        double[] variances = SymmetricEigen.Decompose(vectors, size);
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => Math.Abs(variances[i])).Take(k)];
        double total = variances.Sum(Math.Abs);
        double[] components = new double[k * size];
        for (int component = 0; component < k; component++)
        {
            Span<double> elements = components.AsSpan(component * size, size);
            for (int i = 0; i < size; i++)
                elements[i] = vectors[(i * size) + order[component]];
            if (LargestOf(elements) < 0)
                Doubles.Scale(elements, -1);
        }

        return new PCAModel(stage, size, components, [.. order.Select(i => Math.Abs(variances[i]) / total)]);
    }

    /// <summary>The columnar form.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <exception cref="PipelineException">The vectors have another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output) => VectorForm.Transform(this, batch, input, output, ElementNames.Of(batch.NameOf(output), Size));

    /// <summary>A dense row.</summary>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go: <see cref="Size"/> elements.</param>
    /// <exception cref="PipelineException">The row has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ReadOnlySpan<double> input, Span<double> output)
    {
        VectorForm.CheckSize(stage, input.Length, size);
        for (int component = 0; component < explained.Length; component++)
            output[component] = Doubles.Dot(components.AsSpan(component * size, size), input);
    }

    /// <summary>A row; it becomes dense.</summary>
    /// <exception cref="PipelineException">The row has another size.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Vector Transform(Vector input) => VectorForm.Dense(this, input);

    /// <inheritdoc/>
    public string Describe() => $"{Size} of {size} components, share of the variance {Shown.Of(explained)}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        double[,] pc = Pc;
        writer.Numbers("Pc", MemoryMarshal.CreateReadOnlySpan(ref pc[0, 0], pc.Length), size, Size);
        writer.Numbers("ExplainedVariance", explained);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static PCAModel Read(StageReader reader)
    {
        double[] pc = reader.Numbers("Pc", -1, -1);
        (int size, int count) = (reader.ShapeOf("Pc")[0], reader.ShapeOf("Pc")[1]);
        if (pc.Length == 0)
            throw reader.Wrong("Pc", "is empty");
        double[] components = new double[pc.Length];
        for (int i = 0; i < pc.Length; i++)
            components[(i % count * size) + (i / count)] = pc[i];
        return new PCAModel(reader.Stage, size, components, reader.Numbers("ExplainedVariance", count));
    }

    private static double LargestOf(ReadOnlySpan<double> elements)
    {
        double largest = 0;
        foreach (double element in elements)
        {
            if (Math.Abs(element) > Math.Abs(largest))
                largest = element;
        }

        return largest;
    }
}
