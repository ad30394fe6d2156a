using System;
using System.Globalization;
using System.Text;

namespace Dsl;

/// <summary>
/// A vector of doubles, dense or sparse, that does not change. Two vectors are equal where they have the same size and the same elements, however they are held (as in Spark MLlib; NaN
/// equals NaN, and -0 equals 0).
/// </summary>
public readonly struct Vector : IEquatable<Vector>
{
    // As many non-zero elements as MLlib's hash looks at.
    private const int HashedElements = 128;
    private const int ShownElements = 16;

    // Of a dense vector `Size` values from `start` on; of a sparse one all of them, with their places.
    private readonly double[]? values;
    private readonly int[]? indices;
    private readonly int start;

    private Vector(double[] values, int[]? indices, int start, int size)
    {
        this.values = values;
        this.indices = indices;
        this.start = start;
        Size = size;
    }

    /// <summary>A dense vector over a part of an array, which it does not copy: the vectors of a row share one.</summary>
    /// <param name="values">The array; it must not change any more.</param>
    /// <param name="start">First element.</param>
    /// <param name="size">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part lies outside the array.</exception>
    public Vector(double[] values, int start, int size)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (start < 0 || size < 0 || start > values.Length - size)
            throw new ArgumentOutOfRangeException(nameof(start), $"{size} elements from {start} on do not lie in an array of {values.Length}.");
        this.values = values;
        this.start = start;
        Size = size;
    }

    /// <summary>A dense vector of these values, copied.</summary>
    public static Vector Dense(params ReadOnlySpan<double> values) => new(values.ToArray(), null, 0, values.Length);

    /// <summary>A sparse vector: zero but at some places. The arrays are not copied and must not change any more.</summary>
    /// <param name="size">Number of elements, at least 0.</param>
    /// <param name="indices">Their places, ascending, each once, from 0 to <paramref name="size"/> - 1.</param>
    /// <param name="values">What is there.</param>
    /// <exception cref="ArgumentException">The arrays differ in length, or places are not ascending or outside the vector.</exception>
    public static Vector Sparse(int size, int[] indices, double[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(values);
        if (indices.Length != values.Length)
            throw new ArgumentException($"A sparse vector has a value for each place, but got {indices.Length} places and {values.Length} values.", nameof(values));
        int before = -1;
        foreach (int index in indices)
        {
            if (index <= before || index >= size)
                throw new ArgumentException($"Places of a sparse vector of {size} ascend from 0 to {size - 1}, but {index} came after {before}.", nameof(indices));
            before = index;
        }

        return new Vector(values, indices, 0, size);
    }

    /// <summary>Number of elements, zeros counted.</summary>
    public int Size { get; }

    /// <summary>Only places that are not zero are held.</summary>
    public bool IsSparse => indices is not null;

    /// <summary>One element.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public double this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Size)
                throw new ArgumentOutOfRangeException(nameof(index), index, $"A vector of {Size} elements has places 0 to {Size - 1}.");
            if (indices is null)
                return values![start + index];
            int at = Array.BinarySearch(indices, index);
            return at >= 0 ? values![at] : 0;
        }
    }

    /// <summary>The places that are held of a sparse vector, ascending.</summary>
    /// <exception cref="InvalidOperationException">The vector is dense.</exception>
    public ReadOnlySpan<int> Indices => indices ?? throw new InvalidOperationException("A dense vector has no list of places: AsSpan has its elements.");

    /// <summary>What stands at <see cref="Indices"/>.</summary>
    /// <exception cref="InvalidOperationException">The vector is dense.</exception>
    public ReadOnlySpan<double> Values => indices is not null ? values : throw new InvalidOperationException("A dense vector has no list of places: AsSpan has its elements.");

    /// <summary>The elements of a dense vector, where they lie.</summary>
    /// <exception cref="InvalidOperationException">The vector is sparse.</exception>
    public ReadOnlySpan<double> AsSpan() =>
        indices is null ? values.AsSpan(start, Size) : throw new InvalidOperationException("A sparse vector does not lie in one run: Indices and Values have it, ToArray makes it dense.");

    /// <summary>All elements in a new array.</summary>
    public double[] ToArray()
    {
        double[] all = new double[Size];
        CopyTo(all);
        return all;
    }

    /// <summary>Writes all elements.</summary>
    /// <param name="elements">Where they go; <see cref="Size"/> of them.</param>
    public void CopyTo(Span<double> elements)
    {
        if (indices is null)
        {
            values.AsSpan(start, Size).CopyTo(elements);
            return;
        }

        elements[..Size].Clear();
        for (int i = 0; i < indices.Length; i++)
            elements[indices[i]] = values![i];
    }

    /// <inheritdoc/>
    public bool Equals(Vector other)
    {
        if (Size != other.Size)
            return false;
        Elements mine = new(this);
        Elements theirs = new(other);
        while (true)
        {
            bool more = mine.Next();
            if (more != theirs.Next())
                return false;
            if (!more)
                return true;
            if (mine.Index != theirs.Index || !mine.Value.Equals(theirs.Value))
                return false;
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Vector other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Size);
        Elements elements = new(this);
        for (int i = 0; i < HashedElements && elements.Next(); i++)
        {
            hash.Add(elements.Index);
            hash.Add(elements.Value);
        }

        return hash.ToHashCode();
    }

    /// <summary>Same size, same elements.</summary>
    public static bool operator ==(Vector left, Vector right) => left.Equals(right);

    /// <summary>Another size, or another element.</summary>
    public static bool operator !=(Vector left, Vector right) => !left.Equals(right);

    /// <summary>As MLlib shows them: <c>[1,0,3]</c>, or of a sparse one size, places and values: <c>(3,[0,2],[1,3])</c>; long ones cut.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        if (indices is null)
            return List(text, AsSpan()).ToString();
        text.Append('(').Append(Size.ToString(CultureInfo.InvariantCulture)).Append(',');
        List(text, Indices).Append(',');
        return List(text, Values).Append(')').ToString();
    }

    private static StringBuilder List<T>(StringBuilder text, ReadOnlySpan<T> elements)
        where T : IFormattable
    {
        text.Append('[');
        for (int i = 0; i < elements.Length && i < ShownElements; i++)
            text.Append(i == 0 ? "" : ",").Append(elements[i].ToString(null, CultureInfo.InvariantCulture));
        return text.Append(elements.Length > ShownElements ? ",…]" : "]");
    }

    /// <summary>The elements that are not zero, in order.</summary>
    private ref struct Elements(Vector vector)
    {
        private int next;

        public int Index { get; private set; }

        public double Value { get; private set; }

        public bool Next()
        {
            int count = vector.indices?.Length ?? vector.Size;
            while (next < count)
            {
                Index = vector.indices is null ? next : vector.indices[next];
                Value = vector.values![vector.start + next++];
                if (Value != 0)
                    return true;
            }

            return false;
        }
    }
}
