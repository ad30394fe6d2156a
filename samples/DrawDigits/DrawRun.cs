using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Digits;
using Dsl;

namespace DrawDigits;

/// <summary>The program: a judge and a network that draws, digits out of noise, and what the judge says of them.</summary>
/// <param name="output">Where it is told.</param>
/// <param name="epochs">How many times the network that draws sees every digit.</param>
/// <param name="seed">Seed of weights, noise and order.</param>
internal sealed class DrawRun(TextWriter output, int epochs, int seed)
{
    /// <summary>Epochs unless the user says otherwise.</summary>
    public const int DefaultEpochs = 300;

    /// <summary>Digits on the way between two.</summary>
    public const int Steps = 8;

    private const int CodeSize = 12;
    private const int Drawn = 2000;
    private const int Ways = 3;

    /// <summary>Does everything but the page.</summary>
    public DrawResult Execute(CancellationToken cancellation)
    {
        (Samples train, Samples test) = DigitFile.Read(Path.Combine(AppContext.BaseDirectory, "digits.csv")).SplitEvery(DigitRun.HeldOut);
        float[] seen = PixelsOf(train);
        float[] unseen = PixelsOf(test);
        Say($"{train.Count} digits to learn from, {test.Count} to compare with, {Drawn} to draw; seed {seed}");

        using DigitNet judge = new((ulong)seed);
        judge.Fit(train, new FitOptions { Epochs = DigitRun.DefaultEpochs, Seed = (ulong)seed }, cancellationToken: cancellation);
        Say($"the judge reads {judge.Evaluate(test).Accuracy!.Value:F4} of the test digits rightly");

        using Drawer network = new((ulong)seed);
        History history = network.Fit(
            new Samples(train.Count, seen, seen), new FitOptions { Epochs = epochs, BatchSize = 64, Seed = (ulong)seed }, cancellationToken: cancellation);
        Random random = new(seed);
        float[] drawn = Draw(network, [.. Enumerable.Range(0, Drawn * CodeSize).Select(_ => (float)Noise.Normal(random))]);
        NormalPixels alone = new(seen, keepsCovariance: false);
        NormalPixels together = new(seen, keepsCovariance: true);
        List<(string Way, DigitScore Score)> scores =
        [
            ("each pixel by itself", DigitScore.Of(judge, Many(alone, random), seen)),
            ("one normal distribution of all pixels", DigitScore.Of(judge, Many(together, random), seen)),
            ("the network", DigitScore.Of(judge, drawn, seen)),
            ("the test digits", DigitScore.Of(judge, unseen, seen)),
        ];
        foreach ((string way, DigitScore score) in scores)
            Say($"{way}: surely a digit {score.Sure:F3}, kinds {score.Kinds:F2}, inception score {score.Inception:F2}, distance to the nearest training digit {score.Distance:F3}");
        return new DrawResult(drawn, Read(judge, drawn), Between(network, unseen), history, scores);
    }

    /// <summary>Digits of codes: logits as shares of ink.</summary>
    private static float[] Draw(Drawer network, float[] codes)
    {
        float[] pixels = new float[codes.Length / CodeSize * DigitFile.Pixels];
        network.Draw(codes, pixels);
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = 1 / (1 + MathF.Exp(-pixels[i]));
        return pixels;
    }

    /// <summary>Straight lines between the codes of test digits, drawn.</summary>
    private static float[] Between(Drawer network, float[] digits)
    {
        float[] codes = new float[digits.Length / DigitFile.Pixels * CodeSize];
        network.Encode(digits, codes);
        List<float> steps = [];
        for (int way = 0; way < Ways; way++)
        {
            for (int step = 0; step < Steps; step++)
            {
                float share = step / (Steps - 1f);
                for (int i = 0; i < CodeSize; i++)
                    steps.Add(((1 - share) * codes[(2 * way * CodeSize) + i]) + (share * codes[(((2 * way) + 1) * CodeSize) + i]));
            }
        }

        return Draw(network, [.. steps]);
    }

    private static float[] Many(NormalPixels pixels, Random random) => [.. Enumerable.Range(0, Drawn).SelectMany(_ => pixels.Draw(random))];

    private static (int Digit, float Probability)[] Read(DigitNet judge, float[] pixels)
    {
        float[] probabilities = new float[pixels.Length / DigitFile.Pixels * DigitFile.Classes];
        judge.Probabilities(pixels, probabilities);
        return [.. probabilities.Chunk(DigitFile.Classes).Select(each => (Array.IndexOf(each, each.Max()), each.Max()))];
    }

    private static float[] PixelsOf(Samples digits) => [.. Enumerable.Range(0, digits.Count).SelectMany(sample => digits.Input(sample).ToArray())];

    private void Say(FormattableString line) => output.WriteLine(FormattableString.Invariant(line));
}
