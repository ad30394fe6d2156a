using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Frontend;

namespace Dsl.Generator.Checking;

/// <summary>Copies a checked block's nodes in place of a <c>Use</c>, as often as it repeats.</summary>
internal static class BlockUnfolding
{
    /// <summary>A network of more layers is a typing error in some <c>Repeat</c>; nobody could compile what it would unfold to.</summary>
    public const int MostNodes = 10_000;

    public static UseGroup Unfold(Network block, int ordinal, Entry use, int repeat, string name, int source, List<Node> nodes, out int last)
    {
        bool isTrainable = use.Bool("Trainable", true);
        UseInstance[] instances = new UseInstance[repeat];
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
            instances[r] = InstanceOf(block, map);
            last = block.Main < 0 ? last : map[block.Main];
        }
        return new UseGroup(name, block.Declaration.FullName, new EquatableArray<UseInstance>(instances));
    }

    private static UseInstance InstanceOf(Network block, int[] map)
    {
        List<int> own = [];
        foreach (Node node in block.Nodes)
            if (node.Index != block.Inputs[0] && node.Path.Length == node.Name.Length)
                own.Add(map[node.Index]);
        return new UseInstance(new EquatableArray<int>([.. own]), Map(block.Groups, map));
    }

    private static EquatableArray<int> Map(EquatableArray<int> indices, int[] map)
    {
        int[] mapped = new int[indices.Count];
        for (int i = 0; i < mapped.Length; i++)
            mapped[i] = map[indices[i]];
        return new EquatableArray<int>(mapped);
    }

    private static EquatableArray<UseGroup> Map(EquatableArray<UseGroup> groups, int[] map)
    {
        UseGroup[] mapped = new UseGroup[groups.Count];
        for (int i = 0; i < mapped.Length; i++)
        {
            UseInstance[] instances = new UseInstance[groups[i].Instances.Count];
            for (int k = 0; k < instances.Length; k++)
                instances[k] = new UseInstance(Map(groups[i].Instances[k].Nodes, map), Map(groups[i].Instances[k].Groups, map));
            mapped[i] = groups[i] with { Instances = new EquatableArray<UseInstance>(instances) };
        }
        return new EquatableArray<UseGroup>(mapped);
    }
}
