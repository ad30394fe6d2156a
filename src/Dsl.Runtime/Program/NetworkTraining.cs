using System;
using System.Collections.Generic;

namespace Dsl.Runtime;

/// <summary>What <see cref="Trainer"/> and <see cref="Checkpoint"/> see of a network.</summary>
internal sealed class NetworkTraining : ITrainable
{
    private readonly NetworkProgram code;
    private readonly ProgramInfo info;

    // What the steps gave that were made last; their losses and counts follow when they are read.
    private readonly BatchResult[] results;
    private int unread;

    public NetworkTraining(NetworkProgram code, ParameterList parameters)
    {
        this.code = code;
        info = code.Info;
        results = new BatchResult[StepsAtOnce];
        Weights = parameters;
        List<INamedTensor> states = [];
        foreach (ParameterInfo parameter in info.Parameters)
        {
            for (int i = 0; i < info.OptimizerState.Length && parameter.IsTrainable; i++)
                states.Add(new StateTensor(code, parameter, i));
        }

        OptimizerState = states;
    }

    public string NetworkName => info.Name;

    public int InputCount => info.Inputs.Length;

    public int OutputSize => info.Outputs[0].Size;

    public int LabelsPerSample => info.Target == TargetKind.Labels ? info.TargetSize : 0;

    public int TargetSize => info.Target == TargetKind.Values ? info.TargetSize : 0;

    public int Classes => info is { LowestLabel: 0, LabelStep: 1 } ? info.Classes : 0;

    public int MinimumBatch => info.MinimumTrainingBatch;

    public bool HasAccuracy => LabelsPerSample > 0 || info.TargetMeaning == TargetMeaning.Decision;

    public bool PredictsNumbers => info.TargetMeaning == TargetMeaning.Number;

    public string? Optimizer => info.Optimizer;

    public string LabelRange => info.LabelRange;

    public IReadOnlyList<INamedTensor> Weights { get; }

    public IReadOnlyList<INamedTensor> OptimizerState { get; }

    public ulong Seed
    {
        get => code.Seed;
        set => code.Seed = value;
    }

    public long Step
    {
        get => code.Step;
        set => code.Step = value;
    }

    public long TotalSteps
    {
        get => code.TotalSteps;
        set => code.TotalSteps = value;
    }

    public long StepsPerEpoch
    {
        get => code.StepsPerEpoch;
        set => code.StepsPerEpoch = checked((int)value);
    }

    public double BaseLearningRate
    {
        get => code.LearningRate;
        set => code.LearningRate = value;
    }

    public int StepsAtOnce => code.ReadsForFree ? 1 : StepOutcome.MostUnread;

    public Action? BeforeHostAccess
    {
        set => code.BeforeHostAccess = value;
    }

    public double ScheduledLearningRate => code.NextRate;

    public int InputSize(int input) => info.Inputs[input].Size;

    public ElementType InputElement(int input) => info.Inputs[input].Element;

    public int Vocabulary(int input) => info.Inputs[input].Vocabulary;

    public bool IsLabel(int label) => info.IsClass(label) || label == info.IgnoredLabel;

    public TargetLengths? TargetLengths => info.TargetLengths;

    public int? IgnoredLabel => info.IgnoredLabel;

    public bool IsCounted(int label) => label != info.IgnoredLabel;

    public void WeightsChanged() => _ = code.ParameterSpan(0, 0, HostAccess.Replace);

    public void TrainStep(Batch batch)
    {
        using ProgramRun run = code.StartFitStep();
        Feed(run, batch);
        run.QueueTraining(countsCorrect: HasAccuracy);
        results[unread++] = new BatchResult(float.NaN, CountOf(batch), 0, ClassifiedOf(batch));
    }

    public ReadOnlySpan<BatchResult> ReadSteps()
    {
        unread = 0;
        using ProgramRun run = code.StartFitStep();
        int applied = run.ReadOutcomes();
        for (int i = 0; i < applied; i++)
            results[i] = results[i] with { Loss = run.LossOf(i), Correct = HasAccuracy ? run.CorrectOf(i) : 0 };
        return results.AsSpan(0, applied);
    }

    public NonFiniteLossException Refusal(Batch batch, int applied)
    {
        using ProgramRun run = code.StartFitStep();
        Feed(run, batch);
        return run.Refusal(applied);
    }

    public BatchResult Evaluate(Batch batch, Span<float> outputs)
    {
        using ProgramRun run = code.StartInference();
        Feed(run, batch);
        float loss = run.ExecuteLoss();
        run.Output(0, outputs);
        return new BatchResult(loss, CountOf(batch), HasAccuracy ? CorrectOf(batch, outputs) : 0, ClassifiedOf(batch));
    }

    private void Feed(ProgramRun run, Batch batch)
    {
        for (int i = 0; i < info.Inputs.Length; i++)
        {
            if (info.Inputs[i].Element == ElementType.Float32)
                run.Input(i, batch.Input(i));
            else
                run.Input(i, batch.Ids(i));
        }

        if (info.Target == TargetKind.Labels)
            run.Labels(batch.Labels);
        else if (info.Target == TargetKind.Values)
            run.Targets(batch.Targets);
    }

    private int CountOf(Batch batch)
    {
        int count = 0;
        if (LabelsPerSample == 0)
        {
            if (info.TargetLengths is null)
                return batch.Count;
            foreach (int own in batch.OwnTargets)
                count += own;
            return count;
        }

        foreach (int label in batch.Labels)
            count += label != info.IgnoredLabel ? 1 : 0;
        return count;
    }

    /// <summary>How many labels or decisions the batch asks for; 0 where nothing is classified.</summary>
    private int ClassifiedOf(Batch batch) => LabelsPerSample > 0 || (HasAccuracy && info.TargetLengths is not null) ? CountOf(batch) : HasAccuracy ? batch.Targets.Length : 0;

    private int CorrectOf(Batch batch, ReadOnlySpan<float> outputs)
    {
        int correct = 0;
        if (LabelsPerSample == 0)
        {
            ReadOnlySpan<int> own = batch.OwnTargets;
            for (int n = 0; n < batch.Count; n++)
            {
                int first = n * TargetSize;
                int end = first + (own.IsEmpty ? TargetSize : own[n]);
                for (int i = first; i < end; i++)
                    correct += Choice.IsMet(outputs[i], batch.Targets[i]) ? 1 : 0;
            }

            return correct;
        }

        ReadOnlySpan<int> labels = batch.Labels;
        int columns = outputs.Length / labels.Length;
        for (int i = 0; i < labels.Length; i++)
            correct += IsCounted(labels[i]) && Choice.Label(outputs.Slice(i * columns, columns)) == labels[i] ? 1 : 0;
        return correct;
    }

    /// <summary>What the optimizer keeps for one parameter: it lies in its buffer where the parameter lies in its own.</summary>
    private sealed class StateTensor(NetworkProgram code, ParameterInfo parameter, int buffer) : INamedTensor
    {
        public string Name { get; } = parameter.Name + "/" + code.Info.OptimizerState[buffer];

        public ReadOnlySpan<int> Shape => parameter.Shape;

        public int Count => parameter.Count;

        public ReadOnlySpan<float> Values => code.StateSpan(buffer, parameter.Offset, parameter.Count, HostAccess.Read);

        public Span<float> ValuesToReplace => code.StateSpan(buffer, parameter.Offset, parameter.Count, HostAccess.Replace);
    }
}
