using System.Collections.Generic;
using Dsl.Generator.Checking;

namespace Dsl.Generator.Planning;

/// <summary>
/// Layers that are computed by one operation: a head and what rides on its store. In inference a batch norm is folded into the head's weights;
/// in training only activations fuse whose derivative follows from their output.
/// </summary>
internal sealed class FusedGroup(Node head)
{
    public Node Head { get; } = head;

    /// <summary>The batch norm folded into the head's weights, or null.</summary>
    public Node? Norm { get; set; }

    /// <summary>The activation on the way out, or null.</summary>
    public Node? Activation { get; set; }

    /// <summary>The max pooling behind it, or null.</summary>
    public Node? Pool { get; set; }

    /// <summary>The layer whose output the group gives.</summary>
    public Node Last => Pool ?? Activation ?? Norm ?? Head;

    /// <summary>The epilogue as the runtime writes it.</summary>
    public Epilogue Epilogue => Activation?.Layer.EpilogueOf(Activation) ?? default;

    /// <summary>Names of the layers: <c>Conv2d1 + ReLU1 + MaxPool2d1</c>.</summary>
    public string Title
    {
        get
        {
            string title = Head.Path;
            foreach (Node? part in new[] { Norm, Activation, Pool })
            {
                if (part is not null)
                    title += " + " + part.Name;
            }

            return title;
        }
    }
}

/// <summary>An element-wise function on the way out of an operation: the compiler's twin of the runtime's Epilogue.</summary>
/// <param name="Function">The function; Identity for none.</param>
/// <param name="Parameter">Slope or alpha.</param>
internal readonly record struct Epilogue(UnaryFunction Function, float Parameter = 0)
{
    public bool IsNone => Function == UnaryFunction.Identity;

    /// <summary>True when its derivative follows from its own output.</summary>
    public bool IsFromOutput => UnaryDerivative.FollowsFromOutput(Function, Parameter);

    /// <summary>C# that makes the runtime's value.</summary>
    public string Text => IsNone
        ? "default"
        : $"new global::Dsl.Runtime.Epilogue(global::Dsl.Runtime.UnaryFunction.{Function}{(Parameter == 0 ? "" : ", " + Literal.Float(Parameter))})";
}

/// <summary>Finds what a layer can take along.</summary>
internal sealed class Fusion
{
    private readonly Network network;
    private readonly bool training;
    private readonly int[] readers;
    private readonly int[] onlyReader;

    /// <param name="network">The network.</param>
    /// <param name="training">True where a backward pass follows.</param>
    /// <param name="included">The nodes that are computed at all.</param>
    /// <param name="kept">Nodes whose own value is wanted: outputs and cuts.</param>
    public Fusion(Network network, bool training, bool[] included, ICollection<int> kept)
    {
        this.network = network;
        this.training = training;
        readers = new int[network.Nodes.Count];
        onlyReader = new int[network.Nodes.Count];
        foreach (Node node in network.Nodes)
        {
            if (!included[node.Index])
                continue;
            foreach (int input in node.Inputs)
            {
                readers[input]++;
                onlyReader[input] = node.Index;
            }
        }

        // A value that is wanted itself has a reader more than any layer.
        foreach (int node in kept)
            readers[node] += 2;
    }

    public FusedGroup GroupOf(Node head)
    {
        FusedGroup group = new(head);
        Node? next = Next(head);
        if (next is not null && !training && head.Layer.FoldsBatchNorm && next.Layer.IsBatchNormOver(next, head))
        {
            group.Norm = next;
            next = Next(next);
        }

        if (next is not null && head.Layer.TakesEpilogue && next.Layer.EpilogueOf(next) is { IsNone: false } epilogue && (!training || epilogue.IsFromOutput))
        {
            group.Activation = next;
            next = Next(next);
        }

        if (next is not null && head.Layer.TakesPool && next.Layer.CanBeFusedAsPool(next))
            group.Pool = next;
        return group;
    }

    private Node? Next(Node? node) => node is not null && readers[node.Index] == 1 ? network.Nodes[onlyReader[node.Index]] : null;
}
