using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Rows;

/// <summary>Some rows that lie together.</summary>
/// <param name="First">Number of the first row among all.</param>
/// <param name="Rows">How many.</param>
/// <param name="Size">Elements of a row.</param>
/// <param name="Values">Dense: row behind row. Sparse: what is held of each row, row behind row.</param>
/// <param name="Indices">Sparse: the places of the values; null of a dense block.</param>
/// <param name="Starts">Sparse: where each row begins in both, and the end of the last.</param>
internal sealed record FeatureBlock(int First, int Rows, int Size, double[] Values, int[]? Indices, int[]? Starts)
{
    /// <summary>Whether only some elements are held.</summary>
    public bool IsSparse => Indices is not null;

    /// <summary>Where the values of a row begin in <see cref="Values"/>, and where they end.</summary>
    public (int First, int End) RangeOf(int row) => Starts is null ? (row * Size, (row + 1) * Size) : (Starts[row], Starts[row + 1]);

    /// <summary>Of which row a value is, by its place in <see cref="Values"/>.</summary>
    public int RowOf(int at)
    {
        if (Starts is null)
            return at / Size;
        int row = Array.BinarySearch(Starts, at);
        if (row < 0)
            return ~row - 1;

        // Rows that hold nothing begin where the next does.
        while (Starts[row + 1] == at)
            row++;
        return row;
    }

    /// <summary>Which element of its row a value is, by its place in <see cref="Values"/>.</summary>
    public int ElementOf(int at) => Indices is null ? at % Size : Indices[at];

    /// <summary>The elements of a row that are not zero, with their places.</summary>
    public IEnumerable<(int Index, double Value)> NonZeros(int row)
    {
        (int first, int end) = RangeOf(row);
        for (int i = first; i < end; i++)
        {
            if (Values[i] != 0)
                yield return (Indices is null ? i - first : Indices[i], Values[i]);
        }
    }

    /// <summary>Writes a row's elements, zeros too.</summary>
    public void CopyRow(int row, Span<double> elements)
    {
        if (Indices is null)
        {
            Values.AsSpan(row * Size, Size).CopyTo(elements);
            return;
        }

        elements[..Size].Clear();
        for (int i = Starts![row]; i < Starts[row + 1]; i++)
            elements[Indices[i]] = Values[i];
    }

    /// <summary>Writes the elements of neighbouring rows, zeros too, as networks take them.</summary>
    public void CopyRows(int first, int count, Span<float> elements)
    {
        if (Indices is null)
        {
            NetworkOutputs.ToFloats(Values.AsSpan(first * Size, count * Size), elements);
            return;
        }

        elements[..(count * Size)].Clear();
        for (int row = 0; row < count; row++)
        {
            for (int i = Starts![first + row]; i < Starts[first + row + 1]; i++)
                elements[(row * Size) + Indices[i]] = (float)Values[i];
        }
    }
}
