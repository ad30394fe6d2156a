using System;

namespace Dsl.Runtime;

/// <content>The halves of a training step for a caller's own training: gradients, and their application.</content>
public abstract partial class NetworkProgram<TBackend>
{
    // The loss of a pass that has none, for the check before the update.
    private static readonly float[] NoLoss = [0];

    // The entry point that computed gradients which nobody has applied, -1 without any: left for the next run of training, and what the run under way found.
    private int freshEntry = -1;
    private int applicableEntry = -1;

    /// <inheritdoc/>
    public sealed override void Apply()
    {
        Fits.ThrowIfRunning(nameof(Apply));
        ThrowIfDisposed();
        ThrowIfNotTrainable();
        StepContext context = Rent(training: true);
        try
        {
            if (applicableEntry < 0)
            {
                throw new InvalidOperationException(
                    $"{Info.Name}: Apply wants gradients that were not applied yet, but there are none; call Gradients or GradientsFrom before each Apply (TrainStep and Fit apply their own).");
            }

            KeepPlain();
            SyncToBackend();
            gradients!.ToBackend();
            context.Step = Step;
            context.LearningRate = (float)NextRate;
            PermitAgain(context);
            context.Verdict = context.Arena!.Floats + (context.HasCountedLabels ? StepOutcome.Verdict : StepOutcome.SilentVerdict);
            Run(context, ApplyEntry);
            CountStep(context);
            if (ReadOutcomes(context) == 0)
                throw RefusalToApply(context, applicableEntry);
        }
        finally
        {
            Return(context, training: true);
        }
    }

    internal sealed override void SetOutputGradient(StepContext context, string name, ReadOnlySpan<float> values)
    {
        int size = Info.Outputs[0].Size;
        if (values.Length != (long)context.Batch * size)
        {
            throw new ArgumentException(
                $"{Info.Name}: {context.Batch} samples of output {Info.Outputs[0].Name} have {(long)context.Batch * size} gradients ({size} each), but {values.Length} were given.", name);
        }

        NetworkMemory? staging = context.OutputGradientStaging;
        context.OutputGradient = Grown(ref staging, values.Length, "the gradients of the output", context.Batch);
        context.OutputGradientStaging = staging;
        if (values.Length > 0)
            TBackend.Write(values, context.OutputGradient);
    }

    internal sealed override void WantInputGradient(StepContext context, int index, string name, ReadOnlySpan<float> values)
    {
        if (Info.WhyNoInputGradients is { } reason)
        {
            throw new InvalidOperationException(
                $"{Info.Name} has no gradients at its inputs: {reason}. Declare it trainable for this; weights change only where a step is applied.");
        }

        PortInfo input = Info.Inputs[index];
        if (values.Length != (long)context.Batch * input.Size)
        {
            throw new ArgumentException(
                $"{Info.Name}: {context.Batch} samples of input {input.Name} have {(long)context.Batch * input.Size} gradients ({input.Size} each), but the span has room for {values.Length}.",
                name);
        }

        context.InputGradients[index] = Grown(ref context.InputGradientStaging[index], values.Length, "the gradients of the inputs", context.Batch);
        context.WantsInputGradients = true;
    }

    internal sealed override void GetInputGradient(StepContext context, int index, Span<float> values) => TBackend.Read(context.InputGradients[index], values);

    internal sealed override float ExecuteGradients(StepContext context)
    {
        BeginPass(context);
        PlaceOutcome(context, StepOutcome.Verdict);
        Run(context, GradientsEntry);
        float loss = ReadFirst(context.Loss);
        if (!float.IsFinite(loss) && context.HasCountedLabels)
            throw new NonFiniteLossException(loss, Step, FindNonFinite(context, GradientsEntry));
        freshEntry = GradientsEntry;
        return loss;
    }

    internal sealed override void ExecuteGradientsFrom(StepContext context)
    {
        context.HasCountedLabels = true;
        BeginPass(context);
        PlaceOutcome(context, StepOutcome.Verdict);
        TBackend.Write(NoLoss, context.Loss);
        Run(context, GradientsFromEntry);
        freshEntry = GradientsFromEntry;
    }

    /// <summary>What stands before each forward and backward pass: enough samples, memory, parameters and gradients as the backend wants them.</summary>
    private void BeginPass(StepContext context)
    {
        if (context.Batch < Info.MinimumTrainingBatch)
        {
            throw new ArgumentException(context.Batch == 0
                ? $"{Info.Name}: a training step needs at least one sample, but none was given."
                : $"{Info.Name}: {Info.MinimumTrainingBatchReason}, so a training batch needs at least {Info.MinimumTrainingBatch} samples, but {context.Batch} was given.");
        }

        EnsureTrainingMemory();
        KeepPlain();
        SyncToBackend();
        if (hasForeignGradients)
        {
            hasForeignGradients = false;
            gradients!.Values(0, (int)Info.TrainableFloats, HostAccess.Replace).Clear();
            gradients.ToBackend();
        }

        SetBatch(context, context.Batch, isTraining: true);
        context.Step = Step;
    }

    /// <summary>Why gradients were not applied. The caller may have changed them, so that is asked before the pass that they came from runs again.</summary>
    private NonFiniteLossException RefusalToApply(StepContext context, int entry)
    {
        float loss = LossOf(context, 0);
        NonFiniteLossException refusal = RefusalOfParameter(context, loss);
        return FindNonFinite(context, entry) is { } layer ? new NonFiniteLossException(loss, Step, layer) : refusal;
    }
}
