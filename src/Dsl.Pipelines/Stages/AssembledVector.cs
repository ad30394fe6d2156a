using System;
using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>A sparse vector that is put together part by part, where one of the parts may be sparse: the row form of <c>VectorAssembler</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct AssembledVector
{
    private int[] indices;
    private double[] values;
    private int held;

    /// <summary>Nothing yet.</summary>
    /// <param name="capacity">About how many elements are not zero.</param>
    public AssembledVector(int capacity)
    {
        indices = new int[Math.Max(1, capacity)];
        values = new double[indices.Length];
    }

    /// <summary>Elements so far.</summary>
    public int Size { get; private set; }

    /// <summary>Adds a number.</summary>
    public void Add(double value) => Hold(Size++, value);

    /// <summary>Adds a number; null is NaN.</summary>
    public void Add(double? value) => Add(value ?? double.NaN);

    /// <summary>Adds a vector.</summary>
    public void Add(Vector part)
    {
        if (part.IsSparse)
        {
            ReadOnlySpan<int> places = part.Indices;
            for (int i = 0; i < places.Length; i++)
                Hold(Size + places[i], part.Values[i]);
        }
        else
        {
            ReadOnlySpan<double> elements = part.AsSpan();
            for (int i = 0; i < elements.Length; i++)
                Hold(Size + i, elements[i]);
        }

        Size = checked(Size + part.Size);
    }

    /// <summary>Adds a vector that is null: NaN, as often as it has elements; once where no fitted row had one.</summary>
    public void AddNull(int size)
    {
        size = Math.Max(size, 1);
        for (int i = 0; i < size; i++)
            Add(double.NaN);
    }

    /// <summary>The vector.</summary>
    public readonly Vector ToVector() => Vector.Sparse(Size, indices[..held], values[..held]);

    private void Hold(int place, double value)
    {
        // -0 is held: the dense form has it too.
        if (BitConverter.DoubleToInt64Bits(value) == 0)
            return;
        if (held == values.Length)
        {
            Array.Resize(ref indices, held * 2);
            Array.Resize(ref values, held * 2);
        }

        indices[held] = place;
        values[held++] = value;
    }
}
