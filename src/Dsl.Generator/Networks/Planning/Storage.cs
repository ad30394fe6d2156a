using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>Where the elements of a storage live while the generated code runs.</summary>
internal enum Home
{
    /// <summary>In the arena, once for each sample of the batch.</summary>
    Samples,

    /// <summary>In the arena, of a size that does not depend on the batch.</summary>
    Fixed,

    /// <summary>In the buffer of weights prepared for inference.</summary>
    Prepared,

    /// <summary>The caller's input.</summary>
    Input,

    /// <summary>The caller's output.</summary>
    Output,

    /// <summary>What a layer of a network that goes step by step keeps from one run to the next, and changes in place.</summary>
    Kept,

    /// <summary>The caller's labels.</summary>
    Labels,

    /// <summary>The caller's targets.</summary>
    Targets,

    /// <summary>The flat buffer of parameters.</summary>
    Parameters,

    /// <summary>The flat buffer of gradients.</summary>
    Gradients,

    /// <summary>A buffer of the optimizer.</summary>
    State,

    /// <summary>The loss: one float of the context.</summary>
    Loss,

    /// <summary>The gradient that the caller gives at the main output.</summary>
    OutputGradient,

    /// <summary>The gradient at an input, for the caller.</summary>
    InputGradient,

    /// <summary>The number of labels that were met: one float of the context.</summary>
    Correct,

    /// <summary>Whether the step may change anything: five floats of the context.</summary>
    Verdict,
}

/// <summary>A run of elements with a lifetime. Tensors that are views of each other share one.</summary>
internal sealed class Storage(string name, Home home, long count, ElementType element = ElementType.Float32)
{
    /// <summary>What it holds, for the names of locals in generated code.</summary>
    public string Name { get; } = name;

    public Home Home { get; set; } = home;

    /// <summary>What its elements are.</summary>
    public ElementType Element { get; } = element;

    /// <summary>Number of the input, the output or the optimizer's buffer.</summary>
    public int Port { get; set; }

    /// <summary>Elements: of one sample in a home that grows with the batch (samples, ports and their gradients, labels, targets), else in all.</summary>
    public long Count { get; } = count;

    /// <summary>The plan's answer, in elements from the start of the home; elements of each type lie by themselves.</summary>
    public long Offset { get; set; }

    /// <summary>All of its home, not a part of it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>It is touched only where the caller asks for gradients at the inputs.</summary>
    public bool IsConditional { get; set; }

    /// <summary>Index of the first operation that touches it; -1 before any.</summary>
    public int First { get; private set; } = -1;

    /// <summary>Index of the last operation that touches it.</summary>
    public int Last { get; private set; } = -1;

    /// <summary>The walk over the program, an object of its own, in which something was written here: the verifier's mark.</summary>
    public object? WrittenIn { get; set; }

    public void Touch(int operation)
    {
        if (First < 0)
            First = operation;
        Last = operation;
    }

    public override string ToString() => $"{Name} ({Home}, {Count})";
}
