using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>A compiled network on a backend: its memory, and the checks around each run.</summary>
/// <typeparam name="TBackend">The backend.</typeparam>
public abstract class NetworkProgram<TBackend> : NetworkProgram
    where TBackend : struct, IBackend
{
    private readonly Lock preparing = new();
    private readonly Lock training = new();
    private readonly ConcurrentBag<StepContext> idle = [];
    private readonly float[]? hostParameters;
    private readonly FloatBuffer[] states;
    private float[]? hostGradients;
    private float[]?[]? hostStates;
    private StepContext? lastIdle;
    private StepContext? trainer;
    private long version = 1;
    private long preparedVersion;
    private bool hostIsNewer;

    /// <summary>Allocates the parameters; the network class fills them.</summary>
    protected NetworkProgram(ProgramInfo info)
        : base(info)
    {
        Parameters = TBackend.Allocate(info.ParameterFloats);
        Prepared = TBackend.Allocate(info.PreparedFloats);
        states = new FloatBuffer[info.OptimizerBuffers];
        if (!TBackend.UsesHostMemory)
            hostParameters = new float[info.ParameterFloats];
    }

    /// <summary>Frees native memory that a caller forgot to dispose.</summary>
    ~NetworkProgram() => Dispose(false);

    /// <inheritdoc/>
    public sealed override unsafe void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        int batch = BatchOf(inputs.Length, Info.Inputs[0]);
        CheckOutput(outputs.Length, batch, Info.Outputs[0].Size, Info.Outputs[0].Name);
        if (batch == 0)
            return;
        StepContext context = Rent(training: false);
        try
        {
            if (TBackend.UsesHostMemory)
            {
                fixed (float* x = inputs)
                fixed (float* y = outputs)
                {
                    context.Inputs[0] = new FloatBuffer((nint)x);
                    context.Outputs[0] = new FloatBuffer((nint)y);
                    SetBatch(context, batch, isTraining: false);
                    EnsurePrepared();
                    Infer(context);
                }
            }
            else
            {
                SetInput(context, 0, inputs, first: true);
                Execute(context);
                GetOutput(context, 0, outputs, Info.Outputs[0].Size, Info.Outputs[0].Name);
            }
        }
        finally
        {
            Return(context, training: false);
        }
    }

    /// <inheritdoc/>
    public sealed override void Probabilities(ReadOnlySpan<float> inputs, Span<float> probabilities)
    {
        int batch = BatchOf(inputs.Length, Info.Inputs[0]);
        CheckOutput(probabilities.Length, batch, Info.Outputs[0].Size, Info.Outputs[0].Name);
        using ProgramRun run = StartInference();
        run.Input(0, inputs);
        run.Execute();
        run.ToProbabilities();
        run.Output(0, probabilities);
    }

    /// <inheritdoc/>
    public sealed override void Classify(ReadOnlySpan<float> inputs, Span<int> labels)
    {
        BatchOf(inputs.Length, Info.Inputs[0]);
        using ProgramRun run = StartInference();
        run.Input(0, inputs);
        run.Execute();
        run.OutputLabels(labels);
    }

    /// <inheritdoc/>
    public sealed override float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
    {
        using ProgramRun run = StartInference();
        run.Input(0, inputs);
        if (Info.Target == TargetKind.Labels)
            run.Labels(labels);
        else if (Info.Target == TargetKind.Values)
            run.Targets(targets);
        return run.ExecuteLoss();
    }

    /// <inheritdoc/>
    public sealed override unsafe float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
    {
        BatchOf(inputs.Length, Info.Inputs[0]);
        StepContext context = Rent(training: true);
        try
        {
            if (!TBackend.UsesHostMemory)
            {
                SetInput(context, 0, inputs, first: true);
                if (Info.Target != TargetKind.None)
                    SetTarget(context, labels, targets);
                return ExecuteTraining(context);
            }

            fixed (float* x = inputs)
            fixed (int* label = labels)
            fixed (float* target = targets)
            {
                int batch = BatchOf(inputs.Length, Info.Inputs[0]);
                CheckTargets(batch, labels, targets);
                context.Inputs[0] = new FloatBuffer((nint)x);
                context.Labels = new IntBuffer((nint)label);
                context.Targets = new FloatBuffer((nint)target);
                context.Batch = batch;
                return ExecuteTraining(context);
            }
        }
        finally
        {
            Return(context, training: true);
        }
    }

    /// <summary>The buffer that stands for "not given".</summary>
    protected static FloatBuffer None => default;

    /// <summary>A batch of samples at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static TensorView View(FloatBuffer start, in TensorLayout layout) => new(start, layout);

    /// <summary>Used by generated code in a traced step: notes the first layer whose output is not finite.</summary>
    protected static void Trace(StepContext context, string layer, in TensorView output)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.FirstNonFinite is null && !TBackend.AllFinite(output, context.Batch))
            context.FirstNonFinite = layer;
    }

    internal sealed override StepContext Rent(bool training)
    {
        ThrowIfDisposed();
        if (training)
        {
            if (!Info.HasOptimizer)
                throw new InvalidOperationException($"{Info.Name} declares no loss and optimizer, so it cannot be trained; add for example [CrossEntropy, Adam].");
            this.training.Enter();
            return trainer ??= new StepContext(Info.Inputs.Length, Info.Outputs.Length);
        }

        StepContext? context = Interlocked.Exchange(ref lastIdle, null);
        if (context is null && !idle.TryTake(out context))
            context = new StepContext(Info.Inputs.Length, Info.Outputs.Length);
        return context;
    }

    internal sealed override void Return(StepContext context, bool training)
    {
        if (training)
            this.training.Exit();
        else if (Interlocked.CompareExchange(ref lastIdle, context, null) is not null)
            idle.Add(context);
    }

    internal sealed override void SetInput(StepContext context, int index, ReadOnlySpan<float> values, bool first)
    {
        PortInfo port = Info.Inputs[index];
        int batch = BatchOf(values.Length, port);
        if (first)
            context.Batch = batch;
        else if (batch != context.Batch)
            throw new ArgumentException($"{Info.Name}: {port} was given {batch} samples ({values.Length} values), but the input before it {context.Batch}.");
        Stage(context, index, values);
    }

    internal sealed override void SetPart(StepContext context, ReadOnlySpan<float> values, int sampleSize, string name)
    {
        if (values.Length % sampleSize != 0)
            throw new ArgumentException($"{Info.Name}: {name} has {sampleSize} values a sample, so a batch has a multiple of that, but {values.Length} values were given.", nameof(values));
        context.Batch = values.Length / sampleSize;
        Stage(context, 0, values);
    }

    internal sealed override void SetTarget(StepContext context, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
    {
        CheckTargets(context.Batch, labels, targets);
        if (Info.Target == TargetKind.Labels)
        {
            if (context.LabelCapacity < labels.Length)
            {
                if (context.LabelCapacity > 0)
                    TBackend.Free(context.LabelStaging);
                context.LabelStaging = TBackend.AllocateInts(labels.Length);
                context.LabelCapacity = labels.Length;
            }

            TBackend.Write(labels, context.LabelStaging);
            context.Labels = context.LabelStaging;
        }
        else
        {
            if (context.TargetCapacity < targets.Length)
            {
                if (context.TargetCapacity > 0)
                    TBackend.Free(context.TargetStaging);
                context.TargetStaging = TBackend.Allocate(targets.Length);
                context.TargetCapacity = targets.Length;
            }

            TBackend.Write(targets, context.TargetStaging);
            context.Targets = context.TargetStaging;
        }
    }

    internal sealed override void Execute(StepContext context)
    {
        SetBatch(context, context.Batch, isTraining: false);
        for (int i = 0; i < Info.Outputs.Length; i++)
            StageOutput(context, i, Info.Outputs[i].Size);
        if (context.Batch == 0)
            return;
        EnsurePrepared();
        Infer(context);
    }

    internal sealed override void ExecutePart(StepContext context, int part, int outputSize)
    {
        SetBatch(context, context.Batch, isTraining: false);
        StageOutput(context, 0, outputSize);
        if (context.Batch == 0)
            return;
        EnsurePrepared();
        InferPart(context, part);
    }

    internal sealed override void GetOutput(StepContext context, int index, Span<float> values, int size, string name)
    {
        CheckOutput(values.Length, context.Batch, size, name);
        TBackend.Read(context.OutputStaging[index], values);
    }

    internal sealed override float ExecuteLoss(StepContext context)
    {
        if (!Info.HasLoss)
            throw new InvalidOperationException($"{Info.Name} declares no loss.");
        if (context.Batch == 0)
            throw new ArgumentException($"{Info.Name}: a loss needs at least one sample, but none was given.");
        Execute(context);
        InferLoss(context);
        return ReadFirst(context.Loss);
    }

    internal sealed override float ExecuteTraining(StepContext context)
    {
        if (context.Batch < Info.MinimumTrainingBatch)
        {
            throw new ArgumentException(context.Batch == 0
                ? $"{Info.Name}: a training step needs at least one sample, but none was given."
                : $"{Info.Name}: {Info.BatchNormName} has one value per channel and sample, so a training batch needs at least 2 samples, but 1 was given.");
        }

        EnsureTrainingMemory();
        SyncToBackend();
        SetBatch(context, context.Batch, isTraining: true);
        context.Step = Step;
        context.LearningRate = (float)NextRate;
        Train(context);
        float loss = ReadFirst(context.Loss);
        if (!float.IsFinite(loss))
            throw new NonFiniteLossException(loss, Step, FindNonFinite(context));
        Step++;
        WeightsChanged();
        return loss;
    }

    internal sealed override int ReadCorrect(StepContext context) => (int)ReadFirst(context.Correct);

    internal sealed override void TransformOutput(StepContext context)
    {
        if (context.Batch > 0)
            OutputProbabilities(context);
    }

    internal sealed override unsafe void Labels(StepContext context, Span<int> labels)
    {
        int rows = context.Batch * Info.TargetSize;
        if (labels.Length != rows)
            throw new ArgumentException($"{Info.Name}: {context.Batch} samples give {rows} labels, but the span has room for {labels.Length}.", nameof(labels));
        int columns = Info.Outputs[0].Size / Info.TargetSize;
        if (TBackend.UsesHostMemory)
        {
            PickLabels(new ReadOnlySpan<float>(context.OutputStaging[0].Pointer, rows * columns), labels, columns);
            return;
        }

        float[] values = new float[rows * columns];
        TBackend.Read(context.OutputStaging[0], values);
        PickLabels(values, labels, columns);
    }

    internal sealed override unsafe Span<float> ParameterSpan(long offset, int count, bool willWrite)
    {
        ThrowIfDisposed();
        if (willWrite)
            WeightsChanged();
        if (hostParameters is null)
            return new Span<float>((Parameters + offset).Pointer, count);
        if (!hostIsNewer)
            TBackend.Read(Parameters, hostParameters);
        hostIsNewer |= willWrite;
        return hostParameters.AsSpan((int)offset, count);
    }

    internal sealed override unsafe ReadOnlySpan<float> GradientSpan(long offset, int count)
    {
        ThrowIfDisposed();
        EnsureTrainingMemory();
        if (TBackend.UsesHostMemory)
            return new ReadOnlySpan<float>((Gradients + offset).Pointer, count);
        hostGradients ??= new float[Info.TrainableFloats];
        TBackend.Read(Gradients, hostGradients);
        return hostGradients.AsSpan((int)offset, count);
    }

    internal sealed override unsafe Span<float> StateSpan(int index, bool willWrite)
    {
        ThrowIfDisposed();
        EnsureTrainingMemory();
        if (TBackend.UsesHostMemory)
            return new Span<float>(states[index].Pointer, (int)Info.TrainableFloats);
        hostStates ??= new float[states.Length][];
        float[] host = hostStates[index] ??= new float[Info.TrainableFloats];
        if (!hostIsNewer)
            TBackend.Read(states[index], host);
        hostIsNewer |= willWrite;
        return host;
    }

    private protected sealed override FloatBuffer GetState(int index) => states[index];

    private protected sealed override void Dispose(bool disposing)
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        FreeIfGiven(Parameters);
        FreeIfGiven(Prepared);
        FreeIfGiven(Gradients);
        foreach (FloatBuffer state in states ?? [])
            FreeIfGiven(state);
        if (trainer is not null)
            Free(trainer);
        if (lastIdle is not null)
            Free(lastIdle);
        while (idle?.TryTake(out StepContext? context) == true)
            Free(context);
    }

    private static void FreeIfGiven(FloatBuffer buffer)
    {
        if (!buffer.IsNone)
            TBackend.Free(buffer);
    }

    private static void Free(StepContext context)
    {
        FreeIfGiven(context.Arena);
        foreach (FloatBuffer buffer in context.InputStaging)
            FreeIfGiven(buffer);
        foreach (FloatBuffer buffer in context.OutputStaging)
            FreeIfGiven(buffer);
        FreeIfGiven(context.TargetStaging);
        if (!context.LabelStaging.IsNone)
            TBackend.Free(context.LabelStaging);
    }

    private static unsafe float ReadFirst(FloatBuffer buffer)
    {
        if (TBackend.UsesHostMemory)
            return *buffer.Pointer;
        float value = 0;
        TBackend.Read(buffer, new Span<float>(ref value));
        return value;
    }

    private static void Stage(StepContext context, int index, ReadOnlySpan<float> values)
    {
        if (context.InputCapacity[index] < values.Length)
        {
            FreeIfGiven(context.InputStaging[index]);
            context.InputStaging[index] = TBackend.Allocate(values.Length);
            context.InputCapacity[index] = values.Length;
        }

        if (values.Length > 0)
            TBackend.Write(values, context.InputStaging[index]);
        context.Inputs[index] = context.InputStaging[index];
    }

    private static void StageOutput(StepContext context, int index, int size)
    {
        long count = (long)context.Batch * size;
        if (context.OutputCapacity[index] < count)
        {
            FreeIfGiven(context.OutputStaging[index]);
            context.OutputStaging[index] = TBackend.Allocate(count);
            context.OutputCapacity[index] = count;
        }

        context.Outputs[index] = context.OutputStaging[index];
    }

    private void SetBatch(StepContext context, int batch, bool isTraining)
    {
        context.Batch = batch;
        long fixedFloats = isTraining ? Info.TrainingFixedFloats : Info.InferenceFixedFloats;
        long sampleFloats = isTraining ? Info.TrainingSampleFloats : Info.InferenceSampleFloats;
        long floats = 16 + fixedFloats + (sampleFloats * batch);
        if (context.ArenaFloats < floats)
        {
            FreeIfGiven(context.Arena);
            context.Arena = TBackend.Allocate(floats);
            context.ArenaFloats = floats;
        }

        context.Loss = context.Arena;
        context.Correct = context.Arena + 1;
        context.Fixed = context.Arena + 16;
        context.Samples = context.Arena + (16 + fixedFloats);
    }

    private void EnsureTrainingMemory()
    {
        if (!Gradients.IsNone)
            return;
        Gradients = TBackend.Allocate(Info.TrainableFloats);
        for (int i = 0; i < states.Length; i++)
            states[i] = TBackend.Allocate(Info.TrainableFloats);
    }

    private void EnsurePrepared()
    {
        if (Volatile.Read(ref preparedVersion) == Volatile.Read(ref version))
            return;
        lock (preparing)
        {
            long current = Volatile.Read(ref version);
            if (preparedVersion == current)
                return;
            SyncToBackend();
            Prepare();
            Volatile.Write(ref preparedVersion, current);
        }
    }

    private void WeightsChanged() => Interlocked.Increment(ref version);

    private void SyncToBackend()
    {
        if (!hostIsNewer)
            return;
        hostIsNewer = false;
        TBackend.Write(hostParameters, Parameters);
        for (int i = 0; hostStates is not null && i < states.Length; i++)
        {
            if (hostStates[i] is { } host)
                TBackend.Write(host, states[i]);
        }
    }

    private string? FindNonFinite(StepContext context)
    {
        for (int i = 0; i < Info.Inputs.Length; i++)
        {
            if (!TBackend.AllFinite(new TensorView(context.Inputs[i], new TensorLayout(Info.Inputs[i].Size)), context.Batch))
                return Info.Inputs[i].Name;
        }

        // The optimizer left the weights alone, so the same step runs again and each layer is looked at.
        context.FirstNonFinite = null;
        context.IsTraced = true;
        try
        {
            Train(context);
        }
        finally
        {
            context.IsTraced = false;
        }

        return context.FirstNonFinite;
    }

    private void PickLabels(ReadOnlySpan<float> values, Span<int> labels, int columns)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<float> scores = values.Slice(row * columns, columns);
            labels[row] = Info.SignedLabels ? (scores[0] < 0 ? -1 : 1) : IndexOfLargest(scores);
        }
    }

    private static int IndexOfLargest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return best;
    }

    private int BatchOf(int length, PortInfo port)
    {
        int size = port.Size;
        int batch = length / size;
        return batch * size == length
            ? batch
            : throw new ArgumentException($"{Info.Name}: {port} has {size} values a sample, so a batch has a multiple of that, but {length} values were given.");
    }

    private void CheckOutput(int length, int batch, int size, string name)
    {
        if (length != (long)batch * size)
            throw new ArgumentException($"{Info.Name}: {batch} samples of output {name} are {(long)batch * size} values ({size} each), but the span has room for {length}.");
    }

    private void CheckTargets(int batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
    {
        long wanted = (long)batch * Info.TargetSize;
        if (Info.Target == TargetKind.Labels)
        {
            if (labels.Length != wanted)
                throw new ArgumentException($"{Info.Name}: {batch} samples need {wanted} labels, but {labels.Length} were given.", nameof(labels));
            CheckLabels(labels);
        }
        else if (Info.Target == TargetKind.Values && targets.Length != wanted)
        {
            throw new ArgumentException($"{Info.Name}: {batch} samples need {wanted} target values ({Info.TargetSize} each), but {targets.Length} were given.", nameof(targets));
        }
    }

    private void CheckLabels(ReadOnlySpan<int> labels)
    {
        if (Info.SignedLabels)
        {
            for (int i = 0; i < labels.Length; i++)
            {
                if (labels[i] is not (1 or -1))
                    throw new ArgumentOutOfRangeException(nameof(labels), $"{Info.Name}: label {i} is {labels[i]}, but labels of a hinge loss are -1 and +1.");
            }

            return;
        }

        uint classes = (uint)Info.Classes;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= classes && labels[i] != Info.IgnoredLabel)
                throw new ArgumentOutOfRangeException(nameof(labels), $"{Info.Name}: label {i} is {labels[i]}, but there are {classes} classes: labels run from 0 to {classes - 1}.");
        }
    }
}
