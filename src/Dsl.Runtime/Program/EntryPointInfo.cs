using System.Collections.Generic;
using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>Something that a program can do: the runtime knows it by its number in <see cref="ProgramInfo.EntryPoints"/>.</summary>
/// <param name="name">Its name; of an exposed part the declared one.</param>
/// <param name="kind">What it is for.</param>
/// <param name="fixedFloats">Floats of the arena that do not depend on the batch.</param>
/// <param name="sampleFloats">Floats of the arena for each sample.</param>
/// <param name="inputs">What it reads; null: the network's inputs.</param>
/// <param name="outputs">What it gives; null: the network's outputs.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EntryPointInfo(string name, EntryKind kind, long fixedFloats, long sampleFloats, PortInfo[]? inputs = null, PortInfo[]? outputs = null)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it is for.</summary>
    public EntryKind Kind { get; } = kind;

    /// <summary>Floats of the arena that do not depend on the batch.</summary>
    public long FixedFloats { get; } = fixedFloats;

    /// <summary>Floats of the arena for each sample.</summary>
    public long SampleFloats { get; } = sampleFloats;

    /// <summary>Floats of the arena that do not depend on the batch, where gradients at the inputs are asked for; 0: no more than without.</summary>
    public long FixedFloatsWithInputs { get; init; }

    /// <summary>Floats of the arena for each sample, where gradients at the inputs are asked for; 0: no more than without.</summary>
    public long SampleFloatsWithInputs { get; init; }

    /// <summary>Int32 of the arena that do not depend on the batch.</summary>
    public long FixedInts { get; init; }

    /// <summary>Int32 of the arena for each sample.</summary>
    public long SampleInts { get; init; }

    /// <summary>Of the loss: it starts from the inputs, not from what <see cref="EntryKind.Predict"/> has left.</summary>
    public bool IncludesForward { get; init; }

    /// <summary>Its state: pairs of ports.</summary>
    public IReadOnlyList<CarryInfo> Carried { get; init; } = [];

    /// <summary>What its layers keep from run to run, and change in place.</summary>
    public IReadOnlyList<PortInfo> Kept { get; init; } = [];

    /// <summary>How many runs may follow one another, where tables or what is kept have a row for each; else 0.</summary>
    public int Context { get; init; }

    /// <summary>What it reads; null: the network's inputs.</summary>
    public IReadOnlyList<PortInfo>? Inputs { get; } = inputs;

    /// <summary>What it gives; null: the network's outputs.</summary>
    public IReadOnlyList<PortInfo>? Outputs { get; } = outputs;
}

/// <summary>A value that is carried from one run to the next: what one run gives at an output, the next takes at an input of the same shape.</summary>
/// <param name="input">Number of the input.</param>
/// <param name="output">Number of the output.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CarryInfo(int input, int output)
{
    /// <summary>Number of the input.</summary>
    public int Input { get; } = input;

    /// <summary>Number of the output.</summary>
    public int Output { get; } = output;
}
