using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>
/// The product of the inputs of an <c>Interaction</c>, from the last input to the first: the row form. Over memory of its own it makes a dense row and allocates nothing, without such memory a
/// sparse vector.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct InteractionProduct
{
    private readonly Span<double> dense;
    private int[] indices = [0];
    private double[] values = [1];
    private int size = 1;

    /// <summary>A sparse product of nothing yet.</summary>
    public InteractionProduct()
    {
    }

    /// <summary>A dense product of nothing yet.</summary>
    /// <param name="output">Where it is made: as many elements as there will be.</param>
    public InteractionProduct(Span<double> output)
    {
        dense = output;
        indices = [];
        values = [];
        dense.Clear();
        dense[0] = 1;
    }

    /// <summary>Multiplies by a number.</summary>
    public void Multiply(double value) => Multiply([value]);

    /// <summary>Multiplies by each element of a vector.</summary>
    public void Multiply(Vector part)
    {
        if (!part.IsSparse)
            Multiply(part.AsSpan());
        else if (dense.IsEmpty)
            MultiplySparse(part.Size, part.Indices, part.Values);
        else
            Multiply(part.ToArray());
    }

    /// <summary>Multiplies by each element of a dense vector.</summary>
    public void Multiply(scoped ReadOnlySpan<double> part)
    {
        if (dense.IsEmpty)
        {
            MultiplySparse(part.Length, default, part);
            return;
        }

        // From the end, so that what is still needed is not yet overwritten.
        for (int i = part.Length - 1; i >= 0; i--)
        {
            Span<double> target = dense.Slice(i * size, size);
            for (int j = 0; j < size; j++)
                target[j] = Product(dense[j], part[i]);
        }

        size *= part.Length;
    }

    /// <summary>Multiplies by the one-hot vector of a class.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="value">The class.</param>
    /// <param name="classes">How many there are.</param>
    /// <exception cref="PipelineException">There is no such class.</exception>
    public void MultiplyClass(string stage, double value, int classes)
    {
        if (!(value >= 0 && value < classes && value == Math.Floor(value)))
            throw new PipelineException(stage, $"knows the classes 0 to {classes - 1}, but got {Shown.Exactly(value)}");
        if (dense.IsEmpty)
        {
            MultiplySparse(classes, [(int)value], [1]);
            return;
        }

        Span<double> first = dense[..size];
        if (value != 0)
        {
            first.CopyTo(dense[((int)value * size)..]);
            first.Clear();
        }

        size *= classes;
    }

    /// <summary>The sparse vector.</summary>
    public readonly Vector ToVector() => Vector.Sparse(size, indices, values);

    private static double Product(double a, double b) => a == 0 || b == 0 ? 0 : a * b;

    private void MultiplySparse(int count, scoped ReadOnlySpan<int> places, scoped ReadOnlySpan<double> part)
    {
        int held = 0;
        foreach (double value in part)
            held += value != 0 ? 1 : 0;
        int[] newIndices = new int[held * indices.Length];
        double[] newValues = new double[newIndices.Length];
        int at = 0;
        for (int i = 0; i < part.Length; i++)
        {
            if (part[i] == 0)
                continue;
            int first = (places.IsEmpty ? i : places[i]) * size;
            for (int j = 0; j < indices.Length; j++, at++)
            {
                newIndices[at] = first + indices[j];
                newValues[at] = values[j] * part[i];
            }
        }

        indices = newIndices;
        values = newValues;
        size = checked(size * count);
    }
}
