using System;

namespace Dsl.Report;

/// <summary>How values are spread between the smallest and the largest of them; those that are not finite are left out.</summary>
internal sealed class Histogram
{
    private const int Buckets = 60;

    private readonly double[] limits;
    private readonly double[] counts;

    /// <summary>Counts values.</summary>
    public Histogram(ReadOnlySpan<float> values)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
            Count++;
            Sum += value;
            SumOfSquares += (double)value * value;
        }

        if (Count == 0)
            (low, high) = (0, 0);
        (Minimum, Maximum) = (low, high);
        int buckets = low == high ? 1 : Buckets;
        limits = new double[buckets];
        counts = new double[buckets];
        for (int i = 0; i < buckets; i++)
            limits[i] = i == buckets - 1 ? high : low + ((high - low) * (i + 1) / buckets);
        foreach (float value in values)
        {
            if (float.IsFinite(value))
                counts[low == high ? 0 : Math.Min((int)((value - low) / (high - low) * buckets), buckets - 1)]++;
        }
    }

    public double Minimum { get; }

    public double Maximum { get; }

    public long Count { get; }

    public double Sum { get; }

    public double SumOfSquares { get; }

    /// <summary>The upper ends of the buckets, ascending.</summary>
    public ReadOnlySpan<double> Limits => limits;

    /// <summary>How many values are in each bucket.</summary>
    public ReadOnlySpan<double> Counts => counts;
}
