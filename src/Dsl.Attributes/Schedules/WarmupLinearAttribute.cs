using System;

namespace Dsl;

/// <summary>With t of N steps and W of warm-up: rate·(t+1)/W while t &lt; W, then rate·(N - t)/(N - W).</summary>
/// <param name="warmupSteps">Steps of linear rise, at least 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class WarmupLinearAttribute(int warmupSteps) : Attribute
{
    /// <summary>Steps of linear rise.</summary>
    public int WarmupSteps { get; } = warmupSteps;
}
