using System;

namespace Dsl;

/// <summary>PyTorch's OneCycleLR without momentum cycling: up to maxRate over 30 % of the steps and down again by cosines, in place of the optimizer's rate. Smith, 2018.</summary>
/// <param name="maxRate">The highest rate, above 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OneCycleAttribute(double maxRate) : Attribute
{
    /// <summary>The highest rate.</summary>
    public double MaxRate { get; } = maxRate;
}
