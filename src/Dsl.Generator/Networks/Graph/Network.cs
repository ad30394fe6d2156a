using System.Collections.Generic;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Graph;

/// <summary>A further output that an <c>Output</c> marks.</summary>
internal sealed record NetworkOutput(string Name, int Node);

/// <summary>A cut that an <c>Expose</c> marks: <paramref name="UpTo"/> computes the node, <paramref name="Onward"/> the rest from it.</summary>
internal sealed record Exposure(string UpTo, string? Onward, int Node);

/// <summary>A <c>Use</c>: its repetitions' nodes follow each other, each in the block's own order without the block's input.</summary>
/// <param name="Name">The <c>Use</c>'s name.</param>
/// <param name="Block">The checked block, right or wrong; null when it is none, or uses itself.</param>
/// <param name="Repeat">How often it stands there.</param>
/// <param name="FirstNode">Index of the first repetition's first node.</param>
internal sealed record UseGroup(string Name, Network? Block, int Repeat, int FirstNode);

/// <summary>
/// A declaration with every shape, parameter and count worked out, and what is wrong with it. It is there for a wrong declaration too,
/// as far as it is known, so that the class can still get its members.
/// </summary>
internal sealed record Network
{
    public Declaration Declaration { get; init; } = null!;

    /// <summary>Inputs and layers in the order of computation, blocks unfolded.</summary>
    public IReadOnlyList<Node> Nodes { get; init; } = [];

    /// <summary>The nodes that are inputs, in declared order.</summary>
    public EquatableArray<int> Inputs { get; init; }

    /// <summary>The node whose output is the main one, or -1 when there is none.</summary>
    public int Main { get; init; } = -1;

    /// <summary>Further outputs in declared order.</summary>
    public EquatableArray<NetworkOutput> Outputs { get; init; }

    public EquatableArray<Exposure> Exposures { get; init; }

    /// <summary>The blocks used by the class itself, in declared order.</summary>
    public EquatableArray<UseGroup> Groups { get; init; }

    /// <summary>The loss, optimizer, schedule and budget as written; null without one.</summary>
    public Entry? Loss { get; init; }

    public Entry? Optimizer { get; init; }

    public Entry? Schedule { get; init; }

    public Entry? Budget { get; init; }

    /// <summary>What the analyzer reports, in the order of the declaration.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Some finding is an error, or the C# compiler rejects an attribute: only the members can be generated, not their bodies.</summary>
    public bool HasErrors { get; init; }

    /// <summary>C# would reject whatever were added to the class (DSL101-103): nothing is generated.</summary>
    public bool IsUngeneratable => Declaration.Flaws != ClassFlaws.None;

    /// <summary>
    /// The most floats that the parameters may have: the runtime holds them in one array (of at most 0x7FFFFFC7 elements), with room behind it for vectors
    /// that read on (64), for a start on a cache line (16), and for another between trained and other values (15).
    /// </summary>
    public const long MostParameterFloats = 0x7FFFFFC7 - 64 - 16 - 15;

    /// <summary>The main output's shape, unknown in a wrong declaration.</summary>
    public Shape OutputShape => Main < 0 ? Shape.Unknown : Nodes[Main].Shape;

    public long ParameterCount => Counting.Sum(Nodes, node => node.ParameterCount);

    /// <summary>Of each node, whether something that is trained lies in it or before it.</summary>
    public bool[] Trained()
    {
        bool[] trained = new bool[Nodes.Count];
        foreach (Node node in Nodes)
        {
            trained[node.Index] = node.IsTrainable && node.Parameters.Count > 0;
            foreach (int input in node.Inputs)
                trained[node.Index] |= trained[input];
        }

        return trained;
    }

    /// <summary>Of each node, whether another one needs it.</summary>
    public bool[] Reaching(int node)
    {
        bool[] reaching = new bool[Nodes.Count];
        reaching[node] = true;
        for (int i = node; i >= 0; i--)
        {
            foreach (int input in Nodes[i].Inputs)
                reaching[input] |= reaching[i];
        }

        return reaching;
    }

    /// <summary>Parameters and running statistics: what the network's buffer holds.</summary>
    public long ParameterFloats => Counting.Sum(Nodes, node => node.ParameterFloats);

    /// <summary>Operations of one forward pass over one sample.</summary>
    public long Operations => Counting.Sum(Nodes, node => node.Operations);

    /// <summary>Elements of every layer's output for one sample, inputs included, nothing shared.</summary>
    public long Activations => Counting.Sum(Nodes, node => node.Shape.IsKnown ? node.Shape.Count : 0);
}
