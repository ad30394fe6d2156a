using System;

namespace Dsl;

/// <summary>The loss became infinite or NaN. The weights are still those before the step.</summary>
public sealed class NonFiniteLossException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="loss">The loss: infinite or NaN.</param>
    /// <param name="step">The training step, counted from 0.</param>
    /// <param name="layer">The first layer whose output was not finite, or <c>targets</c>; null if it was the loss itself.</param>
    public NonFiniteLossException(float loss, long step, string? layer)
        : base($"The loss is {loss} in step {step}; the first value that is not finite stands in {Place(layer)}. "
            + "A smaller learning rate or ClipNorm may help; inputs may hold NaN (FitOptions.CheckFinite looks).")
    {
        Loss = loss;
        Step = step;
        Layer = layer;
    }

    /// <summary>The loss: infinite or NaN.</summary>
    public float Loss { get; }

    /// <summary>The training step, counted from 0.</summary>
    public long Step { get; }

    /// <summary>The first layer (or input) whose output was not finite, or <c>targets</c>; null if it was the loss itself.</summary>
    public string? Layer { get; }

    internal const string Targets = "targets";

    private static string Place(string? layer) => layer switch
    {
        null => "the loss",
        Targets => "the targets",
        _ => "the output of " + layer,
    };
}
