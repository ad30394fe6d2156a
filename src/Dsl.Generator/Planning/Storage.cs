namespace Dsl.Generator.Planning;

/// <summary>Where the floats of a storage live while the generated code runs.</summary>
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
}

/// <summary>A run of floats with a lifetime. Tensors that are views of each other share one.</summary>
internal sealed class Storage(string name, Home home, long floats)
{
    /// <summary>What it holds, for the names of locals in generated code.</summary>
    public string Name { get; } = name;

    public Home Home { get; set; } = home;

    /// <summary>Number of the input or output.</summary>
    public int Port { get; set; }

    /// <summary>Floats: of one sample for <see cref="Home.Samples"/>, else in all.</summary>
    public long Floats { get; } = floats;

    /// <summary>The plan's answer, in floats from the start of the home.</summary>
    public long Offset { get; set; }

    /// <summary>Index of the first operation that touches it; -1 before any.</summary>
    public int First { get; private set; } = -1;

    /// <summary>Index of the last operation that touches it.</summary>
    public int Last { get; private set; } = -1;

    public void Touch(int operation)
    {
        if (First < 0)
            First = operation;
        Last = operation;
    }
}
