using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;

namespace Dsl.Generator.Layers;

/// <summary>The dimensions in another order. No operations.</summary>
internal sealed partial class PermuteLayer : Layer
{
    public override string Name => "Permute";

    public override Shape OutputOf(Site site)
    {
        EquatableArray<int> axes = site.Entry.Ints("axes");
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
        return isOrder
            ? new Shape(sizes)
            : site.FailHere(Descriptors.CannotReorder, $"needs every axis from 0 to {isUsed.Length - 1} once for {site.Input}{site.Origin}");
    }

    public override long OperationsOf(Node node) => 0;
}
