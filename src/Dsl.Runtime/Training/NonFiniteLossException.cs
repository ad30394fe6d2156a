using System;

namespace Dsl;

/// <summary>
/// The loss, or a gradient, weight, optimizer state or running statistic of a training step became infinite or NaN. The step was not applied: all of them,
/// and the count of steps, are those before it.
/// </summary>
public sealed class NonFiniteLossException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="loss">The loss; finite where it was an input or layer whose infinity the network swallowed.</param>
    /// <param name="step">The training step, counted from 0.</param>
    /// <param name="layer">The first layer whose output was not finite, or <c>targets</c>; null if it was the loss itself.</param>
    public NonFiniteLossException(float loss, long step, string? layer)
        : this(loss, step, layer, $"the first value that is not finite stands in {Place(layer)}")
    {
    }

    /// <summary>Where every output is finite, but not what becomes of a parameter.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="step">The training step, counted from 0.</param>
    /// <param name="layer">The parameter's layer.</param>
    /// <param name="cause">What is not finite, as a clause.</param>
    internal static NonFiniteLossException OfParameter(float loss, long step, string layer, string cause) => new(loss, step, layer, cause);

    private NonFiniteLossException(float loss, long step, string? layer, string cause)
        : base($"The loss is {loss} in step {step}; {cause}. The step was not applied. "
            + "A smaller learning rate or ClipNorm may help; inputs may hold infinities or NaN (FitOptions.CheckFinite looks).")
    {
        Loss = loss;
        Step = step;
        Layer = layer;
    }

    /// <summary>The loss, which may be finite.</summary>
    public float Loss { get; }

    /// <summary>The training step, counted from 0.</summary>
    public long Step { get; }

    /// <summary>
    /// The first layer (or input) whose output was not finite, or <c>targets</c>; where all are finite, the layer whose gradient or updated parameter was not; null
    /// if it was the loss itself.
    /// </summary>
    public string? Layer { get; }

    internal const string Targets = "targets";

    private static string Place(string? layer) => layer switch
    {
        null => "the loss",
        Targets => "the targets",
        _ => "the output of " + layer,
    };
}
