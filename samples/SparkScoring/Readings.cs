using System;
using Dsl;

namespace SparkScoring;

/// <summary>What executors compute besides the network.</summary>
public static partial class Readings
{
    /// <summary>How much ink an image has.</summary>
    /// <param name="pixels">Pixels from 0 to 1.</param>
    /// <returns>The mean pixel.</returns>
    [SparkUdf]
    public static double Ink(ReadOnlySpan<float> pixels)
    {
        double sum = 0;
        foreach (float pixel in pixels)
            sum += pixel;
        return pixels.Length == 0 ? 0 : sum / pixels.Length;
    }
}
