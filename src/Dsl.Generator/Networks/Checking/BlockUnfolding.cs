using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Layers;

namespace Dsl.Generator.Networks.Checking;

/// <summary>Copies a checked block's nodes in place of a <c>Use</c>, as often as it repeats.</summary>
internal static class BlockUnfolding
{
    /// <summary>A network of more layers is a typing error in some <c>Repeat</c>; nobody could compile what it would unfold to.</summary>
    public const int MostNodes = 10_000;

    public static UseGroup Unfold(Network block, int ordinal, Entry use, string name, int source, List<Node> nodes, out int last)
    {
        bool isTrainable = use.IsTrainable;
        int repeat = use.Options<UseOptions>().Repeat;
        int first = nodes.Count;
        last = source;
        for (int r = 0; r < repeat; r++)
        {
            string prefix = name + "." + r.ToString(CultureInfo.InvariantCulture) + ".";
            int[] map = new int[block.Nodes.Count];
            map[block.Inputs[0]] = last;
            foreach (Node node in block.Nodes)
            {
                if (node.Index == block.Inputs[0])
                    continue;
                map[node.Index] = nodes.Count;
                nodes.Add(node with
                {
                    Index = nodes.Count,
                    Ordinal = ordinal,
                    Path = prefix + node.Path,
                    Inputs = Map(node.Inputs, map),
                    IsTrainable = node.IsTrainable && isTrainable,
                });
            }

            last = map[block.Main];
        }

        return new UseGroup(name, block, repeat, first);
    }

    private static EquatableArray<int> Map(EquatableArray<int> indices, int[] map)
    {
        int[] mapped = new int[indices.Count];
        for (int i = 0; i < mapped.Length; i++)
            mapped[i] = map[indices[i]];
        return new EquatableArray<int>(mapped);
    }
}
