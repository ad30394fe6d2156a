using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Randomness;

namespace Dsl.Pipelines.Trees;

/// <summary>The nodes of one tree that are open in a round, in the order in which they are taken, and those that they open for the next. Trees are worked on side by side.</summary>
/// <param name="tree">The tree, a root.</param>
/// <param name="make">Makes an open node; those that are closed are used again.</param>
internal sealed class Frontier(GrowingTree tree, Func<OpenNode> make)
{
    // What a chunk of nodes that one thread takes has at least; a node costs as much as so many rows beside its own.
    private const int ChunkRows = 8 * 1024;
    private const int RowsOfNode = 128;

    private readonly Stack<OpenNode> closed = new();
    private readonly List<int> ends = [];
    private List<OpenNode> nodes = [];
    private List<OpenNode> children = [];
    private long[] seeds = [];

    /// <summary>The tree.</summary>
    public GrowingTree Tree => tree;

    /// <summary>Its open nodes.</summary>
    public ReadOnlySpan<OpenNode> Nodes => CollectionsMarshal.AsSpan(nodes);

    /// <summary>In how many chunks they are, each of nodes enough that taking it costs nothing, and of few enough rows that threads end together; one that is shared is a chunk.</summary>
    public int Chunks => ends.Count;

    /// <summary>
    /// In which order a round takes the trees, whose nodes draw one after the other. Spark puts what a round opens on a stack, tree by tree in the order in which Scala's immutable map holds
    /// those that were in the round, and takes it from the top; roots are put there by their numbers.
    /// </summary>
    /// <param name="trees">The trees by number, before their children are opened.</param>
    /// <param name="areRoots">The order of the roots, else that of the next round.</param>
    public static List<Frontier> Order(Frontier[] trees, bool areRoots)
    {
        int[] some = [.. Enumerable.Range(0, trees.Length).Where(index => trees[index].nodes.Count > 0)];
        List<Frontier> order = [.. (areRoots ? some : ScalaMap.OrderOf(some)).Select(index => trees[index])];
        order.Reverse();
        return order;
    }

    /// <summary>The nodes of a chunk.</summary>
    public ReadOnlySpan<OpenNode> NodesOf(int chunk) => Nodes[First(chunk)..ends[chunk]];

    /// <summary>What they draw their features from.</summary>
    public ReadOnlySpan<long> SeedsOf(int chunk) => seeds.AsSpan(First(chunk)..ends[chunk]);

    /// <summary>Draws a seed for each node.</summary>
    public void Seed(JavaRandom random)
    {
        if (seeds.Length < nodes.Count)
            seeds = new long[Math.Max(nodes.Count, 2 * seeds.Length)];
        for (int i = 0; i < nodes.Count; i++)
            seeds[i] = random.NextLong();
    }

    /// <summary>Opens a node for the next round.</summary>
    /// <param name="number">Which of the tree's nodes.</param>
    /// <param name="depth">How far from the root.</param>
    public OpenNode Open(int number, int depth)
    {
        OpenNode node = closed.TryPop(out OpenNode? used) ? used : make();
        node.Begin(tree, number, depth);
        children.Add(node);
        return node;
    }

    /// <summary>Goes on to the nodes that were opened; those of this round are closed.</summary>
    public void Turn()
    {
        foreach (OpenNode node in nodes)
            closed.Push(node);
        (nodes, children) = (children, nodes);
        children.Clear();
        ends.Clear();
        int rows = 0;
        for (int i = 0; i < nodes.Count; i++)
        {
            rows += nodes[i].Count + RowsOfNode;
            bool isLast = i == nodes.Count - 1 || nodes[i].IsShared || nodes[i + 1].IsShared;
            if (rows < ChunkRows && !isLast)
                continue;
            ends.Add(i + 1);
            rows = 0;
        }
    }

    private int First(int chunk) => chunk == 0 ? 0 : ends[chunk - 1];
}
