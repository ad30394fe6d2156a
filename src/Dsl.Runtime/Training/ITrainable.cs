using System;
using System.Collections.Generic;

namespace Dsl.Runtime;

/// <summary>
/// What <c>Trainer</c> needs of a network. Spans are valid until the next call; no member allocates once a batch size was seen.
/// </summary>
internal interface ITrainable
{
    /// <summary>The network's name, for messages and for the check that a checkpoint is its own.</summary>
    string NetworkName { get; }

    /// <summary>How many inputs there are.</summary>
    int InputCount { get; }

    /// <summary>How many values the main output has a sample.</summary>
    int OutputSize { get; }

    /// <summary>How many labels a sample has; 0 where the loss takes none.</summary>
    int LabelsPerSample { get; }

    /// <summary>How many target values a sample has; 0 where the loss takes none.</summary>
    int TargetSize { get; }

    /// <summary>Where the output is scores of classes (one row of so many for each label), how many; else 0.</summary>
    int Classes { get; }

    /// <summary>The fewest samples of a training batch: 2 where a batch norm would see one value a channel, else 1.</summary>
    int MinimumBatch { get; }

    /// <summary>Whether steps and evaluations count what was classified right.</summary>
    bool HasAccuracy { get; }

    /// <summary>Whether outputs are quantities that should equal the targets (or, without targets, the input), so that there are errors to measure.</summary>
    bool PredictsNumbers { get; }

    /// <summary>What labels may be, for a message: <c>0 to 9</c>, <c>-1 and +1</c>.</summary>
    string LabelRange { get; }

    /// <summary>Everything that a saved file holds: parameters and running statistics.</summary>
    IReadOnlyList<INamedTensor> Weights { get; }

    /// <summary>The optimizer's name; null without one.</summary>
    string? Optimizer { get; }

    /// <summary>
    /// The optimizer's moments and the like, for each trained parameter under its name, a slash and PyTorch's name for it
    /// (<c>Linear1.weight/exp_avg</c>); empty where it keeps none.
    /// </summary>
    IReadOnlyList<INamedTensor> OptimizerState { get; }

    /// <summary>The seed of dropout and other noise.</summary>
    ulong Seed { get; set; }

    /// <summary>How many training steps were made.</summary>
    long Step { get; set; }

    /// <summary>How many steps the schedule counts on in all; 0: unknown.</summary>
    long TotalSteps { get; set; }

    /// <summary>How many steps an epoch has; 0: unknown.</summary>
    long StepsPerEpoch { get; set; }

    /// <summary>The rate before the schedule: the optimizer's own, or what was set since.</summary>
    double BaseLearningRate { get; set; }

    /// <summary>The rate of the coming step, as the schedule gives it.</summary>
    double ScheduledLearningRate { get; }

    /// <summary>How many values an input has a sample.</summary>
    int InputSize(int input);

    /// <summary>What the values of an input are.</summary>
    ElementType InputElement(int input);

    /// <summary>Of an input of ids: how many there are, from 0; else 0.</summary>
    int Vocabulary(int input);

    /// <summary>Whether a label is one that the loss takes (the ignored one is).</summary>
    bool IsLabel(int label);

    /// <summary>Where labels or targets are those of steps: which steps of a sample are its own, those of others being not looked at; null where all are.</summary>
    TargetLengths? TargetLengths { get; }

    /// <summary>The label that does not count, if there is one; where there are labels and <see cref="TargetLengths"/> there is.</summary>
    int? IgnoredLabel { get; }

    /// <summary>Whether a label counts: false for the loss's ignored label.</summary>
    bool IsCounted(int label);

    /// <summary>Says that values of <see cref="Weights"/> were changed from outside, so that prepared copies are stale.</summary>
    void WeightsChanged();

    /// <summary>How many steps may be made before they are read: 1 where reading waits for nothing.</summary>
    int StepsAtOnce { get; }

    /// <summary>Called before the host is given <see cref="Weights"/>, their gradients or <see cref="OptimizerState"/>, on whatever thread that is.</summary>
    Action? BeforeHostAccess { set; }

    /// <summary>Forward, backward, optimizer; counts <see cref="Step"/> up. What it gave stays where it was computed until <see cref="ReadSteps"/>.</summary>
    void TrainStep(Batch batch);

    /// <summary>
    /// What the steps since the last call gave, in order. Where there are fewer than were made, the one behind them was refused: its loss, or what it would have
    /// left, is infinite or NaN. Everything, <see cref="Step"/> too, is as it was before it; the steps behind it have changed nothing.
    /// </summary>
    ReadOnlySpan<BatchResult> ReadSteps();

    /// <summary>Why the step was refused that comes next again.</summary>
    /// <param name="batch">Its batch.</param>
    /// <param name="applied">How many results <see cref="ReadSteps"/> gave.</param>
    NonFiniteLossException Refusal(Batch batch, int applied);

    /// <summary>Forward in inference mode, and the loss.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="outputs">Takes the main output: <see cref="Batch.Count"/> × <see cref="OutputSize"/> values.</param>
    BatchResult Evaluate(Batch batch, Span<float> outputs);
}

/// <summary>What a step or an evaluation of one batch gave.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Weight">Over how many items the mean goes: samples, labels that count, or values of own steps. Means of batches are added up by it.</param>
/// <param name="Correct">How many labels or decisions were met.</param>
/// <param name="Classified">Of how many; 0 where nothing is classified.</param>
internal readonly record struct BatchResult(float Loss, int Weight, int Correct, int Classified);
