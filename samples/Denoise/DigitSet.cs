using System;
using System.Linq;
using Digits;
using Dsl;

namespace Denoise;

/// <summary>Digits, clean and as they look through noise.</summary>
/// <param name="Clean">64 pixels a digit, 0 to 1.</param>
/// <param name="Noisy">The same with noise on each pixel.</param>
/// <param name="Labels">Which digit each one is.</param>
internal sealed record DigitSet(float[] Clean, float[] Noisy, int[] Labels)
{
    /// <summary>How far the noise goes: the standard deviation of what is added to a pixel.</summary>
    public const double Noise = 0.3;

    /// <summary>How many there are.</summary>
    public int Count => Labels.Length;

    /// <summary>Puts noise on digits.</summary>
    /// <param name="digits">The digits.</param>
    /// <param name="copies">How often each digit comes, each time with other noise.</param>
    /// <param name="seed">The noise.</param>
    public static DigitSet Of(Samples digits, int copies, int seed)
    {
        float[] once = [.. Enumerable.Range(0, digits.Count).SelectMany(sample => digits.Input(sample).ToArray())];
        float[] clean = [.. Enumerable.Repeat(once, copies).SelectMany(pixels => pixels)];
        int[] labels = [.. Enumerable.Range(0, copies * digits.Count).Select(i => digits.Label(i % digits.Count))];
        Random random = new(seed);
        return new DigitSet(clean, [.. clean.Select(pixel => pixel + (float)(Noise * Normal(random)))], labels);
    }

    /// <summary>The mean squared difference of pixels to the clean ones.</summary>
    public double Error(ReadOnlySpan<float> pixels)
    {
        double error = Metrics.RootMeanSquaredError(pixels, Clean);
        return error * error;
    }

    /// <summary>A number of the normal distribution, by Box and Muller.</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>One of them in a row of pixels.</summary>
    public static ReadOnlySpan<float> Digit(float[] pixels, int index) => pixels.AsSpan(index * DigitFile.Pixels, DigitFile.Pixels);
}
