using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.Intrinsics.X86;
using Dsl.Pipelines.Numerics;
using Dsl.Runtime;

namespace Dsl.Pipelines.Trees;

/// <summary>
/// Puts the rows of nodes that are parted left and right, each side in the order that it had. A few large nodes are taken in chunks by all threads, others a thread each; who takes
/// what changes nothing.
/// </summary>
/// <param name="binned">The bins of all rows.</param>
internal sealed unsafe class RowPartition(BinnedRows binned)
{
    private const int ChunkRows = 32 * 1024;

    private ulong[] others = [];
    private int[] lefts = [];

    /// <summary>Parts nodes; where each one's right rows begin.</summary>
    public int[] Run(IReadOnlyList<GrowingNode> nodes)
    {
        int[] middles = new int[nodes.Count];
        List<int> whole = [];
        for (int i = 0; i < nodes.Count; i++)
        {
            // Chunks cost a copy that one thread makes: only where there are not nodes enough for all.
            if (nodes[i].Count > 2 * ChunkRows && nodes.Count < 2 * Compute.Threads)
                middles[i] = RunInChunks(nodes[i]);
            else
                whole.Add(i);
        }

        ParallelParts.Run(whole.Count, i =>
        {
            GrowingNode node = nodes[whole[i]];
            ulong[] scratch = ArrayPool<ulong>.Shared.Rent(node.Count);
            int left = Part(node, node.First, node.End, scratch);
            scratch.AsSpan(0, node.Count - left).CopyTo(node.Tree.Rows.AsSpan(node.First + left));
            middles[whole[i]] = node.First + left;
            ArrayPool<ulong>.Shared.Return(scratch);
        });
        return middles;
    }

    private int RunInChunks(GrowingNode node)
    {
        int chunks = (node.Count + ChunkRows - 1) / ChunkRows;
        if (others.Length < node.Count)
            others = new ulong[node.Count];
        if (lefts.Length < chunks)
            lefts = new int[chunks];
        ParallelParts.Run(chunks, chunk =>
        {
            int first = node.First + (chunk * ChunkRows);
            lefts[chunk] = Part(node, first, Math.Min(node.End, first + ChunkRows), others.AsSpan(chunk * ChunkRows));
        });
        Span<ulong> rows = node.Tree.Rows.AsSpan(node.First, node.Count);
        int middle = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            rows.Slice(chunk * ChunkRows, lefts[chunk]).CopyTo(rows[middle..]);
            middle += lefts[chunk];
        }

        int at = middle;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            int rights = Math.Min(ChunkRows, node.Count - (chunk * ChunkRows)) - lefts[chunk];
            others.AsSpan(chunk * ChunkRows, rights).CopyTo(rows[at..]);
            at += rights;
        }

        return node.First + middle;
    }

    /// <summary>Left rows go to the front of the run, the others elsewhere; how many are left.</summary>
    private int Part(GrowingNode node, int first, int end, Span<ulong> elsewhere) => binned.IsWide
        ? Part(node, binned.Words, first, end, elsewhere)
        : Part(node, binned.Bytes, first, end, elsewhere);

    private int Part<TBin>(GrowingNode node, TBin* bins, int first, int end, Span<ulong> elsewhere)
        where TBin : unmanaged
    {
        int count = binned.Features[node.Split!.Feature].BinCount;
        byte[] sides = ArrayPool<byte>.Shared.Rent(count);
        for (int bin = 0; bin < count; bin++)
            sides[bin] = node.IsLeft(bin) ? (byte)1 : (byte)0;
        nint size = binned.Stride;
        TBin* column = bins + node.Split.Feature;
        int left = 0;
        int right = 0;
        fixed (ulong* run = &node.Tree.Rows[first])
        fixed (ulong* other = elsewhere)
        fixed (byte* isLeft = sides)
        {
            for (int i = 0; i < end - first; i++)
            {
                // Written to both sides, kept on one: which one it is cannot be foretold, so nothing waits for it.
                ulong row = run[i];
                if (Sse.IsSupported)
                    Sse.Prefetch0(column + (TreeRow.Number(run[i + TreeRow.Padding]) * size));
                TBin* bin = column + (TreeRow.Number(row) * size);
                int goes = isLeft[sizeof(TBin) == 1 ? *(byte*)bin : *(ushort*)bin];
                run[left] = row;
                other[right] = row;
                left += goes;
                right += 1 - goes;
            }
        }

        ArrayPool<byte>.Shared.Return(sides);
        return left;
    }
}
