using System;
using System.Linq;
using Digits;
using Dsl;
using Dsl.Report;

namespace Denoise;

/// <summary>The page about a run.</summary>
internal static class DenoisePage
{
    private const int Shown = 24;

    /// <summary>Puts it together.</summary>
    public static ReportPage Of(DenoiseResult result)
    {
        using Denoiser network = new();
        return new ReportPage("An autoencoder takes noise off digits")
        {
            Lead = FormattableString.Invariant($"64 pixels with noise of deviation {DigitSet.Noise} go through 100 and 50 numbers and back to 64; {result.Test.Count} test digits that training did not see."),
            Footer = "Digits: E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998 (CC BY 4.0).",
        }
            .Figures(
                new(Error(result.Error), "mean squared error of the autoencoder"),
                new(Error(result.BestComponents.Error), $"of {result.BestComponents.Kept} principal components, the best number of them"),
                new(Error(result.NoisyError), "of the noisy pixels"),
                new(FormattableString.Invariant($"{result.Accuracy.Codes * 100:F1} %"), FormattableString.Invariant($"of noisy digits read by a linear classifier from the codes; from the pixels {result.Accuracy.Pixels * 100:F1} %")))
            .Pairs("Before and after", Enumerable.Range(0, Shown).Select(i => Pair(result, i)), "noisy", "restored", "The first test digits, as they come.")
            .Curves(result.History)
            .Table(
                "Beside plainer ways",
                ["way", "mean squared error"],
                [
                    ["the noisy pixels", Error(result.NoisyError)], ["the mean digit", Error(result.MeanError)], ["50 principal components", Error(result.ComponentsError)],
                    [$"{result.BestComponents.Kept} principal components", Error(result.BestComponents.Error)], ["the autoencoder", Error(result.Error)],
                ])
            .Network(network);
    }

    private static PicturePair Pair(DenoiseResult result, int index) => new(
        Picture.Ink(DigitSet.Digit(result.Test.Noisy, index), DigitFile.Side, DigitFile.Side),
        Picture.Ink(DigitSet.Digit(result.Restored, index), DigitFile.Side, DigitFile.Side),
        $"a {result.Test.Labels[index]}");

    private static string Error(double error) => FormattableString.Invariant($"{error:F4}");
}
