using System;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Rows;

/// <summary>The elements of one row, dense or sparse, where they lie.</summary>
internal readonly ref struct RowElements
{
    /// <summary>All of them.</summary>
    public RowElements(ReadOnlySpan<double> values)
    {
        Values = values;
        Size = values.Length;
    }

    private RowElements(int size, ReadOnlySpan<int> indices, ReadOnlySpan<double> values)
    {
        Size = size;
        Indices = indices;
        Values = values;
        IsSparse = true;
    }

    /// <summary>Those of a vector.</summary>
    public static RowElements Of(Vector vector) => vector.IsSparse ? new RowElements(vector.Size, vector.Indices, vector.Values) : new RowElements(vector.AsSpan());

    /// <summary>Those of a block's row.</summary>
    public static RowElements Of(FeatureBlock block, int row)
    {
        if (block.Indices is null)
            return new RowElements(block.Values.AsSpan(row * block.Size, block.Size));
        int first = block.Starts![row];
        int count = block.Starts[row + 1] - first;
        return new RowElements(block.Size, block.Indices.AsSpan(first, count), block.Values.AsSpan(first, count));
    }

    /// <summary>How many, zeros counted.</summary>
    public int Size { get; }

    /// <summary>Only those at <see cref="Indices"/> are held, the others are 0.</summary>
    public bool IsSparse { get; }

    /// <summary>The places of what is held of a sparse row, ascending.</summary>
    public ReadOnlySpan<int> Indices { get; }

    /// <summary>What is held.</summary>
    public ReadOnlySpan<double> Values { get; }

    /// <summary>The row times a factor, held in a buffer.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="buffer">At least as long as <see cref="Values"/>; what is returned reads it.</param>
    public RowElements Scaled(double factor, Span<double> buffer)
    {
        Span<double> scaled = buffer[..Values.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = Values[i] * factor;
        return IsSparse ? new RowElements(Size, Indices, scaled) : new RowElements(scaled);
    }

    /// <summary>Σ of the elements by those of a vector of the same size.</summary>
    public double Dot(ReadOnlySpan<double> vector)
    {
        if (!IsSparse)
            return Doubles.Dot(Values, vector);
        double sum = 0;
        for (int i = 0; i < Indices.Length; i++)
            sum += Values[i] * vector[Indices[i]];
        return sum;
    }
}
