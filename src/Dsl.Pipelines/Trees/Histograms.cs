using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Pipelines.Trees;

/// <summary>What a histogram is filled from: rows of a node, in their order, and the features that it looks at.</summary>
internal readonly unsafe struct HistogramWork
{
    /// <summary>The rows, as <see cref="TreeRow"/> packs them.</summary>
    public ulong* Rows { get; init; }

    /// <summary>How many.</summary>
    public int Count { get; init; }

    /// <summary>The features, in their order.</summary>
    public int* Features { get; init; }

    /// <summary>How many.</summary>
    public int FeatureCount { get; init; }

    /// <summary>Of numbers the label of every row of the table; null of classes, which the rows carry.</summary>
    public double* Labels { get; init; }

    /// <summary>The weight of every row of the table; null: 1 each.</summary>
    public double* Weights { get; init; }

    /// <summary>Sums by bin, feature behind feature; zeros where nothing is yet.</summary>
    public double* Sums { get; init; }

    /// <summary>From one feature's sums to the next's.</summary>
    public int FeatureStride { get; init; }
}

/// <summary>
/// Adds rows to the sums of their bins. One row goes to all features before the next does: its bins are one cache line or few, what is added is computed once, and two additions to the same
/// sum are a row apart, so that none waits for another. Each sum is made in the rows' order.
/// </summary>
internal static unsafe class Histograms
{
    // So many rows ahead a row's bins and label are asked for: rows of a small node lie far apart.
    private const int Ahead = TreeRow.Padding;

    /// <summary>Weight, first and second moment, number of rows: a bin is one vector.</summary>
    public static void AddMoments(in HistogramWork work, BinnedRows binned)
    {
        if (binned.IsWide)
            AddMoments(work, binned.Words, binned.Stride);
        else
            AddMoments(work, binned.Bytes, binned.Stride);
    }

    /// <summary>The number of rows of each class, and with weights the weight of each and the number of all.</summary>
    public static void AddClasses(in HistogramWork work, BinnedRows binned, int classes)
    {
        if (binned.IsWide)
            AddClasses(work, binned.Words, binned.Stride, classes);
        else
            AddClasses(work, binned.Bytes, binned.Stride, classes);
    }

    private static void AddMoments<TBin>(in HistogramWork work, TBin* bins, int size)
        where TBin : unmanaged
    {
        ulong* rows = work.Rows;
        ulong* end = rows + work.Count;
        int* features = work.Features;
        int* end4 = features + (work.FeatureCount & ~3);
        int* endOfFeatures = features + work.FeatureCount;
        double* labels = work.Labels;
        double* weights = work.Weights;
        nint stride = (nint)work.FeatureStride * sizeof(double);
        byte* sums = (byte*)work.Sums;
        for (; rows < end; rows++)
        {
            int row = TreeRow.Number(*rows);
            Prefetch(bins + ((nint)TreeRow.Number(rows[Ahead]) * size));
            Prefetch(labels + TreeRow.Number(rows[Ahead]));
            double copies = TreeRow.Copies(*rows);
            double label = labels[row];
            double weight = weights is null ? copies : weights[row] * copies;
            double moment = weight * label;
            Vector256<double> added = Vector256.Create(weight, moment, moment * label, copies);
            TBin* own = bins + ((nint)row * size);
            byte* sum = sums;
            int* feature = features;
            for (; feature < end4; feature += 4)
            {
                byte* next = sum + stride;
                Add(sum + Moments(own, feature[0]), added);
                Add(next + Moments(own, feature[1]), added);
                sum = next + stride;
                next = sum + stride;
                Add(sum + Moments(own, feature[2]), added);
                Add(next + Moments(own, feature[3]), added);
                sum = next + stride;
            }

            for (; feature < endOfFeatures; feature++)
            {
                Add(sum + Moments(own, *feature), added);
                sum += stride;
            }
        }
    }

    private static void AddClasses<TBin>(in HistogramWork work, TBin* bins, int size, int classes)
        where TBin : unmanaged
    {
        ulong* rows = work.Rows;
        ulong* end = rows + work.Count;
        int* features = work.Features;
        int count = work.FeatureCount;
        double* weights = work.Weights;
        nint stride = work.FeatureStride;
        int width = weights is null ? classes : classes + 1;
        for (; rows < end; rows++)
        {
            int row = TreeRow.Number(*rows);
            Prefetch(bins + ((nint)TreeRow.Number(rows[Ahead]) * size));
            double copies = TreeRow.Copies(*rows);
            TBin* own = bins + ((nint)row * size);
            int label = TreeRow.Class(*rows);
            double* sum = work.Sums + label;
            if (weights is null)
            {
                for (int at = 0; at < count; at++, sum += stride)
                    sum[(nint)Bin(own, features[at]) * width] += copies;
                continue;
            }

            double weight = weights[row] * copies;
            int last = classes - label;
            for (int at = 0; at < count; at++, sum += stride)
            {
                double* bin = sum + ((nint)Bin(own, features[at]) * width);
                *bin += weight;
                bin[last] += copies;
            }
        }
    }

    /// <summary>Where a bin's moments lie, in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Moments<TBin>(TBin* row, int feature)
        where TBin : unmanaged => (nint)((nuint)(uint)Bin(row, feature) * (nuint)sizeof(Vector256<double>));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* sums, Vector256<double> added) => (Vector256.Load((double*)sums) + added).Store((double*)sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bin<TBin>(TBin* row, int feature)
        where TBin : unmanaged => sizeof(TBin) == 1 ? *(byte*)(row + feature) : *(ushort*)(row + feature);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
