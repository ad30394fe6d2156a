using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks.Planning;

/// <summary>
/// A value of the program for every sample: the shape that the user knows, the layout that it has, and its place.
/// A view (<see cref="Reinterpret"/>) shares place and gradient with what it is a view of.
/// </summary>
internal sealed class Tensor
{
    public Tensor(string name, Shape shape, Layout layout, Storage storage, bool needsGradient)
    {
        Name = name;
        Shape = shape;
        Layout = layout;
        Storage = storage;
        Gradient = new GradientCell(needsGradient);
    }

    private Tensor(string name, Shape shape, Layout layout, Tensor source)
    {
        Name = name;
        Shape = shape;
        Layout = layout;
        Storage = source.Storage;
        Gradient = source.Gradient;
    }

    public string Name { get; }

    public Shape Shape { get; }

    public Layout Layout { get; }

    public Storage Storage { get; }

    public GradientCell Gradient { get; }

    /// <summary>Of a batch of sequences of unequal length: how many steps of each sample are its own. Null where all are.</summary>
    public SequenceLengths? Lengths { get; set; }

    /// <summary>The second half of the features comes from a recurrent layer that went from the end to the start.</summary>
    public bool IsBidirectional { get; set; }

    /// <summary>The same floats under another shape or layout of as many elements.</summary>
    public Tensor Reinterpret(string name, Shape shape, Layout layout) => new(name, shape, layout, this);
}

/// <summary>Where the gradient of a value gathers; shared by all views of the value.</summary>
internal sealed class GradientCell(bool isNeeded)
{
    /// <summary>Something trainable lies before the value.</summary>
    public bool IsNeeded { get; } = isNeeded;

    /// <summary>The gradient, once a reader of the value has written its part.</summary>
    public Storage? Storage { get; set; }
}
