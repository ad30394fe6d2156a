using System.Collections.Generic;
using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks.Planning;

/// <summary>Networks that can go on from a sequence of ids a step at a time, without looking at the whole of it again.</summary>
internal static class SingleSteps
{
    /// <summary>
    /// Whether it is one: its input is ids alone, its main output has, for each of their steps, a logit for each id, and no layer on the way lets a step see a later one.
    /// </summary>
    public static bool Fit(Network network)
    {
        if (network.Loss?.Construct is not Loss { TakesLabels: true, HasProbabilities: true } || network.Inputs.Count != 1)
            return false;
        Node input = network.Nodes[network.Inputs[0]];
        return input.Shape.Rank == 1 && input.Ids.Vocabulary > 0 && network.OutputShape == new Shape(input.Shape[0], input.Ids.Vocabulary) && IsCausal(network);
    }

    /// <summary>The nodes on the way that keep something of earlier steps.</summary>
    public static List<int> Keeping(Network network)
    {
        bool[] isReached = Reached(network);
        List<int> keeping = [];
        for (int i = 0; i < isReached.Length; i++)
        {
            if (isReached[i] && Layer.Of(network.Nodes[i]).LooksBack(network.Nodes[i]))
                keeping.Add(i);
        }

        return keeping;
    }

    /// <summary>The same layers and parameters for sequences of one step. What does not lead to the main output stays as it is.</summary>
    public static Network Of(Network network)
    {
        bool[] isReached = Reached(network);
        Node[] nodes = new Node[network.Nodes.Count];
        for (int i = 0; i < nodes.Length; i++)
        {
            Node node = network.Nodes[i];
            nodes[i] = isReached[i] ? node with { Shape = OneStep(node.Shape), InputShapes = new([.. System.Linq.Enumerable.Select(node.InputShapes, OneStep)]) } : node;
        }

        return network with { Nodes = nodes };
    }

    private static bool IsCausal(Network network)
    {
        bool[] isReached = Reached(network);
        for (int i = 0; i < isReached.Length; i++)
        {
            Node node = network.Nodes[i];
            if (isReached[i] && !node.Layer.IsSource && !node.Layer.IsCausal(node))
                return false;
        }

        return true;
    }

    /// <summary>The nodes that lead to the main output.</summary>
    private static bool[] Reached(Network network)
    {
        bool[] isReached = new bool[network.Nodes.Count];
        isReached[network.Main] = true;
        for (int i = network.Main; i >= 0; i--)
        {
            for (int k = 0; isReached[i] && k < network.Nodes[i].Inputs.Count; k++)
                isReached[network.Nodes[i].Inputs[k]] = true;
        }

        return isReached;
    }

    private static Shape OneStep(Shape shape)
    {
        int[] sizes = shape.ToArray();
        sizes[0] = 1;
        return new Shape(sizes);
    }
}
