using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Pipelines.Trees;

/// <summary>What parts a feature's values into bins.</summary>
/// <param name="Thresholds">Of a continuous feature the values between its bins, ascending: bin b is above threshold b - 1 and at most threshold b. Empty of a categorical one.</param>
/// <param name="Categories">Of a categorical feature how many categories there are, each a bin; 0 of a continuous one.</param>
internal sealed record BinnedFeature(double[] Thresholds, int Categories)
{
    /// <summary>How many bins there are.</summary>
    public int BinCount => Categories > 0 ? Categories : Thresholds.Length + 1;
}

/// <summary>
/// Rows as trees see them: the bin of every feature, row behind row, so that a row costs one cache line, or few. A byte a bin where 256 are enough. They lie still in memory.
/// </summary>
internal sealed unsafe class BinnedRows
{
    private readonly byte[]? narrow;
    private readonly ushort[]? wide;

    /// <summary>Bins yet to be written.</summary>
    /// <param name="features">What parts each feature's values.</param>
    /// <param name="count">How many rows.</param>
    public BinnedRows(BinnedFeature[] features, int count)
    {
        Features = features;
        Count = count;
        foreach (BinnedFeature feature in features)
            MostBins = Math.Max(MostBins, feature.BinCount);
        int bins = checked(count * features.Length);
        if (MostBins <= byte.MaxValue + 1)
            narrow = GC.AllocateUninitializedArray<byte>(bins, pinned: true);
        else
            wide = GC.AllocateUninitializedArray<ushort>(bins, pinned: true);
    }

    /// <summary>What parts each feature's values.</summary>
    public BinnedFeature[] Features { get; }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>The most bins of a feature.</summary>
    public int MostBins { get; }

    /// <summary>How many features, which is from one row to the next.</summary>
    public int Size => Features.Length;

    /// <summary>A bin takes two bytes.</summary>
    public bool IsWide => wide is not null;

    /// <summary>Where bytes lie.</summary>
    public byte* Bytes => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(narrow!));

    /// <summary>Where pairs of bytes lie.</summary>
    public ushort* Words => (ushort*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(wide!));

    /// <summary>The bin of one feature of one row.</summary>
    public int this[int row, int feature] => wide is null ? narrow![(row * Size) + feature] : wide[(row * Size) + feature];
}
