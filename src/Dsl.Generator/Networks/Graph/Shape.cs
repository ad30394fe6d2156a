using System;
using System.Globalization;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Graph;

/// <summary>The dimensions of a value without the batch: C×H×W, T×F or F. The default is "unknown".</summary>
internal readonly struct Shape : IEquatable<Shape>
{
    private readonly int[]? sizes;

    public Shape(params int[] sizes) => this.sizes = sizes;

    /// <summary>Nothing is known, because something before it is wrong.</summary>
    public static Shape Unknown => default;

    public bool IsKnown => sizes is not null;

    public int Rank => sizes?.Length ?? 0;

    public int this[int axis] => sizes![axis];

    /// <summary>The size of the last dimension, or 1 of a scalar.</summary>
    public int Last => Rank == 0 ? 1 : sizes![Rank - 1];

    /// <summary>The number of elements per sample; 2^63-1 where it is more.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            for (int i = 0; i < Rank; i++)
                count = Counting.Multiply(count, sizes![i]);
            return count;
        }
    }

    /// <summary>A copy of the sizes.</summary>
    public int[] ToArray() => sizes is null ? [] : (int[])sizes.Clone();

    public bool Equals(Shape other)
    {
        if (IsKnown != other.IsKnown || Rank != other.Rank)
            return false;
        for (int i = 0; i < Rank; i++)
        {
            if (sizes![i] != other.sizes![i])
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    public override int GetHashCode()
    {
        int hash = Rank;
        for (int i = 0; i < Rank; i++)
            hash = unchecked((hash * 31) + sizes![i]);
        return hash;
    }

    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>As messages and documents write it: <c>16×8×8</c>.</summary>
    public override string ToString()
    {
        if (!IsKnown)
            return "unknown";
        if (Rank == 0)
            return "no dimensions";
        string text = sizes![0].ToString(CultureInfo.InvariantCulture);
        for (int i = 1; i < Rank; i++)
            text = string.Concat(text, "×", sizes[i].ToString(CultureInfo.InvariantCulture));
        return text;
    }
}
