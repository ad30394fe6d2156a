using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Permute</c> declares.</summary>
internal sealed record PermuteOptions(EquatableArray<int> Axes);

/// <summary>The dimensions in another order. No operations.</summary>
internal sealed class PermuteLayer : Layer
{
    public override string Name => "Permute";

    public override object ReadOptions(Entry entry) => new PermuteOptions(new EquatableArray<int>(entry.Attribute<PermuteAttribute>().Axes));

    public override Shape OutputOf(LayerSite site)
    {
        EquatableArray<int> axes = site.Entry.Options<PermuteOptions>().Axes;
        bool[] isUsed = new bool[site.Input.Rank];
        int[] sizes = new int[axes.Count];
        bool isOrder = axes.Count == isUsed.Length;
        for (int i = 0; i < axes.Count && isOrder; i++)
        {
            isOrder = axes[i] >= 0 && axes[i] < isUsed.Length && !isUsed[axes[i]];
            if (isOrder)
            {
                isUsed[axes[i]] = true;
                sizes[i] = site.Input[axes[i]];
            }
        }

        if (isOrder)
            return new Shape(sizes);
        site.FailHere(Descriptors.CannotReorder, $"needs every axis from 0 to {isUsed.Length - 1} once for {site.Input}{site.Origin}");
        return Shape.Unknown;
    }

    public override long OperationsOf(Node node) => 0;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
        int[] axes = group.Head.Entry.Options<PermuteOptions>().Axes.ToArray();
        int[] inverse = new int[axes.Length];
        for (int i = 0; i < axes.Length; i++)
            inverse[axes[i]] = i;
        Operand forward = Order(lowering, group, group.Head.InputShape, axes);
        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        lowering.Call(Operations.Permute, forward, Operand.Buffer(x), Operand.Buffer(y), Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.Permute, Order(lowering, group, group.Head.Shape, inverse), Operand.Buffer(dy), Operand.Buffer(dx), Operand.Batch)));
    }

    private static Operand Order(Lowering lowering, FusedGroup group, Shape from, int[] axes)
    {
        int[] sizes = [.. from.ToArray(), .. Enumerable.Repeat(1, 4 - from.Rank)];
        int[] order = [.. axes, .. Enumerable.Range(axes.Length, 4 - axes.Length)];
        return Operand.Of(
            new Permutation(sizes[0], sizes[1], sizes[2], sizes[3], order[0], order[1], order[2], order[3]), lowering.NameOf(group) + "Order");
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        EquatableArray<int> axes = node.Entry.Options<PermuteOptions>().Axes;
        graph.Node("Transpose", node).Ints("perm", [0, .. axes.Select(axis => axis + 1)]);
    }
}
