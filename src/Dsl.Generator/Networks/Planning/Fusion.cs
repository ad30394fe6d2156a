using System.Collections.Generic;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>How a layer rides on another's operation.</summary>
internal enum Rider
{
    /// <summary>A batch norm folded into the head's weights.</summary>
    Norm,

    /// <summary>The sum with another value, before the function on the way out: the end of a residual.</summary>
    Sum,

    /// <summary>An element-wise function on the way out.</summary>
    Activation,

    /// <summary>The max pooling behind it.</summary>
    Pool,
}

/// <summary>
/// Layers that are computed by one operation: a head and what rides on its store, in order. Where no gradient passes (in inference, and in training below the first layer that learns)
/// a batch norm with running statistics is folded into the head's weights; elsewhere only activations fuse whose derivative follows from their output.
/// </summary>
internal sealed class FusedGroup(Node head)
{
    private readonly List<(Rider Kind, Node Node)> riders = [];
    private string? title;

    public Node Head { get; } = head;

    /// <summary>The layers that ride along, in order, and how.</summary>
    public IReadOnlyList<(Rider Kind, Node Node)> Riders => riders;

    public Node? Norm => Find(Rider.Norm);

    public Node? Pool => Find(Rider.Pool);

    /// <summary>The node whose value is added on the way out.</summary>
    public Node? Addend { get; private set; }

    /// <summary>The layer whose output the group gives.</summary>
    public Node Last => riders.Count == 0 ? Head : riders[riders.Count - 1].Node;

    /// <summary>What the head applies on its way out.</summary>
    public Epilogue Epilogue => Find(Rider.Activation) is { } activation ? Layer.Of(activation).EpilogueOf(activation) : default;

    /// <summary>Names of the layers: <c>Conv2d1 + ReLU1 + MaxPool2d1</c>.</summary>
    public string Title
    {
        get
        {
            if (title is not null)
                return title;
            title = Head.Path;
            foreach ((_, Node node) in riders)
                title += " + " + node.Name;
            return title;
        }
    }

    /// <summary>Takes a layer along, after those that ride already.</summary>
    public void Add(Rider kind, Node node)
    {
        riders.Add((kind, node));
        title = null;
    }

    /// <summary>Takes a sum along, with what is added.</summary>
    public void AddSum(Node sum, Node addend)
    {
        Add(Rider.Sum, sum);
        Addend = addend;
    }

    private Node? Find(Rider kind)
    {
        foreach ((Rider rider, Node node) in riders)
        {
            if (rider == kind)
                return node;
        }

        return null;
    }
}

/// <summary>Finds what a layer can take along.</summary>
internal sealed class Fusion
{
    private readonly Network network;
    private readonly bool training;
    private readonly int[] readers;
    private readonly int[] onlyReader;

    /// <summary>Looks who reads whom.</summary>
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

    /// <summary>What the head takes along.</summary>
    /// <param name="head">The layer whose operation it is.</param>
    /// <param name="hasLengths">Its input has samples of unequal length: a pool must not see what the head gives beyond their own steps.</param>
    /// <param name="needsGradient">A gradient reaches or passes it.</param>
    public FusedGroup GroupOf(Node head, bool hasLengths, bool needsGradient)
    {
        FusedGroup group = new(head);
        Node? next = Next(head);
        if (next is not null && !needsGradient && Layer.Of(head).FoldsBatchNorm && Layer.Of(next).IsBatchNorm && !(training && next.IsTrainable))
        {
            group.Add(Rider.Norm, next);
            next = Next(next);
        }

        if (next is not null && training && Layer.Of(head).TakesSum(head) && AddendOf(next, head) is { } addend)
        {
            group.AddSum(next, addend);
            next = Next(next);
        }

        if (next is not null && Layer.Of(head).TakesEpilogue && Layer.Of(next).EpilogueOf(next) is { IsNone: false } epilogue && (!needsGradient || epilogue.FollowsFromOutput))
        {
            group.Add(Rider.Activation, next);
            next = Next(next);
        }

        if (next is not null && !hasLengths && Layer.Of(head).TakesPool && Layer.Of(next).CanBeFusedAsPool(next))
            group.Add(Rider.Pool, next);
        return group;
    }

    /// <summary>What a sum of two adds to what comes before it, where that is there already; null for any other layer.</summary>
    private Node? AddendOf(Node sum, Node before)
    {
        if (!Layer.Of(sum).IsSum || sum.Inputs.Count != 2)
            return null;
        int other = sum.Inputs[0] == before.Index ? sum.Inputs[1] : sum.Inputs[0];
        return other < before.Index ? network.Nodes[other] : null;
    }

    private Node? Next(Node? node) => node is not null && readers[node.Index] == 1 ? network.Nodes[onlyReader[node.Index]] : null;
}
