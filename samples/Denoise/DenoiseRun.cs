using System;
using System.IO;
using System.Linq;
using System.Threading;
using Digits;
using Dsl;

namespace Denoise;

/// <summary>The program: noise on digits, an autoencoder that takes it off, what else would do, what its codes are good for.</summary>
/// <param name="output">Where it is told.</param>
/// <param name="epochs">How many times every noisy digit is seen.</param>
/// <param name="seed">Seed of weights, noise and order.</param>
internal sealed class DenoiseRun(TextWriter output, int epochs, int seed)
{
    /// <summary>Epochs unless the user says otherwise.</summary>
    public const int DefaultEpochs = 30;

    private const int CodeSize = 50;
    private const int Copies = 10;
    private const int ReaderEpochs = 20;

    /// <summary>Does everything but the page.</summary>
    public DenoiseResult Execute(CancellationToken cancellation)
    {
        (Samples trainDigits, Samples testDigits) = DigitFile.Read(Path.Combine(AppContext.BaseDirectory, "digits.csv")).SplitEvery(DigitRun.HeldOut);
        DigitSet train = DigitSet.Of(trainDigits, Copies, seed);
        DigitSet test = DigitSet.Of(testDigits, 1, seed + 1);
        Say($"{trainDigits.Count} digits to train on, each {Copies} times with other noise of deviation {DigitSet.Noise}, {test.Count} to test on; seed {seed}");

        using Denoiser network = new((ulong)seed);
        History history = network.Fit(
            new Samples(train.Count, train.Noisy, train.Clean),
            new FitOptions { Epochs = epochs, BatchSize = 64, Seed = (ulong)seed },
            cancellationToken: cancellation);
        float[] restored = new float[test.Clean.Length];
        network.Predict(test.Noisy, restored);
        PrincipalComponents components = new(train.Clean[..(trainDigits.Count * DigitFile.Pixels)], DigitFile.Pixels);
        int best = Enumerable.Range(1, DigitFile.Pixels).MinBy(kept => train.Error(components.Project(train.Noisy, kept)));
        DenoiseResult result = new(test, restored, history)
        {
            NoisyError = test.Error(test.Noisy),
            MeanError = test.Error(components.Project(test.Noisy, 0)),
            ComponentsError = test.Error(components.Project(test.Noisy, CodeSize)),
            BestComponents = (test.Error(components.Project(test.Noisy, best)), best),
            Error = test.Error(restored),
            Accuracy = (ReadCodes(network, train, test), ReadPixels(train, test)),
        };
        Say($"mean squared error to the clean digits: noisy {result.NoisyError:F4}, mean digit {result.MeanError:F4}, {CodeSize} principal components {result.ComponentsError:F4}");
        Say($"the best number of them, {best}: {result.BestComponents.Error:F4}; autoencoder {result.Error:F4}");
        Say($"noisy digits read rightly by a linear classifier: from the {CodeSize} numbers of the code {result.Accuracy.Codes:F4}, from the {DigitFile.Pixels} pixels {result.Accuracy.Pixels:F4}");
        return result;
    }

    private double ReadCodes(Denoiser network, DigitSet train, DigitSet test)
    {
        using CodeReader reader = new((ulong)seed);
        reader.Fit(new Samples(Codes(network, train), train.Labels), Reading);
        int[] read = new int[test.Count];
        reader.Classify(Codes(network, test), read);
        return Metrics.Accuracy(read, test.Labels);
    }

    private double ReadPixels(DigitSet train, DigitSet test)
    {
        using PixelReader reader = new((ulong)seed);
        reader.Fit(new Samples(train.Noisy, train.Labels), Reading);
        int[] read = new int[test.Count];
        reader.Classify(test.Noisy, read);
        return Metrics.Accuracy(read, test.Labels);
    }

    private FitOptions Reading => new() { Epochs = ReaderEpochs, BatchSize = 64, Seed = (ulong)seed };

    private static float[] Codes(Denoiser network, DigitSet digits)
    {
        float[] codes = new float[digits.Count * CodeSize];
        network.Encode(digits.Noisy, codes);
        return codes;
    }

    private void Say(FormattableString line) => output.WriteLine(FormattableString.Invariant(line));
}
