using System.Collections.Generic;

namespace Dsl;

/// <summary>The figures of one epoch.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">The mean training loss over the epoch, each batch before its update.</param>
/// <param name="Accuracy">The share of samples classified right in training mode, each before its step's update; null where nothing is classified.</param>
/// <param name="ValidationLoss">The loss over the validation set after the epoch; null without one.</param>
/// <param name="ValidationAccuracy">The accuracy over the validation set after the epoch; null without one, or where nothing is classified.</param>
/// <param name="LearningRate">The rate of the epoch's last step.</param>
/// <param name="Seconds">How long the epoch took, validation included.</param>
public sealed record EpochRecord(
    int Epoch,
    double Loss,
    double? Accuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double LearningRate,
    double Seconds);

/// <summary>What <c>Fit</c> did: the figures of every epoch, those before a resumed checkpoint included.</summary>
public sealed class History
{
    internal History(IReadOnlyList<EpochRecord> epochs, int bestEpoch, bool stoppedEarly)
    {
        Epochs = epochs;
        BestEpoch = bestEpoch;
        StoppedEarly = stoppedEarly;
    }

    /// <summary>The epochs in order.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; }

    /// <summary>The epoch with the best monitored figure, counted from 1; 0 if no epoch had a finite one.</summary>
    public int BestEpoch { get; }

    /// <summary>Whether training ended before the last epoch: by early stopping, or because a callback asked for it.</summary>
    public bool StoppedEarly { get; }
}
