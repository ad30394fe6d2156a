using System;
using System.Collections.Generic;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Trees;

/// <summary>A tree that grows: its rows, those of a node side by side and in their order, and its nodes by number, the root 0. Nodes are no objects: a forest has tens of thousands in some milliseconds.</summary>
internal sealed class GrowingTree
{
    private const int ChunkRows = 32 * 1024;

    // Nodes lie in pages, which do not move when others follow, and are no large objects to the garbage collector.
    private const int PageBits = 7;
    private const int PageNodes = 1 << PageBits;

    private readonly List<GrowingNode[]> pages = [];
    private readonly List<double[]> sumPages = [];
    private readonly int sums;
    private int nodes;

    /// <summary>A root.</summary>
    /// <param name="index">Which tree.</param>
    /// <param name="rows">The rows, packed as <see cref="TreeRow"/> does, and padding behind them.</param>
    /// <param name="count">How many.</param>
    /// <param name="sums">How many sums a node has.</param>
    private GrowingTree(int index, ulong[] rows, int count, int sums)
    {
        Index = index;
        Rows = rows;
        this.sums = sums;
        AddPages();
        nodes = 1;
        this[0] = new GrowingNode { End = count };
    }

    /// <summary>Which tree.</summary>
    public int Index { get; }

    /// <summary>The rows, and padding behind them.</summary>
    public ulong[] Rows { get; }

    /// <summary>More than any node's number.</summary>
    public int NodeCount => nodes;

    /// <summary>A node.</summary>
    public ref GrowingNode this[int node] => ref pages[node >> PageBits][node & (PageNodes - 1)];

    /// <summary>The rows that are in a tree, in its root.</summary>
    /// <param name="index">Which tree.</param>
    /// <param name="all">How many rows the table has.</param>
    /// <param name="copies">How often each is in; null: once.</param>
    /// <param name="classes">The class of each; null: there are none.</param>
    /// <param name="sums">How many sums a node has.</param>
    /// <param name="reused">Where the rows may go; a new array where it is too short.</param>
    public static GrowingTree Of(int index, int all, byte[]? copies, ushort[]? classes, int sums, ulong[]? reused = null)
    {
        int count = copies is null ? all : all - copies.AsSpan(0, all).Count((byte)0);
        ulong[] rows = reused is not null && reused.Length >= count + TreeRow.Padding ? reused : new ulong[count + TreeRow.Padding];
        if (copies is null)
        {
            ParallelParts.Run((all + ChunkRows - 1) / ChunkRows, chunk =>
            {
                for (int row = chunk * ChunkRows; row < Math.Min(all, (chunk + 1) * ChunkRows); row++)
                    rows[row] = TreeRow.Of(row, 1, classes is null ? 0 : classes[row]);
            });
            return new GrowingTree(index, rows, count, sums);
        }

        int at = 0;
        for (int row = 0; row < all; row++)
        {
            rows[at] = TreeRow.Of(row, copies[row], classes is null ? 0 : classes[row]);
            at += copies[row] == 0 ? 0 : 1;
        }

        return new GrowingTree(index, rows, count, sums);
    }

    /// <summary>The sums of a node's rows.</summary>
    public Span<double> SumsOf(int node) => sumPages[node >> PageBits].AsSpan((node & (PageNodes - 1)) * sums, sums);

    /// <summary>A node's rows.</summary>
    public ReadOnlySpan<ulong> RowsOf(int node) => Rows.AsSpan(this[node].First, this[node].Count);

    /// <summary>Makes room for a node's children, whether it will have any or not; where the left one lies. References to nodes stay good.</summary>
    public int AddPair()
    {
        int left = nodes;
        nodes += 2;
        if (nodes > pages.Count * PageNodes)
            AddPages();
        return left;
    }

    /// <summary>The child of a node where rows of a bin go.</summary>
    public int ChildOf(int node, int bin)
    {
        ref GrowingNode own = ref this[node];
        return (own.LeftCategories is { } left ? Array.BinarySearch(left, bin) >= 0 : bin <= own.Cut) ? own.Next : own.Next + 1;
    }

    /// <summary>Two leaves of one parent that predict the same are one: gives up the splits that are none, upwards.</summary>
    public void Prune(Impurity kind)
    {
        // Children have higher numbers.
        for (int node = nodes - 1; node >= 0; node--)
        {
            int next = this[node].Next;
            if (next != 0 && this[next].IsLeaf && this[next + 1].IsLeaf && kind.Predict(SumsOf(next)) == kind.Predict(SumsOf(next + 1)))
                this[node].Next = 0;
        }
    }

    private void AddPages()
    {
        pages.Add(new GrowingNode[PageNodes]);
        sumPages.Add(new double[PageNodes * sums]);
    }
}
