using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>What one run of a compiled network reads and writes: its arena, the caller's data and the batch size. One thread at a time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StepContext
{
    private int isTaken;

    internal StepContext(NetworkProgram program)
    {
        Program = program;
        int inputs = 0;
        int outputs = 0;
        int kept = 0;
        for (int i = 0; i < program.Info.EntryPoints.Length; i++)
        {
            inputs = Math.Max(inputs, program.Info.InputsOf(i).Count);
            outputs = Math.Max(outputs, program.Info.OutputsOf(i).Count);
            kept = Math.Max(kept, program.Info.EntryPoints[i].Kept.Count);
        }

        Inputs = new FloatBuffer[inputs];
        IntInputs = new IntBuffer[inputs];
        Outputs = new FloatBuffer[outputs];
        Kept = new FloatBuffer[kept];
        InputStaging = new NetworkMemory?[inputs];
        IntStaging = new NetworkMemory?[inputs];
        OutputStaging = new NetworkMemory?[outputs];
        InputGradients = new FloatBuffer[program.Info.Inputs.Length];
        InputGradientStaging = new NetworkMemory?[program.Info.Inputs.Length];
    }

    /// <summary>Memory that does not depend on the batch.</summary>
    public FloatBuffer Fixed { get; internal set; }

    /// <summary>Memory in units of the batch.</summary>
    public FloatBuffer Samples { get; internal set; }

    /// <summary>Memory for int32 that does not depend on the batch.</summary>
    public IntBuffer FixedInts { get; internal set; }

    /// <summary>Memory for int32 in units of the batch.</summary>
    public IntBuffer SampleInts { get; internal set; }

    /// <summary>Samples in this run.</summary>
    public int Batch { get; internal set; }

    /// <summary>The inputs in declared order; at the place of ids nothing.</summary>
    public FloatBuffer[] Inputs { get; }

    /// <summary>The inputs that are ids, each at its place in declared order.</summary>
    public IntBuffer[] IntInputs { get; }

    /// <summary>Where the outputs go.</summary>
    public FloatBuffer[] Outputs { get; }

    /// <summary>What layers have kept of the runs before this one.</summary>
    public FloatBuffer[] Kept { get; }

    /// <summary>How many runs came before this one, of those that follow one another.</summary>
    public int Position { get; internal set; }

    /// <summary>The labels of a classification.</summary>
    public IntBuffer Labels { get; internal set; }

    /// <summary>The targets of a regression.</summary>
    public FloatBuffer Targets { get; internal set; }

    /// <summary>The main output's gradient as the caller gives it.</summary>
    public FloatBuffer OutputGradient { get; internal set; }

    /// <summary>True where gradients at the inputs are wanted.</summary>
    public bool WantsInputGradients { get; internal set; }

    /// <summary>Where the gradients at the inputs go; at the place of ids nothing.</summary>
    public FloatBuffer[] InputGradients { get; }

    /// <summary>Where the loss goes: one float.</summary>
    public FloatBuffer Loss { get; internal set; }

    /// <summary>Where the number of labels that were met goes: one float.</summary>
    public FloatBuffer Correct { get; internal set; }

    /// <summary>True where <see cref="Correct"/> is wanted.</summary>
    public bool CountsCorrect { get; internal set; }

    /// <summary>Whether the step may change anything: see <see cref="IBackend.CheckGradients"/>.</summary>
    public FloatBuffer Verdict { get; internal set; }

    /// <summary>The step's number, from 0.</summary>
    public long Step { get; internal set; }

    /// <summary>The learning rate of this step.</summary>
    public float LearningRate { get; internal set; }

    /// <summary>True while a step that was refused runs again to find the layer.</summary>
    public bool IsTraced { get; internal set; }

    /// <summary>
    /// Whose it is. Every run holds its context until it hands it back, so through here it holds the program and all of its memory too, though the
    /// kernels see but addresses: a network that nobody else reaches is not collected under a run.
    /// </summary>
    internal NetworkProgram Program { get; }

    internal string? FirstNonFinite { get; set; }

    internal NetworkMemory? Arena { get; set; }

    internal NetworkMemory? IntArena { get; set; }

    /// <summary>Samples for which the arena has room; -1 before there is one.</summary>
    internal int ArenaBatch { get; set; } = -1;

    /// <summary>True once the arena has room for what gradients at the inputs need.</summary>
    internal bool HasRoomForInputGradients { get; set; }

    /// <summary>False when each of the batch's labels is the ignored one.</summary>
    internal bool HasCountedLabels { get; set; } = true;

    /// <summary>Training steps whose outcome is on the backend alone.</summary>
    internal int Unread { get; set; }

    /// <summary>True from when the host has seen that a step was refused, until the verdict is taken back.</summary>
    internal bool IsRefused { get; set; }

    /// <summary>The step outcomes as they were read last: <see cref="StepOutcome"/>.</summary>
    internal float[] Outcomes { get; } = new float[StepOutcome.Floats];

    /// <summary>Where labels and targets of padded steps are not looked at: how many of each sample are.</summary>
    internal int[] OwnTargets { get; set; } = [];

    /// <summary>The labels with the ignored one in place of the others.</summary>
    internal int[] MaskedLabels { get; set; } = [];

    // Copies of the caller's data, for backends with their own memory and for networks of several inputs or outputs.
    internal NetworkMemory?[] InputStaging { get; }

    internal NetworkMemory?[] IntStaging { get; }

    internal NetworkMemory?[] OutputStaging { get; }

    internal NetworkMemory?[] InputGradientStaging { get; }

    internal NetworkMemory? OutputGradientStaging { get; set; }

    internal NetworkMemory? TargetStaging { get; set; }

    internal NetworkMemory? LabelStaging { get; set; }

    /// <summary>Frees its memory. Nobody has it any more.</summary>
    internal void Free()
    {
        Arena?.Free();
        IntArena?.Free();
        foreach (NetworkMemory? memory in InputStaging)
            memory?.Free();
        foreach (NetworkMemory? memory in IntStaging)
            memory?.Free();
        foreach (NetworkMemory? memory in OutputStaging)
            memory?.Free();
        foreach (NetworkMemory? memory in InputGradientStaging)
            memory?.Free();
        OutputGradientStaging?.Free();
        TargetStaging?.Free();
        LabelStaging?.Free();
    }

    /// <summary>Takes a context that nobody uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryTake() => isTaken == 0 && Interlocked.CompareExchange(ref isTaken, 1, 0) == 0;

    /// <summary>Lets others take it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Release() => Volatile.Write(ref isTaken, 0);
}
