using System;

namespace Dsl;

/// <summary>Multiplies the rate by factor every so many epochs.</summary>
/// <param name="everyEpochs">Epochs from one step to the next, at least 1.</param>
/// <param name="factor">What the rate is multiplied by, above 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StepDecayAttribute(int everyEpochs, double factor) : Attribute
{
    /// <summary>Epochs from one step to the next.</summary>
    public int EveryEpochs { get; } = everyEpochs;

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; } = factor;
}
