using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>A compiled network on a backend: its memory, and the checks around each run.</summary>
/// <typeparam name="TBackend">The backend.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class NetworkProgram<TBackend> : NetworkProgram
    where TBackend : struct, IBackend
{
    // What Classify reads at once from a backend with memory of its own: 4 MiB.
    private const int LabelScoresAtOnce = 1 << 20;

    // A verdict on no step.
    private static readonly float[] Nothing = new float[StepOutcome.VerdictFloats];

    /// <inheritdoc/>
    public sealed override unsafe void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ThrowIfDisposed();
        int batch = inputs.Length == inputSize ? 1 : BatchOf(inputs.Length, Info.Inputs[0]);
        if (outputs.Length != (long)batch * outputSize)
            CheckOutput(outputs.Length, batch, outputSize, Info.Outputs[0].Name);
        if (inputs.Overlaps(outputs) || parameters!.Overlaps(MemoryMarshal.AsBytes(outputs)))
            RefuseOutput(inputs, outputs);
        if (batch == 0)
            return;
        StepContext context = RentForInference();
        try
        {
            if (TBackend.UsesHostMemory)
            {
                fixed (float* x = inputs)
                fixed (float* y = outputs)
                {
                    context.Inputs[0] = new FloatBuffer((nint)x);
                    context.Outputs[0] = new FloatBuffer((nint)y);
                    SetBatch(context, Math.Min(batch, samplesAtOnce), isTraining: false);
                    EnsurePrepared();
                    context.Batch = batch;
                    RunPrediction(context);
                }
            }
            else
            {
                SetInput(context, Info.Inputs[0], 0, inputs, first: true);
                Execute(context, PredictEntry);
                GetOutput(context, Info.Outputs[0], 0, outputs);
            }
        }
        finally
        {
            context.Release();
        }
    }

    /// <summary>Predicts the samples of a context: all at once, or part after part where what the layers hand on would not stay in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunPrediction(StepContext context)
    {
        if (context.Batch <= samplesAtOnce)
            Run(context, PredictEntry);
        else
            RunInParts(context);
    }

    private void RunInParts(StepContext context)
    {
        int batch = context.Batch;
        int parts = (int)(((long)batch + samplesAtOnce - 1) / samplesAtOnce);
        int first = 0;
        for (int part = 1; part <= parts; part++)
        {
            int end = (int)((long)batch * part / parts);
            context.Batch = end - first;
            Run(context, PredictEntry);
            Advance(context, end - first);
            first = end;
        }

        Advance(context, -batch);
        context.Batch = batch;
    }

    private void Advance(StepContext context, long samples)
    {
        for (int i = 0; i < Info.Inputs.Length; i++)
        {
            if (Info.Inputs[i].Element == ElementType.Int32)
                context.IntInputs[i] += samples * Info.Inputs[i].Size;
            else
                context.Inputs[i] += samples * Info.Inputs[i].Size;
        }

        for (int i = 0; i < Info.Outputs.Length; i++)
            context.Outputs[i] += samples * Info.Outputs[i].Size;
    }

    /// <inheritdoc/>
    public sealed override void Probabilities(ReadOnlySpan<float> inputs, Span<float> probabilities)
    {
        ThrowIfDisposed();
        int batch = BatchOf(inputs.Length, Info.Inputs[0]);
        CheckOutput(probabilities.Length, batch, Info.Outputs[0].Size, Info.Outputs[0].Name);
        CheckApart("inputs", inputs, "probabilities", probabilities);
        using ProgramRun run = StartInference();
        run.Input(0, inputs);
        run.Execute();
        run.ToProbabilities();
        run.Output(0, probabilities);
    }

    /// <inheritdoc/>
    public sealed override void Classify(ReadOnlySpan<float> inputs, Span<int> labels)
    {
        CheckApart("inputs", inputs, "labels", labels);
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
        Fits.ThrowIfRunning(nameof(TrainStep));
        ThrowIfDisposed();
        ThrowIfNotTrainable();
        CheckNotOwn("inputs", MemoryMarshal.AsBytes(inputs));
        CheckNotOwn("labels", MemoryMarshal.AsBytes(labels));
        CheckNotOwn("targets", MemoryMarshal.AsBytes(targets));
        StepContext context = Rent(training: true);
        try
        {
            if (!TBackend.UsesHostMemory)
            {
                SetInput(context, Info.Inputs[0], 0, inputs, first: true);
                if (Info.Target != TargetKind.None)
                    SetTarget(context, labels, targets);
                return ExecuteTraining(context);
            }

            fixed (float* x = inputs)
            fixed (int* label = labels)
            fixed (float* target = targets)
            {
                int batch = BatchOf(inputs.Length, Info.Inputs[0]);
                CheckTargets(context, batch, labels, targets);
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

    internal sealed override void SetInput(StepContext context, PortInfo port, int index, ReadOnlySpan<float> values, bool first)
    {
        SetBatchOf(context, port, ElementType.Float32, values.Length, first);
        Stage(context, index, values);
    }

    internal sealed override void SetInput(StepContext context, PortInfo port, int index, ReadOnlySpan<int> ids, bool first)
    {
        SetBatchOf(context, port, ElementType.Int32, ids.Length, first);
        CheckIds(port, ids);
        Stage(context, index, ids);
        if (Info.TargetLengths is { } lengths && lengths.Input == index)
            CountOwnTargets(context, lengths, ids, port.Size);
    }

    private void CountOwnTargets(StepContext context, TargetLengths lengths, ReadOnlySpan<int> ids, int steps)
    {
        if (context.OwnTargets.Length < context.Batch)
            context.OwnTargets = new int[context.Batch];
        for (int n = 0; n < context.Batch; n++)
            context.OwnTargets[n] = lengths.Of(ids.Slice(n * steps, steps), Info.TargetSize);
    }

    /// <summary>The labels with the ignored one where a sample has no step of its own.</summary>
    private ReadOnlySpan<int> OwnLabels(StepContext context, ReadOnlySpan<int> labels)
    {
        if (context.MaskedLabels.Length < labels.Length)
            context.MaskedLabels = new int[labels.Length];
        Span<int> masked = context.MaskedLabels.AsSpan(0, labels.Length);
        labels.CopyTo(masked);
        for (int n = 0; n < context.Batch; n++)
            masked.Slice(n * Info.TargetSize, Info.TargetSize)[context.OwnTargets[n]..].Fill(Info.IgnoredLabel!.Value);
        return masked;
    }

    private void SetBatchOf(StepContext context, PortInfo port, ElementType element, int length, bool first)
    {
        if (port.Element != element)
            throw new ArgumentException($"{Info.Name}: {port} takes {port.Element}, but {element} was given.");
        int batch = BatchOf(length, port);
        if (first)
            context.Batch = batch;
        else if (batch != context.Batch)
            throw new ArgumentException($"{Info.Name}: {port} was given {batch} samples ({length} values), but the input before it {context.Batch}.");
    }

    internal sealed override void SetTarget(StepContext context, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
    {
        if (Info is { TargetLengths: not null, Target: TargetKind.Labels } && labels.Length == (long)context.Batch * Info.TargetSize)
            labels = OwnLabels(context, labels);
        CheckTargets(context, context.Batch, labels, targets);
        if (Info.Target == TargetKind.Labels)
            StageLabels(context, labels);
        else
            StageTargets(context, targets);
    }

    internal sealed override void Execute(StepContext context, int entry, CarriedState? state = null)
    {
        SetBatch(context, context.Batch, isTraining: false);
        IReadOnlyList<PortInfo> outputs = Info.OutputsOf(entry);
        IReadOnlyList<CarryInfo> carried = Info.EntryPoints[entry].Carried;
        for (int i = 0; i < outputs.Count - carried.Count; i++)
            StageOutput(context, i, outputs[i].Size);
        state?.Bind(context, carried);
        if (context.Batch == 0)
            return;
        EnsurePrepared();
        if (entry == PredictEntry)
            RunPrediction(context);
        else
            Run(context, entry);
        state?.Advance();
    }

    /// <inheritdoc/>
    public sealed override CarriedState NewState(int batch)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        if (StepEntry < 0)
            throw new InvalidOperationException($"No layer of {Info.Name} carries state from one run to the next.");
        return new CarriedState<TBackend>(this, StepEntry, batch);
    }

    /// <inheritdoc/>
    public sealed override CarriedState NewSteps(int batch)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        if (NextEntry < 0)
            throw new InvalidOperationException($"{Info.Name} cannot go on a step at a time.");
        return new CarriedState<TBackend>(this, NextEntry, batch);
    }

    internal sealed override void GetOutput(StepContext context, PortInfo port, int index, Span<float> values)
    {
        CheckOutput(values.Length, context.Batch, port.Size, port.Name);
        CheckNotParameters(port.Name, MemoryMarshal.AsBytes(values));
        TBackend.Read(context.Outputs[index], values);
    }

    internal sealed override float ExecuteLoss(StepContext context)
    {
        if (!Info.HasLoss)
            throw new InvalidOperationException($"{Info.Name} declares no loss.");
        if (context.Batch == 0)
            throw new ArgumentException($"{Info.Name}: a loss needs at least one sample, but none was given.");
        bool includesForward = Info.EntryPoints[LossEntry].IncludesForward;
        Execute(context, includesForward ? LossEntry : PredictEntry);
        if (!includesForward)
            Run(context, LossEntry);
        return ReadFirst(context.Loss);
    }

    internal sealed override float ExecuteTraining(StepContext context)
    {
        QueueTraining(context);
        return ReadOutcomes(context) == 1 ? LossOf(context, 0) : throw Refusal(context, 0);
    }

    internal sealed override bool ReadsForFree => TBackend.UsesHostMemory;

    internal sealed override void QueueTraining(StepContext context)
    {
        BeginPass(context);
        context.LearningRate = (float)NextRate;
        PermitAgain(context);

        // Without a label that counts the mean is that of nothing: NaN, as PyTorch has it, and no update; that is no failure of the network.
        PlaceOutcome(context, context.HasCountedLabels ? StepOutcome.Verdict : StepOutcome.SilentVerdict);
        Run(context, TrainEntry);
        CountStep(context);
    }

    /// <summary>Takes a verdict back that the host has seen, and what the backend knows of the sizes of values that the host may have changed.</summary>
    private void PermitAgain(StepContext context)
    {
        FloatBuffer outcomes = context.Arena!.Floats;
        if (context.IsRefused)
        {
            TBackend.Write(Nothing, outcomes + StepOutcome.Verdict);
            context.IsRefused = false;
        }

        if (hasForeignValues)
        {
            // The backend's own part alone: the rest may be on a step that the host has not seen.
            hasForeignValues = false;
            TBackend.Write(Nothing.AsSpan(0, StepOutcome.OwnFloats), outcomes + (StepOutcome.Verdict + StepOutcome.Own));
        }
    }

    private void CountStep(StepContext context)
    {
        context.Unread++;
        Step++;
        WeightsChanged();
    }

    internal sealed override int ReadOutcomes(StepContext context)
    {
        int unread = context.Unread;
        context.Unread = 0;
        Span<float> read = context.Outcomes.AsSpan(StepOutcome.Verdict, StepOutcome.OfStep(unread) - StepOutcome.Verdict);
        TBackend.Read(context.Arena!.Floats + StepOutcome.Verdict, read);
        if (float.IsFinite(read[StepOutcome.Cause]))
            return unread;
        context.IsRefused = true;

        // The host knows which step it could have been, the verdict which of these: its number counts from 1.
        int behind = unchecked((int)Step - BitConverter.SingleToInt32Bits(read[StepOutcome.Step]) + 1);
        if (behind < 1 || behind > unread)
        {
            throw new InvalidOperationException(
                $"{typeof(TBackend).Name} refused step {Step - behind}, but made {Step - unread} to {Step - 1}; see CheckGradients about the step's number in a verdict.");
        }

        Step -= behind;
        return unread - behind;
    }

    internal sealed override float LossOf(StepContext context, int step) => context.Outcomes[StepOutcome.OfStep(step) + StepOutcome.Loss];

    internal sealed override int CorrectOf(StepContext context, int step) => (int)context.Outcomes[StepOutcome.OfStep(step) + StepOutcome.Correct];

    internal sealed override void TransformOutput(StepContext context)
    {
        if (context.Batch > 0 && ProbabilitiesEntry >= 0)
            Run(context, ProbabilitiesEntry);
    }

    internal sealed override unsafe void Labels(StepContext context, Span<int> labels)
    {
        long rows = (long)context.Batch * Info.TargetSize;
        if (labels.Length != rows)
            throw new ArgumentException($"{Info.Name}: {context.Batch} samples give {rows} labels, but the span has room for {labels.Length}.", nameof(labels));
        CheckNotParameters("labels", MemoryMarshal.AsBytes(labels));
        int columns = Info.Outputs[0].Size / Info.TargetSize;
        if (TBackend.UsesHostMemory)
        {
            // All scores together may be more than a span holds.
            float* scores = context.Outputs[0].Pointer;
            for (int row = 0; row < labels.Length; row++)
                labels[row] = Choice.Label(new ReadOnlySpan<float>(scores + ((long)row * columns), columns));
            return;
        }

        int rowsAtOnce = Math.Max(1, Math.Min(labels.Length, LabelScoresAtOnce / columns));
        float[] values = new float[rowsAtOnce * columns];
        for (int first = 0; first < labels.Length; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, labels.Length - first);
            TBackend.Read(context.Outputs[0] + ((long)first * columns), values.AsSpan(0, count * columns));
            for (int i = 0; i < count; i++)
                labels[first + i] = Choice.Label(values.AsSpan(i * columns, columns));
        }
    }

    private static unsafe float ReadFirst(FloatBuffer buffer)
    {
        if (TBackend.UsesHostMemory)
            return *buffer.Pointer;
        float value = 0;
        TBackend.Read(buffer, new Span<float>(ref value));
        return value;
    }

    private static void PlaceOutcome(StepContext context, int verdict)
    {
        FloatBuffer outcomes = context.Arena!.Floats;
        FloatBuffer step = outcomes + StepOutcome.OfStep(context.Unread);
        context.Loss = step + StepOutcome.Loss;
        context.Correct = step + StepOutcome.Correct;
        context.Verdict = outcomes + verdict;
    }

    internal sealed override NonFiniteLossException Refusal(StepContext context, int applied)
    {
        float loss = LossOf(context, applied);

        // Everything is as before that step, and stays so while its verdict stands: it can run again to be looked at.
        SetBatch(context, context.Batch, isTraining: true);
        context.Step = Step;
        PlaceOutcome(context, StepOutcome.Verdict);
        return FindNonFinite(context, TrainEntry) is { } layer ? new NonFiniteLossException(loss, Step, layer)
            : !float.IsFinite(loss) ? new NonFiniteLossException(loss, Step, null)
            : RefusalOfParameter(context, loss);
    }

    /// <summary>Where every output and the loss is finite: which parameter the verdict names.</summary>
    private NonFiniteLossException RefusalOfParameter(StepContext context, float loss)
    {
        int place = BitConverter.SingleToInt32Bits(context.Outcomes[StepOutcome.Verdict + StepOutcome.Place]);
        foreach (ParameterInfo parameter in Info.Parameters)
        {
            if (place < parameter.Offset || place >= parameter.Offset + parameter.Count)
                continue;
            string path = parameter.Name[..parameter.Name.LastIndexOf('.')];
            string cause = !parameter.IsTrainable ? $"the running statistics of {path} would not be finite after it"
                : TBackend.AllFinite(new TensorView(Gradients + parameter.Offset, new TensorLayout(parameter.Count)), 1)
                    ? $"{parameter.Name}, or the optimizer's state for it, would not be finite after it"
                    : $"the gradient of {parameter.Name} is not finite";
            return NonFiniteLossException.OfParameter(loss, Step, path, cause);
        }

        return new NonFiniteLossException(loss, Step, null);
    }

    private string? FindNonFinite(StepContext context, int entry)
    {
        for (int i = 0; i < Info.Inputs.Length; i++)
        {
            if (Info.Inputs[i].Element == ElementType.Float32 && !TBackend.AllFinite(new TensorView(context.Inputs[i], new TensorLayout(Info.Inputs[i].Size)), context.Batch))
                return Info.Inputs[i].Name;
        }

        if (Info.Target == TargetKind.Values && entry != GradientsFromEntry && !AreTargetsFinite(context))
            return NonFiniteLossException.Targets;

        // Each layer is looked at.
        context.FirstNonFinite = null;
        context.IsTraced = true;
        try
        {
            Run(context, entry);
        }
        finally
        {
            context.IsTraced = false;
        }

        return context.FirstNonFinite;
    }

    private bool AreTargetsFinite(StepContext context)
    {
        if (Info.TargetLengths is null)
            return TBackend.AllFinite(new TensorView(context.Targets, new TensorLayout(Info.TargetSize)), context.Batch);
        for (int n = 0; n < context.Batch; n++)
        {
            if (!TBackend.AllFinite(new TensorView(context.Targets + ((long)n * Info.TargetSize), new TensorLayout(context.OwnTargets[n])), 1))
                return false;
        }

        return true;
    }

}
