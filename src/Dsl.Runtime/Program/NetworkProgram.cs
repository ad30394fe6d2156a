using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>
/// What a network class holds: its compiled code on some backend, its parameters there, and the arenas that its runs use.
/// The generated <c>Program&lt;TBackend&gt;</c> fills in the stages.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NetworkProgram : IDisposable
{
    private int disposed;

    private protected NetworkProgram(ProgramInfo info)
    {
        Info = info;
        Fits = new FitGuard(info.Name);
    }

    /// <summary>What the compiler knows about the network.</summary>
    public ProgramInfo Info { get; }

    /// <summary>The flat parameter buffer.</summary>
    protected internal FloatBuffer Parameters { get; private protected set; }

    /// <summary>The flat gradient buffer; offsets as in <see cref="Parameters"/>.</summary>
    protected internal FloatBuffer Gradients { get; private protected set; }

    /// <summary>First buffer of the optimizer.</summary>
    protected FloatBuffer State0 => GetState(0);

    /// <summary>Second buffer of the optimizer.</summary>
    protected FloatBuffer State1 => GetState(1);

    /// <summary>Where <see cref="Prepare"/> puts weights as inference wants them.</summary>
    protected FloatBuffer Prepared { get; private protected set; }

    /// <summary>Seed of initialisation and dropout.</summary>
    protected internal ulong Seed { get; internal set; }

    /// <summary>Whether a <c>Fit</c> is running.</summary>
    internal FitGuard Fits { get; }

    internal bool IsDisposed => Volatile.Read(ref disposed) != 0;

    internal long Step { get; set; }

    internal double LearningRate { get; set; }

    internal long TotalSteps { get; set; }

    internal int StepsPerEpoch { get; set; }

    /// <summary>Frees the network's memory, after the runs that are under way.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Main output of the batch in <paramref name="inputs"/>, for networks of one input and one output.</summary>
    /// <exception cref="ArgumentException">A length does not fit, or the outputs overlap the inputs or the parameters in memory.</exception>
    public abstract void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>Like <see cref="Predict"/>, with <see cref="OutputProbabilities"/> applied to the result.</summary>
    public abstract void Probabilities(ReadOnlySpan<float> inputs, Span<float> probabilities);

    /// <summary>The label of each sample (or of each row, for a label a step).</summary>
    public abstract void Classify(ReadOnlySpan<float> inputs, Span<int> labels);

    /// <summary>Loss in inference mode.</summary>
    public abstract float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets);

    /// <summary>One training step; the loss before the update.</summary>
    public abstract float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets);

    /// <summary>Used by generated code: refuses an output that overlaps an input or another output in memory, for it would be written under the other's feet.</summary>
    /// <param name="otherName">Name of the input or other output.</param>
    /// <param name="other">Its values.</param>
    /// <param name="name">Name of the output.</param>
    /// <param name="output">Where it goes.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public void CheckApart(string otherName, ReadOnlySpan<float> other, string name, ReadOnlySpan<float> output)
    {
        if (other.Overlaps(output))
            RefuseOverlap(otherName, name);
    }

    /// <summary>Like the other, for labels.</summary>
    /// <param name="otherName">Name of the input.</param>
    /// <param name="other">Its values.</param>
    /// <param name="name">What the labels are called.</param>
    /// <param name="labels">Where they go.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public void CheckApart(string otherName, ReadOnlySpan<float> other, string name, ReadOnlySpan<int> labels)
    {
        if (other.Overlaps(MemoryMarshal.Cast<int, float>(labels)))
            RefuseOverlap(otherName, name);
    }

    /// <summary>Starts an inference run of several inputs or outputs, or of a part of the network.</summary>
    public ProgramRun StartInference() => new(this, training: false);

    /// <summary>Starts a training step of several inputs.</summary>
    public ProgramRun StartTraining()
    {
        Fits.ThrowIfRunning("TrainStep");
        return new ProgramRun(this, training: true);
    }

    /// <summary>Starts a training step of <c>Fit</c> itself.</summary>
    internal ProgramRun StartFitStep() => new(this, training: true);

    /// <summary>Refuses an output that would be written over the parameters.</summary>
    internal abstract void CheckNotParameters(string what, ReadOnlySpan<byte> bytes);

    /// <summary>Refuses what a training step reads while it changes it: parameters and gradients.</summary>
    internal abstract void CheckNotOwn(string what, ReadOnlySpan<byte> bytes);

    internal abstract StepContext Rent(bool training);

    internal abstract void Return(StepContext context, bool training);

    internal abstract void SetInput(StepContext context, int index, ReadOnlySpan<float> values, bool first);

    internal abstract void SetPart(StepContext context, ReadOnlySpan<float> values, int sampleSize, string name);

    internal abstract void SetTarget(StepContext context, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets);

    internal abstract void Execute(StepContext context);

    internal abstract void ExecutePart(StepContext context, int part, int outputSize);

    internal abstract void GetOutput(StepContext context, int index, Span<float> values, int size, string name);

    internal abstract float ExecuteLoss(StepContext context);

    internal abstract float ExecuteTraining(StepContext context);

    internal abstract int ReadCorrect(StepContext context);

    internal abstract void TransformOutput(StepContext context);

    internal abstract void Labels(StepContext context, Span<int> labels);

    /// <summary>A span of the flat parameter buffer on the host. Writable: what is kept of prepared weights is made anew before the next run.</summary>
    internal abstract Span<float> ParameterSpan(long offset, int count, bool willWrite);

    internal abstract ReadOnlySpan<float> GradientSpan(long offset, int count);

    internal abstract Span<float> StateSpan(int index, bool willWrite);

    /// <summary>Makes weights ready for inference.</summary>
    protected abstract void Prepare();

    /// <summary>The forward pass in inference mode, from the context's inputs to its outputs.</summary>
    protected abstract void Infer(StepContext context);

    /// <summary>An exposed part of the forward pass: from the context's first input to its first output.</summary>
    protected virtual void InferPart(StepContext context, int part) => throw new InvalidOperationException($"{Info.Name} has no part {part}.");

    /// <summary>Loss of the context's main output against its target into its loss.</summary>
    protected virtual void InferLoss(StepContext context) => throw new InvalidOperationException($"{Info.Name} declares no loss.");

    /// <summary>Forward, loss, backward and optimizer.</summary>
    protected virtual void Train(StepContext context) => throw new InvalidOperationException($"{Info.Name} declares no optimizer.");

    /// <summary>Turns the main output into probabilities, in place: softmax or sigmoid, by the loss.</summary>
    protected virtual void OutputProbabilities(StepContext context)
    {
    }

    /// <summary>The schedule: the rate of a step (from 0). Without one, the base rate.</summary>
    protected virtual double ScheduledRate(double baseRate, long step, long totalSteps, int stepsPerEpoch) => baseRate;

    /// <summary>The rate of the step that comes next.</summary>
    internal double NextRate => ScheduledRate(LearningRate, Step, TotalSteps, StepsPerEpoch);

    private protected abstract FloatBuffer GetState(int index);

    private protected abstract void Dispose(bool disposing);

    /// <summary>False when it was disposed before.</summary>
    private protected bool SetDisposed() => Interlocked.Exchange(ref disposed, 1) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ThrowIfDisposed()
    {
        if (IsDisposed)
            ThrowDisposed();
    }

    private void RefuseOverlap(string otherName, string name) =>
        throw new ArgumentException($"{Info.Name}: {name} overlaps {otherName} in memory; an output needs memory of its own.");

    private void ThrowDisposed() => throw new ObjectDisposedException(Info.Name, $"This {Info.Name} was disposed; make or load a new one.");
}

/// <summary>One run under way: inputs in, execute, outputs out. Dispose it to hand its arena back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ProgramRun
{
    private readonly NetworkProgram program;
    private readonly bool training;
    private StepContext? context;
    private bool hasInput;

    internal ProgramRun(NetworkProgram program, bool training)
    {
        this.program = program;
        this.training = training;
        context = program.Rent(training);
    }

    private readonly StepContext Context => context ?? throw new ObjectDisposedException(nameof(ProgramRun));

    /// <summary>Gives input number <paramref name="index"/>; the first one sets the batch size.</summary>
    public void Input(int index, ReadOnlySpan<float> values)
    {
        if (training)
            program.CheckNotOwn(program.Info.Inputs[index].Name, MemoryMarshal.AsBytes(values));
        program.SetInput(Context, index, values, !hasInput);
        hasInput = true;
    }

    /// <summary>Gives the values that an exposed part starts from.</summary>
    public readonly void PartInput(ReadOnlySpan<float> values, int sampleSize, string name) => program.SetPart(Context, values, sampleSize, name);

    /// <summary>Gives the labels.</summary>
    public readonly void Labels(ReadOnlySpan<int> labels)
    {
        if (training)
            program.CheckNotOwn("labels", MemoryMarshal.AsBytes(labels));
        program.SetTarget(Context, labels, default);
    }

    /// <summary>Gives the targets.</summary>
    public readonly void Targets(ReadOnlySpan<float> targets)
    {
        if (training)
            program.CheckNotOwn("targets", MemoryMarshal.AsBytes(targets));
        program.SetTarget(Context, default, targets);
    }

    /// <summary>Runs the forward pass.</summary>
    public readonly void Execute() => program.Execute(Context);

    /// <summary>Runs an exposed part.</summary>
    public readonly void ExecutePart(int part, int outputSize) => program.ExecutePart(Context, part, outputSize);

    /// <summary>Applies softmax or sigmoid to the main output.</summary>
    public readonly void ToProbabilities() => program.TransformOutput(Context);

    /// <summary>Copies an output out.</summary>
    public readonly void Output(int index, Span<float> values)
    {
        PortInfo port = program.Info.Outputs[index];
        program.GetOutput(Context, index, values, port.Size, port.Name);
    }

    /// <summary>Copies an exposed part's values out.</summary>
    public readonly void PartOutput(Span<float> values, int size, string name) => program.GetOutput(Context, 0, values, size, name);

    /// <summary>Labels of the main output.</summary>
    public readonly void OutputLabels(Span<int> labels) => program.Labels(Context, labels);

    /// <summary>Forward pass and loss in inference mode.</summary>
    public readonly float ExecuteLoss() => program.ExecuteLoss(Context);

    /// <summary>One training step.</summary>
    public readonly float ExecuteTraining() => program.ExecuteTraining(Context);

    /// <summary>One training step that also counts how many labels were met.</summary>
    internal readonly float ExecuteTraining(bool countsCorrect, out int correct)
    {
        Context.CountsCorrect = countsCorrect;
        float loss = program.ExecuteTraining(Context);
        correct = countsCorrect ? program.ReadCorrect(Context) : 0;
        Context.CountsCorrect = false;
        return loss;
    }

    /// <summary>Hands the arena back.</summary>
    public void Dispose()
    {
        if (context is { } rented)
            program.Return(rented, training);
        context = null;
    }
}
