using System;
using System.Buffers;
using System.Collections.Generic;
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
    private const int NodesPerThread = 4;

    private ulong[] lefts = [];
    private ulong[] rights = [];
    private int[] leftCounts = [];

    /// <summary>Parts nodes.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="done">Told where each one's right rows begin; of several nodes at a time.</param>
    public void Run(IReadOnlyList<GrowingNode> nodes, Action<GrowingNode, int> done)
    {
        List<GrowingNode> whole = [];
        foreach (GrowingNode node in nodes)
        {
            // Chunks cost a copy more: only where there are not nodes enough for all to end together.
            if (node.Count > 2 * ChunkRows && Compute.Threads > 1 && nodes.Count < NodesPerThread * Compute.Threads)
                done(node, RunInChunks(node));
            else
                whole.Add(node);
        }

        ParallelParts.Run(whole.Count, i =>
        {
            GrowingNode node = whole[i];
            ulong[] scratch = ArrayPool<ulong>.Shared.Rent(node.Count);
            Span<ulong> rows = node.Tree.Rows.AsSpan(node.First, node.Count);
            int left = Part(node, node.First, node.End, rows, scratch);
            scratch.AsSpan(0, node.Count - left).CopyTo(rows[left..]);
            ArrayPool<ulong>.Shared.Return(scratch);
            done(node, node.First + left);
        });
    }

    private int RunInChunks(GrowingNode node)
    {
        int chunks = (node.Count + ChunkRows - 1) / ChunkRows;
        if (lefts.Length < node.Count)
        {
            lefts = new ulong[node.Count];
            rights = new ulong[node.Count];
        }

        if (leftCounts.Length < chunks)
            leftCounts = new int[chunks];
        ParallelParts.Run(chunks, chunk =>
        {
            int first = chunk * ChunkRows;
            leftCounts[chunk] = Part(node, node.First + first, node.First + Math.Min(node.Count, first + ChunkRows), lefts.AsSpan(first), rights.AsSpan(first));
        });
        int middle = node.First;
        for (int chunk = 0; chunk < chunks; chunk++)
            middle += leftCounts[chunk];
        ParallelParts.Run(chunks, chunk =>
        {
            int first = chunk * ChunkRows;
            int leftsBefore = 0;
            for (int before = 0; before < chunk; before++)
                leftsBefore += leftCounts[before];
            int count = leftCounts[chunk];
            lefts.AsSpan(first, count).CopyTo(node.Tree.Rows.AsSpan(node.First + leftsBefore));
            rights.AsSpan(first, Math.Min(ChunkRows, node.Count - first) - count).CopyTo(node.Tree.Rows.AsSpan(middle + first - leftsBefore));
        });
        return middle;
    }

    /// <summary>Left rows go one way, which may be where they come from, the others the other; how many are left.</summary>
    private int Part(GrowingNode node, int first, int end, Span<ulong> toLeft, Span<ulong> toRight) => binned.IsWide
        ? Part(node, binned.WordsOf(node.Split!.Feature), first, end, toLeft, toRight)
        : Part(node, binned.BytesOf(node.Split!.Feature), first, end, toLeft, toRight);

    private int Part<TBin>(GrowingNode node, TBin* column, int first, int end, Span<ulong> toLeft, Span<ulong> toRight)
        where TBin : unmanaged
    {
        int count = binned.Features[node.Split!.Feature].BinCount;
        byte[] sides = ArrayPool<byte>.Shared.Rent(count);
        sides.AsSpan(0, count).Clear();
        if (node.Split.LeftCategories is null)
            sides.AsSpan(0, node.Cut + 1).Fill(1);
        foreach (int category in node.Split.LeftCategories ?? [])
            sides[category] = 1;
        int left = 0;
        int right = 0;
        fixed (ulong* run = &node.Tree.Rows[first])
        fixed (ulong* own = toLeft)
        fixed (ulong* other = toRight)
        fixed (byte* isLeft = sides)
        {
            for (int i = 0; i < end - first; i++)
            {
                // Written to both sides, kept on one: which one it is cannot be foretold, so nothing waits for it.
                ulong row = run[i];
                TBin* bin = column + TreeRow.Number(row);
                int goes = isLeft[sizeof(TBin) == 1 ? *(byte*)bin : *(ushort*)bin];
                own[left] = row;
                other[right] = row;
                left += goes;
                right += 1 - goes;
            }
        }

        ArrayPool<byte>.Shared.Return(sides);
        return left;
    }
}
