using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;

namespace Dsl.Runtime;

/// <summary>An input or output of a network.</summary>
/// <param name="name">Its name.</param>
/// <param name="shape">Shape of a sample, channels first, without the batch.</param>
public sealed class PortInfo(string name, params int[] shape)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Shape of a sample, channels first, without the batch.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;

    /// <summary>What its elements are.</summary>
    public ElementType Element { get; init; }

    /// <summary>Of ids: how many there are, from 0; else 0.</summary>
    public int Vocabulary { get; init; }

    /// <summary>Elements of a sample.</summary>
    public int Size { get; } = Product(shape);

    /// <inheritdoc/>
    public override string ToString() => Name + " " + string.Join('×', Shape);

    private static int Product(int[] shape)
    {
        long product = 1;
        foreach (int size in shape)
        {
            product *= size;
            if (product > Array.MaxLength)
                throw new ArgumentException($"A sample of shape {string.Join('×', shape)} has more than the {Array.MaxLength} values that fit.", nameof(shape));
        }

        return (int)product;
    }
}

/// <summary>One parameter (or running statistic) of a network and where it lies in the flat buffer.</summary>
/// <param name="name">Its name in files: layer, dot, PyTorch's name.</param>
/// <param name="offset">Where it starts in the flat parameter buffer, in floats.</param>
/// <param name="trainable">False for frozen parameters and running statistics.</param>
/// <param name="start">How it gets its first values.</param>
/// <param name="argument">The constant, bound or deviation of <paramref name="start"/>.</param>
/// <param name="shape">Its shape in PyTorch's order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ParameterInfo(string name, long offset, bool trainable, ParameterStart start, double argument, params int[] shape)
{
    private readonly int[] shape = shape;

    /// <summary>Its name in files.</summary>
    public string Name { get; } = name;

    /// <summary>Offset in the flat buffer, in floats.</summary>
    public long Offset { get; } = offset;

    /// <summary>False for frozen parameters and running statistics.</summary>
    public bool IsTrainable { get; } = trainable;

    /// <summary>How it gets its first values.</summary>
    public ParameterStart Start { get; } = start;

    /// <summary>The constant, bound or deviation of <see cref="Start"/>.</summary>
    public double Argument { get; } = argument;

    /// <summary>The row of the first dimension that starts at zero whatever the rest does; -1 for none.</summary>
    public int ZeroRow { get; init; } = -1;

    /// <summary>The layer that gives the first values, where <see cref="Start"/> is <see cref="ParameterStart.Own"/>.</summary>
    public RowLayer? Own { get; init; }

    /// <summary>Its shape in PyTorch's order.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>Number of values.</summary>
    public int Count { get; } = new PortInfo(name, shape).Size;

    internal void Initialize(Span<float> values, ulong seed, int index)
    {
        switch (Start)
        {
            case ParameterStart.Uniform:
                Initialization.Uniform(values, Argument, seed, index);
                break;
            case ParameterStart.Normal:
                Initialization.Normal(values, Argument, seed, index);
                break;
            case ParameterStart.Orthogonal:
                Initialization.Orthogonal(values, shape[0], seed, index);
                break;
            case ParameterStart.Own:
                values.Clear();
                Own!.Initialize(values, new Random(unchecked((int)Philox.Bits(seed, Philox.Stream(RandomPurpose.Initialization, (ulong)index), 0))));
                break;
            default:
                values.Fill((float)Argument);
                break;
        }

        if (ZeroRow >= 0)
            values.Slice(ZeroRow * (Count / shape[0]), Count / shape[0]).Clear();
    }
}

/// <summary>Everything about a compiled network that is no code: what the runtime needs to feed, store, describe and train it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProgramInfo
{
    /// <summary>The class's name.</summary>
    public required string Name { get; init; }

    /// <summary>Inputs in declared order.</summary>
    public required PortInfo[] Inputs { get; init; }

    /// <summary>The main output, then each <c>Output</c> in order.</summary>
    public required PortInfo[] Outputs { get; init; }

    /// <summary>Parameters and running statistics in declared order.</summary>
    public required ParameterInfo[] Parameters { get; init; }

    /// <summary>Floats of the flat parameter buffer.</summary>
    public required long ParameterFloats { get; init; }

    /// <summary>Floats at its start that are trained.</summary>
    public required long TrainableFloats { get; init; }

    /// <summary>Floats of prepared weights for inference.</summary>
    public required long PreparedFloats { get; init; }

    /// <summary>Everything that the program can do, <see cref="EntryKind.Predict"/> first.</summary>
    public required EntryPointInfo[] EntryPoints { get; init; }

    /// <summary>What a loss wants beside the inputs.</summary>
    public TargetKind Target { get; init; }

    /// <summary>Labels or target values for each sample.</summary>
    public int TargetSize { get; init; }

    /// <summary>Where labels or targets are those of steps: which steps of a sample are its own; null where all are.</summary>
    public TargetLengths? TargetLengths { get; init; }

    /// <summary>What a target value says of its output.</summary>
    public TargetMeaning TargetMeaning { get; init; }

    /// <summary>Classes that labels tell apart; 0 without labels.</summary>
    public int Classes { get; init; }

    /// <summary>The label of the first class.</summary>
    public int LowestLabel { get; init; }

    /// <summary>From the label of a class to that of the next.</summary>
    public int LabelStep { get; init; } = 1;

    /// <summary>The label of no class that the loss passes over; null: every label counts.</summary>
    public int? IgnoredLabel { get; init; }

    /// <summary>True when the network has a loss.</summary>
    public bool HasLoss { get; init; }

    /// <summary>Why there are no gradients at the inputs, as a sentence without its stop; null where there are, or where all inputs are ids.</summary>
    public string? WhyNoInputGradients { get; init; }

    /// <summary>The optimizer as declared, <c>Adam</c>; null without one.</summary>
    public string? Optimizer { get; init; }

    /// <summary>What the optimizer keeps for each parameter, by PyTorch's names (<c>exp_avg</c>), in the order of its buffers.</summary>
    public string[] OptimizerState { get; init; } = [];

    /// <summary>True when the network has an optimizer.</summary>
    public bool HasOptimizer => Optimizer is not null;

    /// <summary>Buffers of <see cref="TrainableFloats"/> that the optimizer keeps.</summary>
    public int OptimizerBuffers => OptimizerState.Length;

    /// <summary>The optimizer's declared rate.</summary>
    public double LearningRate { get; init; }

    /// <summary>Smallest batch that can be trained.</summary>
    public int MinimumTrainingBatch { get; init; } = 1;

    /// <summary>Why it is more than 1, for the message: the first layer that asks for it, and what it lacks with fewer samples.</summary>
    public string MinimumTrainingBatchReason { get; init; } = "";

    /// <summary>Trainable and running values together, as counted in the declaration.</summary>
    public long ParameterCount { get; init; }

    /// <summary>Operations of one forward pass, a multiply-add counted as two.</summary>
    public long FlopsPerSample { get; init; }

    /// <summary>The labels of the classes in words: <c>0 to 9</c>, <c>-1 and +1</c>.</summary>
    internal string LabelRange => LabelStep == 1
        ? $"{LowestLabel} to {LowestLabel + Classes - 1}"
        : string.Join(" and ", Enumerable.Range(0, Classes).Select(index => $"{LowestLabel + (index * LabelStep):+0;-0;0}"));

    /// <summary>Whether a label is that of a class.</summary>
    internal bool IsClass(int label)
    {
        uint distance = (uint)(label - LowestLabel);
        return LabelStep == 1 ? distance < (uint)Classes : distance % (uint)LabelStep == 0 && distance / (uint)LabelStep < (uint)Classes;
    }

    /// <summary>The number of the entry point of a kind of which there is at most one, or -1.</summary>
    internal int EntryOf(EntryKind kind) => Array.FindIndex(EntryPoints, entry => entry.Kind == kind);

    /// <summary>Elements of an arena in which every entry point of training, or each of inference, has room: fixed ones, and those for each sample.</summary>
    /// <param name="isTraining">Of training, or of inference.</param>
    /// <param name="withInputs">Gradients at the inputs have room too.</param>
    internal (long FixedFloats, long SampleFloats, long FixedInts, long SampleInts) ArenaOf(bool isTraining, bool withInputs)
    {
        (long fixedFloats, long sampleFloats, long fixedInts, long sampleInts) = (0, 0, 0, 0);
        foreach (EntryPointInfo entry in EntryPoints)
        {
            if ((entry.Kind >= EntryKind.TrainStep) != isTraining)
                continue;
            fixedFloats = Math.Max(fixedFloats, withInputs ? Math.Max(entry.FixedFloats, entry.FixedFloatsWithInputs) : entry.FixedFloats);
            sampleFloats = Math.Max(sampleFloats, withInputs ? Math.Max(entry.SampleFloats, entry.SampleFloatsWithInputs) : entry.SampleFloats);
            fixedInts = Math.Max(fixedInts, entry.FixedInts);
            sampleInts = Math.Max(sampleInts, entry.SampleInts);
        }

        return (fixedFloats, sampleFloats, fixedInts, sampleInts);
    }

    /// <summary>What an entry point reads.</summary>
    internal IReadOnlyList<PortInfo> InputsOf(int entry) => EntryPoints[entry].Inputs ?? Inputs;

    /// <summary>What an entry point gives.</summary>
    internal IReadOnlyList<PortInfo> OutputsOf(int entry) => EntryPoints[entry].Outputs ?? Outputs;

    /// <summary>One row a layer: name, kind, shape, parameters, operations.</summary>
    public required LayerRow[] Rows { get; init; }
}

/// <summary>One line of the layer table.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Layer">The layer as declared.</param>
/// <param name="Shape">Its output, without the batch.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Operations">Operations a sample.</param>
public sealed record LayerRow(string Name, string Layer, string Shape, long Parameters, long Operations)
{
    /// <summary>Makes a row of a layer that reads others.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="layer">The layer as declared.</param>
    /// <param name="shape">Its output, without the batch.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="operations">Operations a sample.</param>
    /// <param name="inputs">The numbers of the rows that it reads.</param>
    public LayerRow(string name, string layer, string shape, long parameters, long operations, params int[] inputs)
        : this(name, layer, shape, parameters, operations) => Inputs = inputs;

    /// <summary>The numbers of the rows that it reads, from 0, the current output first; an input reads none.</summary>
    public IReadOnlyList<int> Inputs { get; init; } = [];

    /// <summary>The names of the network's outputs that it gives; most layers give none.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];
}
