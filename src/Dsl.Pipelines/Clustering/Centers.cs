using System;
using System.Buffers;
using System.Numerics;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Simd = System.Numerics.Vector;

namespace Dsl.Pipelines.Clustering;

/// <summary>
/// Centres of clusters, and which is nearest to a row: the first of those that MLlib's own sums, taken term by term, find nearest. A product of row and centre, many centres side by side,
/// tells nearly always; only where two centres are as near as rounding can tell are the sums taken.
/// </summary>
internal sealed unsafe class Centers
{
    private const int RowsATile = 4;
    private const int MostOnStack = 256;
    private const double Epsilon = 1.1102230246251565e-16;

    // A squared distance this small beside the squared lengths is taken from the differences.
    private const double Cancelled = 1e-6;

    private readonly double[] values;
    private readonly double[] lengths;

    // In panels of as many centres as two vectors hold, element by element; of the cosine the centres have length 1.
    private readonly double[] panels;
    private readonly double[] offsets;
    private readonly bool cosine;
    private readonly int width;
    private readonly int padded;
    private readonly double longest;

    /// <summary>Some centres.</summary>
    /// <param name="values">Centre behind centre; they must not change any more.</param>
    /// <param name="size">Elements of each.</param>
    /// <param name="cosine">Distances are 1 - cosine, else squared Euclidean.</param>
    public Centers(double[] values, int size, bool cosine)
    {
        this.values = values;
        this.cosine = cosine;
        Size = size;
        Count = values.Length / size;
        width = 2 * Vector<double>.Count;
        padded = (Count + width - 1) / width * width;
        lengths = new double[Count];
        offsets = new double[padded];
        panels = new double[padded * size];
        offsets.AsSpan().Fill(double.NegativeInfinity);
        for (int center = 0; center < Count; center++)
        {
            ReadOnlySpan<double> elements = At(center);
            double square = Square(elements);
            lengths[center] = Math.Sqrt(square);
            longest = Math.Max(longest, square);
            offsets[center] = cosine ? 0 : -square / 2;
            int first = (center / width * width * size) + (center % width);
            for (int i = 0; i < size; i++)
                panels[first + (i * width)] = cosine ? elements[i] / lengths[center] : elements[i];
        }
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>Elements of each.</summary>
    public int Size { get; }

    /// <summary>One of them.</summary>
    public ReadOnlySpan<double> At(int center) => values.AsSpan(center * Size, Size);

    /// <summary>Of every row of a block the nearest centre.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="squares">Of each row among all its squared length; null: taken here.</param>
    /// <param name="nearest">Gets of each row among all the number of its centre.</param>
    public void Nearest(FeatureBlock block, double[]? squares, int[] nearest)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(RowsATile * padded);
        Span<double> scores = rented.AsSpan(0, RowsATile * padded);
        for (int row = 0; row < block.Rows; row++)
        {
            RowElements elements = RowElements.Of(block, row);
            int place = row % RowsATile;
            if (block.IsSparse || row - place + RowsATile > block.Rows)
                Score(elements, scores.Slice(place * padded, padded));
            else if (place == 0)
                ScoreTile(block, row, scores);
            nearest[block.First + row] = Decide(elements, squares is null ? Square(elements.Values) : squares[block.First + row], scores.Slice(place * padded, padded));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The centre nearest to one row; 0 where the row has elements that are no numbers.</summary>
    public int Nearest(RowElements row)
    {
        double[]? rented = null;
        Span<double> scores = padded <= MostOnStack ? stackalloc double[MostOnStack] : (rented = ArrayPool<double>.Shared.Rent(padded));
        scores = scores[..padded];
        Score(row, scores);
        int nearest = Decide(row, Square(row.Values), scores);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return nearest;
    }

    /// <summary>The distance of a row from a centre, its last bits aside.</summary>
    /// <param name="row">The row.</param>
    /// <param name="square">Its squared length.</param>
    /// <param name="center">The centre's number.</param>
    public double Distance(RowElements row, double square, int center)
    {
        ReadOnlySpan<double> elements = At(center);
        if (cosine)
            return 1 - (row.Dot(elements) / lengths[center] / Math.Sqrt(square));
        if (!row.IsSparse)
            return SquaredDistance(row.Values, elements);
        double lengthsSquared = square + (lengths[center] * lengths[center]);
        double distance = lengthsSquared - (2 * row.Dot(elements));
        return distance > Cancelled * lengthsSquared ? distance : ExactDistance(row, square, center);
    }

    /// <summary>The squared length of a row, of what is held of it.</summary>
    public static double Square(ReadOnlySpan<double> row) => Doubles.Dot(row, row);

    /// <summary>Σ (aᵢ - bᵢ)², term by term.</summary>
    public static double OrderedDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector<double> sums = Vector<double>.Zero;
        int at = 0;
        for (; at + Vector<double>.Count <= a.Length; at += Vector<double>.Count)
        {
            Vector<double> difference = new Vector<double>(a[at..]) - new Vector<double>(b[at..]);
            sums = Simd.FusedMultiplyAdd(difference, difference, sums);
        }

        double sum = Simd.Sum(sums);
        for (; at < a.Length; at++)
            sum += (a[at] - b[at]) * (a[at] - b[at]);
        return sum;
    }

    // What MLlib computes: by the term, in their order.
    private double ExactDistance(RowElements row, double square, int center)
    {
        ReadOnlySpan<double> elements = At(center);
        double sum = 0;
        int held = 0;
        for (int i = 0; i < elements.Length; i++)
        {
            double x = 0;
            if (!row.IsSparse)
                x = row.Values[i];
            else if (held < row.Indices.Length && row.Indices[held] == i)
                x = row.Values[held++];
            sum += cosine ? elements[i] * x : (elements[i] - x) * (elements[i] - x);
        }

        return cosine ? 1 - (sum / lengths[center] / Math.Sqrt(square)) : sum;
    }

    // A score is half the squared length less than which the squared distance is, or the length by the cosine: both grow as the row comes near. Of a sum of n products each side has
    // rounded n + 2 times at most; twice that on either of two centres, and as much for MLlib's sum.
    private int Decide(RowElements row, double square, ReadOnlySpan<double> scores)
    {
        double rounding = 8 * (Size + 4) * Epsilon * (cosine ? Math.Sqrt(square) : square + longest);
        Vector<double> most = new(scores);
        for (int center = Vector<double>.Count; center < padded; center += Vector<double>.Count)
            most = Simd.Max(most, new Vector<double>(scores[center..]));
        double highest = most[0];
        for (int lane = 1; lane < Vector<double>.Count; lane++)
            highest = Math.Max(highest, most[lane]);
        double least = highest - rounding;
        int first = -1;
        Vector<double> limit = new(least);
        for (int vector = 0; vector < padded; vector += Vector<double>.Count)
        {
            if (!Simd.GreaterThanOrEqualAny(new Vector<double>(scores[vector..]), limit))
                continue;
            int end = Math.Min(vector + Vector<double>.Count, Count);
            for (int center = vector; center < end; center++)
            {
                if (!(scores[center] >= least))
                    continue;
                if (first >= 0)
                    return DecideExactly(row, square, scores, least);
                first = center;
            }
        }

        return first >= 0 ? first : DecideExactly(row, square, scores, double.NegativeInfinity);
    }

    private int DecideExactly(RowElements row, double square, ReadOnlySpan<double> scores, double least)
    {
        int nearest = 0;
        double shortest = double.PositiveInfinity;
        for (int center = 0; center < Count; center++)
        {
            if (scores[center] < least)
                continue;
            double distance = ExactDistance(row, square, center);
            if (distance < shortest)
                (nearest, shortest) = (center, distance);
        }

        return nearest;
    }

    private void ScoreTile(FeatureBlock block, int row, Span<double> scores)
    {
        fixed (double* elements = block.Values, to = scores)
            ScoreTile(elements + ((nint)row * Size), to);
    }

    private void ScoreTile(double* x, double* scores)
    {
        int lanes = Vector<double>.Count;
        double* x1 = x + Size;
        double* x2 = x1 + Size;
        double* x3 = x2 + Size;
        fixed (double* allPanels = panels, allOffsets = offsets)
        {
            for (int panel = 0; panel < padded; panel += width)
            {
                double* c = allPanels + ((nint)panel * Size);
                Vector<double> a0 = Simd.Load(allOffsets + panel);
                Vector<double> b0 = Simd.Load(allOffsets + panel + lanes);
                Vector<double> a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
                for (int i = 0; i < Size; i++, c += width)
                {
                    Vector<double> a = Simd.Load(c);
                    Vector<double> b = Simd.Load(c + lanes);
                    Vector<double> v = new(x[i]);
                    a0 = Simd.FusedMultiplyAdd(v, a, a0);
                    b0 = Simd.FusedMultiplyAdd(v, b, b0);
                    v = new Vector<double>(x1[i]);
                    a1 = Simd.FusedMultiplyAdd(v, a, a1);
                    b1 = Simd.FusedMultiplyAdd(v, b, b1);
                    v = new Vector<double>(x2[i]);
                    a2 = Simd.FusedMultiplyAdd(v, a, a2);
                    b2 = Simd.FusedMultiplyAdd(v, b, b2);
                    v = new Vector<double>(x3[i]);
                    a3 = Simd.FusedMultiplyAdd(v, a, a3);
                    b3 = Simd.FusedMultiplyAdd(v, b, b3);
                }

                double* to = scores + panel;
                a0.Store(to);
                b0.Store(to + lanes);
                a1.Store(to + padded);
                b1.Store(to + padded + lanes);
                a2.Store(to + (2 * padded));
                b2.Store(to + (2 * padded) + lanes);
                a3.Store(to + (3 * padded));
                b3.Store(to + (3 * padded) + lanes);
            }
        }
    }

    private void Score(RowElements row, Span<double> scores)
    {
        offsets.CopyTo(scores);
        fixed (double* allPanels = panels, to = scores)
        {
            for (int panel = 0; panel < padded; panel += width)
            {
                double* c = allPanels + ((nint)panel * Size);
                Vector<double> a = Simd.Load(to + panel);
                Vector<double> b = Simd.Load(to + panel + Vector<double>.Count);
                for (int i = 0; i < row.Values.Length; i++)
                {
                    double* at = c + ((nint)(row.IsSparse ? row.Indices[i] : i) * width);
                    Vector<double> v = new(row.Values[i]);
                    a = Simd.FusedMultiplyAdd(v, Simd.Load(at), a);
                    b = Simd.FusedMultiplyAdd(v, Simd.Load(at + Vector<double>.Count), b);
                }

                a.Store(to + panel);
                b.Store(to + panel + Vector<double>.Count);
            }
        }
    }
}
