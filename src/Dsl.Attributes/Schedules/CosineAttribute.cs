using System;

namespace Dsl;

/// <summary>
/// With t of N steps and W of warm-up: rate·(t+1)/W while t &lt; W, then FinalRate + ½(rate - FinalRate)(1 + cos(π(t - W)/(N - W))).
/// Loshchilov and Hutter, 2016.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CosineAttribute : Attribute
{
    /// <summary>Steps of linear rise, at least 0.</summary>
    public int WarmupSteps { get; set; }

    /// <summary>The rate at the end, at least 0.</summary>
    public double FinalRate { get; set; }
}
