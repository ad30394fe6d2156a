using System;
using System.Collections.Generic;
using Dsl.Runtime;

namespace Dsl;

/// <summary>Where a running <c>Fit</c> stands, for callbacks.</summary>
public sealed class FitContext
{
    private readonly ITrainable network;
    private readonly Action readSteps;
    private float stepLoss = float.NaN;

    /// <summary>Makes the context of a training that has not begun.</summary>
    /// <param name="network">The network.</param>
    /// <param name="epochs">How many epochs there will be.</param>
    /// <param name="stepsPerEpoch">How many steps an epoch has.</param>
    /// <param name="readSteps">Reads what the last steps gave, if that was not done yet.</param>
    internal FitContext(ITrainable network, int epochs, int stepsPerEpoch, Action readSteps)
    {
        this.network = network;
        this.readSteps = readSteps;
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

    /// <summary>
    /// The loss of the last step, before its update; NaN before the first. On a backend with memory of its own it is there that it stays until somebody asks: then the
    /// training waits for its steps so far, so whoever needs no loss of each step does not ask at each.
    /// </summary>
    /// <exception cref="NonFiniteLossException">One of these steps was refused; <c>Fit</c> ends with this error.</exception>
    public float StepLoss
    {
        get
        {
            readSteps();
            return stepLoss;
        }
        internal set => stepLoss = value;
    }

    /// <summary>The rate before the schedule; set it to train on at another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive, or beyond the range of a float32.</exception>
    public double LearningRate
    {
        get => network.BaseLearningRate;
        set => network.BaseLearningRate = LearningRates.Checked(value);
    }

    /// <summary>Parameters and running statistics of the network.</summary>
    internal IReadOnlyList<INamedTensor> Weights => network.Weights;

    internal bool StopRequested { get; private set; }

    /// <summary>Asks training to stop: after the step or epoch whose callback says so. The epoch's figures then are those of its steps so far.</summary>
    public void Stop() => StopRequested = true;
}
