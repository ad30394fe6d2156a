using System;
using System.Numerics;
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
/// Rows as trees see them: the bin of every feature, row behind row, so that a row's sums cost one cache line, or few; and once more feature behind feature, so that parting rows by one
/// feature costs a byte a row. A byte a bin where 256 are enough. They lie still in memory, and rows that fit into a cache line do not lie across two.
/// </summary>
internal sealed unsafe class BinnedRows
{
    private const int CacheLine = 64;

    private readonly byte[] held;
    private readonly byte[] heldColumns;
    private readonly byte* columns;

    /// <summary>Bins yet to be written.</summary>
    /// <param name="features">What parts each feature's values.</param>
    /// <param name="count">How many rows.</param>
    public BinnedRows(BinnedFeature[] features, int count)
    {
        Features = features;
        Count = count;
        foreach (BinnedFeature feature in features)
            MostBins = Math.Max(MostBins, feature.BinCount);
        IsWide = MostBins > byte.MaxValue + 1;
        int binSize = IsWide ? sizeof(ushort) : sizeof(byte);
        int lineBins = CacheLine / binSize;
        Stride = features.Length <= lineBins ? (int)BitOperations.RoundUpToPowerOf2((uint)features.Length) : features.Length;
        held = GC.AllocateUninitializedArray<byte>(checked((count * Stride * binSize) + CacheLine), pinned: true);
        byte* first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(held));
        Bytes = first + (-(nint)first & (CacheLine - 1));
        heldColumns = GC.AllocateUninitializedArray<byte>(checked(count * features.Length * binSize), pinned: true);
        columns = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(heldColumns));
    }

    /// <summary>What parts each feature's values.</summary>
    public BinnedFeature[] Features { get; }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>The most bins of a feature.</summary>
    public int MostBins { get; }

    /// <summary>How many features.</summary>
    public int Size => Features.Length;

    /// <summary>Bins from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>A bin takes two bytes.</summary>
    public bool IsWide { get; }

    /// <summary>Where bins of a byte lie.</summary>
    public byte* Bytes { get; }

    /// <summary>Where bins of two bytes lie.</summary>
    public ushort* Words => (ushort*)Bytes;

    /// <summary>Where the bins of one feature lie, row behind row.</summary>
    public byte* BytesOf(int feature) => columns + ((nint)feature * Count);

    /// <summary>The same of bins of two bytes.</summary>
    public ushort* WordsOf(int feature) => (ushort*)columns + ((nint)feature * Count);

    /// <summary>Copies the bins of some rows, which are written, to those by feature.</summary>
    public void Turn(int first, int count)
    {
        for (int feature = 0; feature < Size; feature++)
        {
            if (IsWide)
                Turn(Words + ((nint)first * Stride) + feature, count, WordsOf(feature) + first);
            else
                Turn(Bytes + ((nint)first * Stride) + feature, count, BytesOf(feature) + first);
        }
    }

    private void Turn<TBin>(TBin* from, int count, TBin* to)
        where TBin : unmanaged
    {
        for (int row = 0; row < count; row++, from += Stride)
            to[row] = *from;
    }

    /// <summary>The bin of one feature of one row.</summary>
    public int this[int row, int feature]
    {
        get
        {
            nint at = ((nint)row * Stride) + feature;
            int bin = IsWide ? Words[at] : Bytes[at];
            GC.KeepAlive(held);
            GC.KeepAlive(heldColumns);
            return bin;
        }
    }
}
