using System;

namespace Dsl;

/// <summary>½d² where |d| = |y - target| is at most delta, else delta·(|d| - ½delta); the mean over all elements (of steps, over own ones). Huber, 1964.</summary>
/// <param name="delta">Where the square turns into a line, above 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HuberAttribute(double delta = 1) : Attribute
{
    /// <summary>Where the square turns into a line.</summary>
    public double Delta { get; } = delta;
}
