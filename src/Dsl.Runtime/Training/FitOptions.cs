using System;
using System.Collections.Generic;

namespace Dsl;

/// <summary>How <c>Fit</c> trains.</summary>
public sealed class FitOptions
{
    /// <summary>How many times every sample is seen; at least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>
    /// How many samples a step sees; at least 1. The last batch of an epoch is smaller where the samples do not divide. Where it would be too small
    /// for a batch norm (one value a channel), it takes a sample from the batch before it.
    /// </summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The seed of the samples' order. The same seed, data and network give the same bits.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether each epoch sees the samples in an order of its own; else always in the order of the data.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Samples to evaluate after every epoch; null: none.</summary>
    public Samples? Validation { get; init; }

    /// <summary>When to stop before the last epoch; null: never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// Whether the network ends with the weights of its best epoch, by <see cref="EarlyStopping.Monitor"/>, or without early stopping by the
    /// validation loss (the training loss without a validation set). A cancelled <c>Fit</c> leaves the weights of its last step.
    /// </summary>
    public bool RestoreBestWeights { get; init; }

    /// <summary>Objects to call during training, in this order; none of them is null.</summary>
    public IReadOnlyList<FitCallback> Callbacks { get; init; } = [];

    /// <summary>
    /// The file to which checkpoints are written: every <see cref="CheckpointEveryEpochs"/> epochs, after the last one, and on cancellation, from
    /// between two batches. Null: none. That it can be written is found out before the first epoch.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>After how many epochs a checkpoint is written; at least 1.</summary>
    public int CheckpointEveryEpochs { get; init; } = 1;

    /// <summary>
    /// A checkpoint that an earlier <c>Fit</c> of the same network on the same data wrote. Training goes on where it was written and ends with the same
    /// bits as an uninterrupted run, if the other options are the same.
    /// </summary>
    public string? ResumeFrom { get; init; }

    /// <summary>Whether inputs and targets are checked for values that are not finite before training.</summary>
    public bool CheckFinite { get; init; }

    /// <summary>How often progress is reported within an epoch at most; at least 0. Every epoch's end is reported besides.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromMilliseconds(100);
}
