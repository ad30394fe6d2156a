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
public abstract partial class NetworkProgram : IDisposable
{
    private int disposed;

    private protected NetworkProgram(ProgramInfo info)
    {
        Info = info;
        Fits = new FitGuard(info.Name);
        PredictEntry = info.EntryOf(EntryKind.Predict);
        LossEntry = info.EntryOf(EntryKind.Loss);
        ProbabilitiesEntry = info.EntryOf(EntryKind.Probabilities);
        TrainEntry = info.EntryOf(EntryKind.TrainStep);
        GradientsEntry = info.EntryOf(EntryKind.Gradients);
        GradientsFromEntry = info.EntryOf(EntryKind.GradientsFrom);
        ApplyEntry = info.EntryOf(EntryKind.Apply);
        StepEntry = info.EntryOf(EntryKind.Step);
        PromptEntry = info.EntryOf(EntryKind.Prompt);
        NextEntry = info.EntryOf(EntryKind.Next);
    }

    // Numbers of the entry points; -1 of one that the declaration gives no reason for.
    private protected int PredictEntry { get; }

    private protected int LossEntry { get; }

    private protected int ProbabilitiesEntry { get; }

    private protected int TrainEntry { get; }

    private protected int GradientsEntry { get; }

    private protected int GradientsFromEntry { get; }

    private protected int ApplyEntry { get; }

    private protected int StepEntry { get; }

    private protected int PromptEntry { get; }

    private protected int NextEntry { get; }

    /// <summary>What the compiler knows about the network.</summary>
    public ProgramInfo Info { get; }

    /// <summary>The flat parameter buffer.</summary>
    protected internal FloatBuffer Parameters { get; private protected set; }

    /// <summary>The flat gradient buffer; offsets as in <see cref="Parameters"/>.</summary>
    protected internal FloatBuffer Gradients { get; private protected set; }

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

    /// <summary>Like <see cref="Predict"/>, turned into probabilities by the loss: softmax or sigmoid.</summary>
    public abstract void Probabilities(ReadOnlySpan<float> inputs, Span<float> probabilities);

    /// <summary>The label of each sample (or of each row, for a label a step).</summary>
    public abstract void Classify(ReadOnlySpan<float> inputs, Span<int> labels);

    /// <summary>Loss in inference mode.</summary>
    public abstract float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets);

    /// <summary>One training step; the loss before the update.</summary>
    public abstract float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets);

    /// <summary>Says what the network is in ONNX, layer by layer; generated code does.</summary>
    /// <param name="graph">What it is told to.</param>
    /// <exception cref="NotSupportedException">A layer has no form there.</exception>
    public virtual void DescribeOnnx(OnnxGraph graph) => throw new NotSupportedException($"{Info.Name} says nothing of what it is in ONNX.");

    /// <summary>Applies the gradients of the run before: the last part of a training step.</summary>
    /// <exception cref="InvalidOperationException">There are none that were not applied.</exception>
    /// <exception cref="NonFiniteLossException">A gradient, or what the step would have left, is infinite or NaN; it was not applied.</exception>
    public abstract void Apply();

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

    /// <inheritdoc cref="CheckApart(string, ReadOnlySpan{float}, string, ReadOnlySpan{float})"/>
    public void CheckApart(string otherName, ReadOnlySpan<float> other, string name, ReadOnlySpan<int> output) =>
        CheckApart(otherName, other, name, MemoryMarshal.Cast<int, float>(output));

    /// <inheritdoc cref="CheckApart(string, ReadOnlySpan{float}, string, ReadOnlySpan{float})"/>
    public void CheckApart(string otherName, ReadOnlySpan<int> other, string name, ReadOnlySpan<float> output) =>
        CheckApart(otherName, MemoryMarshal.Cast<int, float>(other), name, output);

    /// <inheritdoc cref="CheckApart(string, ReadOnlySpan{float}, string, ReadOnlySpan{float})"/>
    public void CheckApart(string otherName, ReadOnlySpan<int> other, string name, ReadOnlySpan<int> output) =>
        CheckApart(otherName, MemoryMarshal.Cast<int, float>(other), name, MemoryMarshal.Cast<int, float>(output));

    /// <summary>Starts an inference run of several inputs or outputs.</summary>
    public ProgramRun StartInference() => new(this, PredictEntry, training: false);

    /// <summary>Starts an inference run of an entry point: of an exposed part.</summary>
    /// <param name="entry">Its number in <see cref="ProgramInfo.EntryPoints"/>.</param>
    public ProgramRun Start(int entry) => new(this, entry, training: false);

    /// <summary>Starts a run that goes on from what the run before it has left, and leaves its own state in its place.</summary>
    /// <param name="state">From <see cref="NewState"/>; one run at a time.</param>
    public ProgramRun StartStep(CarriedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Program != this)
            throw new ArgumentException($"This state belongs to another network than {Info.Name}.", nameof(state));
        return new(this, state.Entry, training: false, state);
    }

    /// <summary>State for runs of a network that carries some: zeros.</summary>
    /// <param name="batch">Samples of each run, at least 1.</param>
    /// <exception cref="InvalidOperationException">No layer of the network carries state.</exception>
    public abstract CarriedState NewState(int batch);

    /// <summary>State for runs of one step each (<see cref="EntryKind.Next"/>) of a causal network.</summary>
    /// <param name="batch">Samples of each run, at least 1.</param>
    /// <exception cref="InvalidOperationException">The network has no such runs.</exception>
    public abstract CarriedState NewSteps(int batch);

    /// <summary>Starts a training step of several inputs.</summary>
    public ProgramRun StartTraining()
    {
        Fits.ThrowIfRunning("TrainStep");
        return StartFitStep();
    }

    /// <summary>Starts a run of gradients.</summary>
    public ProgramRun StartGradients()
    {
        Fits.ThrowIfRunning("Gradients");
        if (!Info.HasLoss)
            throw new InvalidOperationException($"{Info.Name} declares no loss, so it has no gradients; add for example [CrossEntropy].");
        return new(this, GradientsEntry, training: true);
    }

    /// <summary>Starts a training step of <c>Fit</c> itself.</summary>
    internal ProgramRun StartFitStep()
    {
        ThrowIfNotTrainable();
        return new(this, TrainEntry, training: true);
    }

    private protected void ThrowIfNotTrainable()
    {
        if (!Info.HasOptimizer)
            throw new InvalidOperationException($"{Info.Name} declares no loss and optimizer, so it cannot be trained; add for example [CrossEntropy, Adam].");
    }

    /// <summary>Refuses what a training step reads while it changes it: parameters and gradients.</summary>
    internal abstract void CheckNotOwn(string what, ReadOnlySpan<byte> bytes);

    internal abstract StepContext Rent(bool training);

    internal abstract void Return(StepContext context, bool training);

    internal abstract void SetInput(StepContext context, PortInfo port, int index, ReadOnlySpan<float> values, bool first);

    internal abstract void SetInput(StepContext context, PortInfo port, int index, ReadOnlySpan<int> ids, bool first);

    internal abstract void SetTarget(StepContext context, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets);

    internal abstract void Execute(StepContext context, int entry, CarriedState? state = null);

    internal abstract void GetOutput(StepContext context, PortInfo port, int index, Span<float> values);

    internal abstract float ExecuteLoss(StepContext context);

    /// <summary>Takes the main output's gradient.</summary>
    internal abstract void SetOutputGradient(StepContext context, string name, ReadOnlySpan<float> values);

    /// <summary>Makes room for the gradient at an input, and checks the caller's.</summary>
    internal abstract void WantInputGradient(StepContext context, int index, string name, ReadOnlySpan<float> values);

    /// <summary>Copies the gradient at an input out.</summary>
    internal abstract void GetInputGradient(StepContext context, int index, Span<float> values);

    /// <summary>The loss and its gradients.</summary>
    internal abstract float ExecuteGradients(StepContext context);

    /// <summary>The gradients of what a gradient at the main output stands for.</summary>
    internal abstract void ExecuteGradientsFrom(StepContext context);

    /// <summary>One training step and its loss.</summary>
    internal abstract float ExecuteTraining(StepContext context);

    /// <summary>True where reading what steps gave waits for nothing.</summary>
    internal abstract bool ReadsForFree { get; }

    /// <summary>One training step, counted as made. What it gave stays on the backend until <see cref="ReadOutcomes"/>.</summary>
    internal abstract void QueueTraining(StepContext context);

    /// <summary>
    /// Reads what the steps since the last call gave, and says how many of them were applied. Where that is not all, the step behind them was refused, and those
    /// behind it with it: none of them changed anything, and the count of steps is that before it.
    /// </summary>
    internal abstract int ReadOutcomes(StepContext context);

    /// <summary>The loss of one of the steps that were read last.</summary>
    internal abstract float LossOf(StepContext context, int step);

    /// <summary>How many labels or decisions it met.</summary>
    internal abstract int CorrectOf(StepContext context, int step);

    /// <summary>Why the step was refused that comes next; the context has its batch again.</summary>
    /// <param name="context">The run.</param>
    /// <param name="applied">What <see cref="ReadOutcomes"/> said.</param>
    internal abstract NonFiniteLossException Refusal(StepContext context, int applied);

    /// <summary>Called before the host is given parameters, gradients or state: a <c>Fit</c> then reads what it has not yet.</summary>
    internal Action? BeforeHostAccess { get; set; }

    internal abstract void TransformOutput(StepContext context);

    internal abstract void Labels(StepContext context, Span<int> labels);

    /// <summary>A part of the flat parameter buffer on the host. Where it is not only read, what is kept of prepared weights is made anew before the next run.</summary>
    internal abstract Span<float> ParameterSpan(long offset, int count, HostAccess access);

    internal abstract Span<float> GradientSpan(long offset, int count);

    /// <summary>A part of one of the optimizer's buffers on the host.</summary>
    internal abstract Span<float> StateSpan(int index, long offset, int count, HostAccess access);

    /// <summary>Makes weights ready for inference.</summary>
    protected abstract void Prepare();

    /// <summary>Does what an entry point does, on the context's ports.</summary>
    /// <param name="context">The run.</param>
    /// <param name="entry">Its number in <see cref="ProgramInfo.EntryPoints"/>.</param>
    protected abstract void Run(StepContext context, int entry);

    /// <summary>The schedule: the rate of a step (from 0). Without one, the base rate.</summary>
    protected virtual double ScheduledRate(double baseRate, long step, long totalSteps, int stepsPerEpoch) => baseRate;

    /// <summary>The rate of the step that comes next.</summary>
    internal double NextRate => ScheduledRate(LearningRate, Step, TotalSteps, StepsPerEpoch);

    /// <summary>A buffer of the optimizer; offsets as in <see cref="Parameters"/>.</summary>
    /// <param name="index">Its place in <see cref="ProgramInfo.OptimizerState"/>.</param>
    protected abstract FloatBuffer State(int index);

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
    private readonly int entry;
    private readonly bool training;
    private readonly CarriedState? state;
    private StepContext? context;
    private bool hasInput;

    internal ProgramRun(NetworkProgram program, int entry, bool training, CarriedState? state = null)
    {
        this.program = program;
        this.entry = entry;
        this.training = training;
        this.state = state;
        context = program.Rent(training);
    }

    private readonly StepContext Context => context ?? throw new ObjectDisposedException(nameof(ProgramRun));

    /// <summary>Gives input number <paramref name="index"/>; the first one sets the batch size.</summary>
    public void Input(int index, ReadOnlySpan<float> values)
    {
        PortInfo port = program.Info.InputsOf(entry)[index];
        if (training)
            program.CheckNotOwn(port.Name, MemoryMarshal.AsBytes(values));
        program.SetInput(Context, port, index, values, !hasInput);
        hasInput = true;
    }

    /// <summary>Gives input number <paramref name="index"/>, of ids; the first one sets the batch size.</summary>
    public void Input(int index, ReadOnlySpan<int> ids)
    {
        PortInfo port = program.Info.InputsOf(entry)[index];
        if (training)
            program.CheckNotOwn(port.Name, MemoryMarshal.AsBytes(ids));
        program.SetInput(Context, port, index, ids, !hasInput);
        hasInput = true;
    }

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

    /// <summary>Runs the entry point.</summary>
    public readonly void Execute() => program.Execute(Context, entry, state);

    /// <summary>Applies softmax or sigmoid to the main output.</summary>
    public readonly void ToProbabilities() => program.TransformOutput(Context);

    /// <summary>Copies an output out.</summary>
    public readonly void Output(int index, Span<float> values) => program.GetOutput(Context, program.Info.OutputsOf(entry)[index], index, values);

    /// <summary>Labels of the main output.</summary>
    public readonly void OutputLabels(Span<int> labels) => program.Labels(Context, labels);

    /// <summary>Forward pass and loss in inference mode.</summary>
    public readonly float ExecuteLoss() => program.ExecuteLoss(Context);

    /// <summary>Gives the gradient at the main output.</summary>
    /// <param name="name">The caller's name for it.</param>
    /// <param name="values">As the output lies.</param>
    public readonly void OutputGradient(string name, ReadOnlySpan<float> values)
    {
        program.CheckNotOwn(name, MemoryMarshal.AsBytes(values));
        program.SetOutputGradient(Context, name, values);
    }

    /// <summary>Asks for the gradient at an input.</summary>
    /// <param name="index">Number of the input.</param>
    /// <param name="name">The caller's name for where it goes.</param>
    /// <param name="values">Where it will go.</param>
    public readonly void WantInputGradient(int index, string name, ReadOnlySpan<float> values)
    {
        program.CheckNotOwn(name, MemoryMarshal.AsBytes(values));
        program.WantInputGradient(Context, index, name, values);
    }

    /// <summary>Copies the gradient at an input out.</summary>
    public readonly void InputGradient(int index, Span<float> values) => program.GetInputGradient(Context, index, values);

    /// <summary>Forward, loss and backward; the loss.</summary>
    public readonly float ExecuteGradients() => program.ExecuteGradients(Context);

    /// <summary>Forward, and backward from the gradient that was given.</summary>
    public readonly void ExecuteGradientsFrom() => program.ExecuteGradientsFrom(Context);

    /// <summary>One training step.</summary>
    public readonly float ExecuteTraining() => program.ExecuteTraining(Context);

    /// <summary>One training step whose outcome stays on the backend; it may also count how many labels were met.</summary>
    internal readonly void QueueTraining(bool countsCorrect)
    {
        Context.CountsCorrect = countsCorrect;
        program.QueueTraining(Context);
        Context.CountsCorrect = false;
    }

    /// <summary>Reads what steps gave: <see cref="NetworkProgram.ReadOutcomes"/>.</summary>
    internal readonly int ReadOutcomes() => program.ReadOutcomes(Context);

    /// <summary>The loss of one of the steps that were read last.</summary>
    internal readonly float LossOf(int step) => program.LossOf(Context, step);

    /// <summary>How many labels or decisions it met.</summary>
    internal readonly int CorrectOf(int step) => program.CorrectOf(Context, step);

    /// <summary>Why the step was refused whose batch was given: <see cref="NetworkProgram.Refusal"/>.</summary>
    internal readonly NonFiniteLossException Refusal(int applied) => program.Refusal(Context, applied);

    /// <summary>Hands the arena back.</summary>
    public void Dispose()
    {
        if (context is { } rented)
            program.Return(rented, training);
        context = null;
    }
}
