using System;
using Dsl.Runtime;

namespace Dsl;

/// <summary>Where a running <c>Fit</c> stands, for callbacks.</summary>
public sealed class FitContext
{
    private readonly ITrainable _network;

    internal FitContext(ITrainable network, int epochs, int stepsPerEpoch)
    {
        _network = network;
        Epochs = epochs;
        StepsPerEpoch = stepsPerEpoch;
    }

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; internal set; }

    /// <summary>How many epochs there will be, unless training stops early.</summary>
    public int Epochs { get; }

    /// <summary>How many steps of this epoch are done.</summary>
    public int Step { get; internal set; }

    /// <summary>How many steps an epoch has.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The loss of the last step, before its update; NaN before the first.</summary>
    public float StepLoss { get; internal set; } = float.NaN;

    /// <summary>The rate before the schedule; set it to train on at another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive, or beyond the range of a float32.</exception>
    public double LearningRate
    {
        get => _network.BaseLearningRate;
        set => _network.BaseLearningRate = LearningRates.Checked(value);
    }

    internal bool StopRequested { get; private set; }

    /// <summary>Asks training to stop: after the step or epoch whose callback says so. The epoch's figures then are those of its steps so far.</summary>
    public void Stop() => StopRequested = true;
}
