using System.Collections.Generic;
using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks.Planning;

/// <summary>The zeros that the readers of each node would like around its output.</summary>
internal static class HaloDemand
{
    public static Halo[] Of(IReadOnlyList<Node> nodes) => Of(nodes, out _);

    /// <summary>The first layer whose demand makes an image larger than 2^31-1 elements, or null.</summary>
    public static Node? TooLarge(IReadOnlyList<Node> nodes)
    {
        Of(nodes, out Node? tooLarge);
        return tooLarge;
    }

    private static Halo[] Of(IReadOnlyList<Node> nodes, out Node? tooLarge)
    {
        tooLarge = null;
        Halo[] halos = new Halo[nodes.Count];
        foreach (Node node in nodes)
        {
            foreach (int input in node.Inputs)
            {
                halos[input] = Halo.Union(halos[input], Layer.Of(node).InputHalo(node));
                Shape shape = nodes[input].Shape;
                if (tooLarge is null && !halos[input].IsNone && Layout.Image(shape[0], shape[1], shape[2], halos[input]).Floats > int.MaxValue)
                    tooLarge = node;
            }
        }

        return halos;
    }
}
