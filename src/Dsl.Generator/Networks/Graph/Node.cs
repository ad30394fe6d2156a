using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Graph;

/// <summary>A parameter of a layer, in PyTorch's name and layout.</summary>
/// <param name="Name"><c>weight</c>, <c>bias</c>, <c>running_mean</c> ...</param>
/// <param name="Shape">PyTorch's dimensions: out×in, O×I×kh×kw.</param>
/// <param name="Initialisation">Its first values.</param>
/// <param name="IsBuffer">State that is saved but neither trained nor counted as a parameter, such as running statistics.</param>
internal sealed record ParameterSpec(string Name, Shape Shape, Initialisation Initialisation, bool IsBuffer = false);

/// <summary>One layer of a checked network, blocks unfolded. Inputs of the network are nodes too.</summary>
internal sealed record Node
{
    /// <summary>The ordinal in <see cref="Network.Nodes"/>; every input's is smaller.</summary>
    public int Index { get; init; }

    /// <summary>The rule: what kind of layer it is.</summary>
    public LayerRule Layer { get; init; } = null!;

    /// <summary>What was written.</summary>
    public Entry Entry { get; init; } = null!;

    /// <summary>The ordinal of the attribute in the root declaration; of a layer in a block, that of the root's <c>Use</c>.</summary>
    public int Ordinal { get; init; }

    /// <summary>The effective name within its own declaration: <c>Conv2d1</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name from the root, as in a file of weights: <c>Use1.0.Conv2d1</c>; equal to <see cref="Name"/> outside blocks.</summary>
    public string Path { get; init; } = "";

    /// <summary>The nodes it reads, current output first.</summary>
    public EquatableArray<int> Inputs { get; init; }

    /// <summary>The shapes of <see cref="Inputs"/>.</summary>
    public EquatableArray<Shape> InputShapes { get; init; }

    /// <summary>The output's shape; unknown when this layer or one before it is wrong.</summary>
    public Shape Shape { get; init; }

    /// <summary>Of ids: which; of numbers none.</summary>
    public IdRange Ids { get; init; }

    /// <summary>Which ids the current output is, if it is ids.</summary>
    public IdRange InputIds { get; init; }

    /// <summary>Parameters in PyTorch's order; empty while the shape is unknown.</summary>
    public EquatableArray<ParameterSpec> Parameters { get; init; }

    /// <summary>Neither this layer nor a <c>Use</c> around it says <c>Trainable = false</c>.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>Operations of one forward pass over one sample; a multiply-add is two.</summary>
    public long Operations { get; init; }

    /// <summary>The shape of the current output.</summary>
    public Shape InputShape => InputShapes.Count == 0 ? Shape.Unknown : InputShapes[0];

    /// <summary>The number of trained or frozen parameters, running statistics not counted.</summary>
    public long ParameterCount => Floats(withBuffers: false);

    /// <summary>The number of parameters and of running statistics.</summary>
    public long ParameterFloats => Floats(withBuffers: true);

    /// <summary>Has parameters that a training step changes.</summary>
    public bool Learns => IsTrainable && ParameterCount > 0;

    // Asked for at every turn: without an enumerator that would be an object.
    private long Floats(bool withBuffers)
    {
        long count = 0;
        foreach (ParameterSpec parameter in Parameters)
        {
            if (withBuffers || !parameter.IsBuffer)
                count = Counting.Add(count, parameter.Shape.Count);
        }

        return count;
    }
}
