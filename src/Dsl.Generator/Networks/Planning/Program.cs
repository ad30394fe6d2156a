using System;
using System.Collections.Generic;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>What comes in or goes out at one place: a batch of samples.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Shape of a sample.</param>
/// <param name="Element">What its elements are.</param>
/// <param name="Vocabulary">Of ids: how many there are, from 0; else 0.</param>
internal sealed record ProgramPort(string Name, Shape Shape, ElementType Element = ElementType.Float32, int Vocabulary = 0);

/// <summary>A value that a layer carries from one run to the next: what one run gives at an output, the next takes at an input.</summary>
/// <param name="Input">Number of the input.</param>
/// <param name="Output">Number of the output.</param>
internal readonly record struct Carry(int Input, int Output);

/// <summary>Something that a caller can start: its ports, its operations and its memory.</summary>
/// <param name="Name">Its name: of an exposed part the declared one.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Pass">What it does.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Outputs">What it gives.</param>
internal sealed record EntryPoint(string Name, EntryKind Kind, Pass Pass, IReadOnlyList<ProgramPort> Inputs, IReadOnlyList<ProgramPort> Outputs)
{
    /// <summary>Its state: pairs of ports.</summary>
    public IReadOnlyList<Carry> Carried { get; init; } = [];

    /// <summary>What its layers keep and change in place.</summary>
    public IReadOnlyList<ProgramPort> Kept { get; init; } = [];

    /// <summary>How many runs may follow one another, where tables or what is kept have a row for each; else 0.</summary>
    public int Context { get; init; }

    /// <summary>Of the loss: it starts from the inputs, not from what inference has left.</summary>
    public bool IncludesForward { get; init; }

    /// <summary>Those stages of the pass that it goes through: entry points of training share one pass and its memory.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = Pass.Stages;
}

/// <summary>
/// A checked network as operations and memory: all that is known before C# is written. What prints it looks at nothing else but the declaration's names.
/// </summary>
internal sealed record Program
{
    public Network Network { get; init; } = null!;

    /// <summary>The network's inputs in declared order.</summary>
    public IReadOnlyList<ProgramPort> Inputs { get; init; } = [];

    /// <summary>The main output, then each further one.</summary>
    public IReadOnlyList<ProgramPort> Outputs { get; init; } = [];

    /// <summary>Where parameters lie.</summary>
    public ParameterTable Parameters { get; init; } = null!;

    /// <summary>What makes the weights that inference wants.</summary>
    public Stage Preparation { get; init; } = null!;

    /// <summary>The storages that it makes.</summary>
    public IReadOnlyList<Storage> Prepared { get; init; } = [];

    public long PreparedFloats { get; init; }

    /// <summary>Everything that a caller can start, inference first.</summary>
    public IReadOnlyList<EntryPoint> EntryPoints { get; init; } = [];

    /// <summary>What the loss wants beside the inputs; null without a loss.</summary>
    public Target? Target { get; init; }

    /// <summary>Where labels or targets are those of steps: which steps of a sample are its own; null where all are.</summary>
    public SequenceLengths? TargetLengths { get; init; }

    /// <summary>Why a training batch needs two samples; null where it does not.</summary>
    public string? WhyTwoSamples { get; init; }

    /// <summary>Why there is no gradient at the inputs; null where there is.</summary>
    public string? WhyNoInputGradients { get; init; }

    /// <summary>The optimizer's memory and rate; null without one.</summary>
    public OptimizerTable? Optimizer { get; init; }

    /// <summary>The rate of each step; null where it stays.</summary>
    public ScheduleCall? Schedule { get; init; }

    /// <summary>The number of an exposed part among the entry points, by which the runtime starts it.</summary>
    /// <param name="name">The name that the declaration gives it.</param>
    public int NumberOfPart(string name)
    {
        for (int i = 0; i < EntryPoints.Count; i++)
        {
            if (EntryPoints[i].Kind == EntryKind.Part && EntryPoints[i].Name == name)
                return i;
        }

        throw new InvalidOperationException($"{Network.Declaration.Name} exposes no {name}.");
    }
}

/// <summary>What a loss wants beside the inputs.</summary>
/// <param name="Kind">Labels, values or nothing.</param>
/// <param name="Size">How many a sample.</param>
/// <param name="Classes">Classes that labels tell apart; 0 where there are none.</param>
/// <param name="Ignored">The label that is passed over, or null.</param>
/// <param name="LowestLabel">The label of the first class.</param>
/// <param name="LabelStep">From the label of a class to that of the next.</param>
/// <param name="Meaning">What a target value says.</param>
internal sealed record Target(TargetKind Kind, int Size, int Classes = 0, int? Ignored = null, int LowestLabel = 0, int LabelStep = 1, TargetMeaning Meaning = TargetMeaning.Other);

/// <summary>What the runtime keeps for an optimizer.</summary>
/// <param name="Name">The optimizer.</param>
/// <param name="State">What it keeps for each parameter, by PyTorch's names, in the order of its buffers.</param>
/// <param name="LearningRate">The declared rate.</param>
internal sealed record OptimizerTable(string Name, IReadOnlyList<string> State, double LearningRate);

/// <summary>An argument of a schedule: what <c>Fit</c> knows at a step, or a declared number.</summary>
internal enum ScheduleValue
{
    BaseRate,
    Step,
    TotalSteps,
    StepsPerEpoch,
    Whole,
    Real,
}

/// <summary>One argument of a schedule.</summary>
internal readonly record struct ScheduleArgument(ScheduleValue Value, double Number = 0)
{
    public static implicit operator ScheduleArgument(ScheduleValue value) => new(value);

    public static implicit operator ScheduleArgument(int number) => new(ScheduleValue.Whole, number);

    public static implicit operator ScheduleArgument(double number) => new(ScheduleValue.Real, number);
}

/// <summary>A function of the runtime's <c>Schedule</c> with its arguments in order.</summary>
internal sealed record ScheduleCall(string Function, params ScheduleArgument[] Arguments);
