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
    public void Run(IReadOnlyList<OpenNode> nodes, Action<OpenNode, int> done)
    {
        List<OpenNode> whole = [];
        foreach (OpenNode node in nodes)
        {
            // Chunks cost a copy more: only where there are not nodes enough for all to end together.
            if (node.Count > 2 * ChunkRows && Compute.Threads > 1 && nodes.Count < NodesPerThread * Compute.Threads)
                done(node, RunInChunks(node));
            else
                whole.Add(node);
        }

        ParallelParts.Run(whole.Count, i =>
        {
            ulong[] scratch = ArrayPool<ulong>.Shared.Rent(whole[i].Count);
            done(whole[i], Run(whole[i], scratch));
            ArrayPool<ulong>.Shared.Return(scratch);
        });
    }

    /// <summary>Parts one node; where its right rows begin.</summary>
    /// <param name="open">The node.</param>
    /// <param name="scratch">At least as long as it has rows.</param>
    public int Run(OpenNode open, Span<ulong> scratch)
    {
        GrowingNode node = open.Node;
        Span<ulong> rows = open.Tree.Rows.AsSpan(node.First, node.Count);
        int left = Part(open, node.First, node.End, rows, scratch);
        scratch[..(node.Count - left)].CopyTo(rows[left..]);
        return node.First + left;
    }

    private int RunInChunks(OpenNode open)
    {
        GrowingTree tree = open.Tree;
        GrowingNode node = open.Node;
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
            leftCounts[chunk] = Part(open, node.First + first, node.First + Math.Min(node.Count, first + ChunkRows), lefts.AsSpan(first), rights.AsSpan(first));
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
            lefts.AsSpan(first, count).CopyTo(tree.Rows.AsSpan(node.First + leftsBefore));
            rights.AsSpan(first, Math.Min(ChunkRows, node.Count - first) - count).CopyTo(tree.Rows.AsSpan(middle + first - leftsBefore));
        });
        return middle;
    }

    /// <summary>Left rows go one way, which may be where they come from, the others the other; how many are left.</summary>
    private int Part(OpenNode open, int first, int end, Span<ulong> toLeft, Span<ulong> toRight) => binned.IsWide
        ? Part(open, binned.WordsOf(open.Node.Feature), first, end, toLeft, toRight)
        : Part(open, binned.BytesOf(open.Node.Feature), first, end, toLeft, toRight);

    private int Part<TBin>(OpenNode open, TBin* column, int first, int end, Span<ulong> toLeft, Span<ulong> toRight)
        where TBin : unmanaged
    {
        GrowingNode node = open.Node;
        int count = binned.Features[node.Feature].BinCount;
        byte[] sides = ArrayPool<byte>.Shared.Rent(count);
        sides.AsSpan(0, count).Clear();
        if (node.LeftCategories is null)
            sides.AsSpan(0, node.Cut + 1).Fill(1);
        foreach (int category in node.LeftCategories ?? [])
            sides[category] = 1;
        int left = 0;
        int right = 0;
        fixed (ulong* run = &open.Tree.Rows[first])
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
