using System;

namespace DrawDigits;

/// <summary>What digits are drawn from.</summary>
internal static class Noise
{
    /// <summary>A number of the normal distribution, by Box and Muller.</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
