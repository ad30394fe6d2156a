using System;
using System.Linq;
using Digits;

namespace DrawDigits;

/// <summary>What a network that reads digits says of drawn ones.</summary>
/// <param name="Sure">The share in which it sees one digit with a probability of at least 0.8.</param>
/// <param name="Kinds">How many digits there are among them: the exponential of the entropy of the mean of its probabilities, 1 to 10.</param>
/// <param name="Inception">Both in one: the exponential of the mean divergence of its probabilities from their mean, 1 to 10 (the inception score of Salimans et al., 2016, with this network).</param>
/// <param name="Distance">The mean root of the mean squared difference to the nearest training digit: 0 were copies, and noise is far from all.</param>
internal sealed record DigitScore(double Sure, double Kinds, double Inception, double Distance)
{
    private const double SureFrom = 0.8;

    /// <summary>Judges digits.</summary>
    /// <param name="judge">A trained network.</param>
    /// <param name="pixels">The digits.</param>
    /// <param name="training">The digits that whoever drew them has seen.</param>
    public static DigitScore Of(DigitNet judge, float[] pixels, float[] training)
    {
        int count = pixels.Length / DigitFile.Pixels;
        float[] probabilities = new float[count * DigitFile.Classes];
        judge.Probabilities(pixels, probabilities);
        double[] mean = [.. Enumerable.Range(0, DigitFile.Classes).Select(digit => Enumerable.Range(0, count).Average(i => (double)probabilities[(i * DigitFile.Classes) + digit]))];
        double divergence = 0;
        for (int i = 0; i < probabilities.Length; i++)
            divergence += probabilities[i] > 0 ? probabilities[i] * Math.Log(probabilities[i] / mean[i % DigitFile.Classes]) : 0;
        return new DigitScore(
            Enumerable.Range(0, count).Count(i => Of(probabilities, i).Max() >= SureFrom) / (double)count,
            Math.Exp(-mean.Sum(share => share > 0 ? share * Math.Log(share) : 0)),
            Math.Exp(divergence / count),
            Enumerable.Range(0, count).Average(i => Nearest(pixels.AsSpan(i * DigitFile.Pixels, DigitFile.Pixels), training)));
    }

    private static float[] Of(float[] probabilities, int index) => probabilities[(index * DigitFile.Classes)..((index + 1) * DigitFile.Classes)];

    private static double Nearest(ReadOnlySpan<float> digit, float[] training)
    {
        double nearest = double.PositiveInfinity;
        for (int start = 0; start < training.Length; start += DigitFile.Pixels)
        {
            double sum = 0;
            for (int i = 0; i < digit.Length; i++)
                sum += (digit[i] - training[start + i]) * (digit[i] - training[start + i]);
            nearest = Math.Min(nearest, sum);
        }

        return Math.Sqrt(nearest / DigitFile.Pixels);
    }
}
