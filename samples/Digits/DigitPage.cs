using System;
using System.Globalization;
using System.Linq;
using Dsl;
using Dsl.Report;

namespace Digits;

/// <summary>The page about a run.</summary>
internal static class DigitPage
{
    /// <summary>Puts it together.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="history">What <c>Fit</c> returned, with the test samples as its validation set.</param>
    /// <param name="reading">What the network reads in the test samples.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="time">How long training took.</param>
    public static ReportPage Of(DigitNet network, History history, TestReading reading, ulong seed, TimeSpan time)
    {
        int epochs = history.Epochs.Count;
        ReportPage page = new("DigitNet reads handwritten digits")
        {
            Lead = string.Create(
                CultureInfo.InvariantCulture,
                $"Trained on three of every four samples of each digit, tested on the {reading.Confusion.Count} others, which this run used neither for its weights nor for when to stop. Seed {seed}; the same seed gives the same bits."),
            Footer = "Digits: E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998 (CC BY 4.0).",
        };
        page.Figures(
                new(Invariant($"{reading.Confusion.Accuracy * 100:F2} %"), "of the test digits read rightly"),
                new(Invariant($"{reading.Misreadings.Count} of {reading.Confusion.Count}"), "read wrongly"),
                new(Invariant($"{DigitNet.ParameterCount:#,##0}"), "parameters"),
                new(Invariant($"{time.TotalSeconds:F1} s"), $"for {Counted(epochs, "epoch")}, {Counted(Compute.Threads, "thread")}"))
            .Curves(history, "test")
            .Confusion(reading.Confusion, title: "Which digit was read as which", note: "A row for each digit as written, a column for what was read.")
            .Network(network);
        return reading.Misreadings.Count == 0
            ? page.Text("Read wrongly", $"None: all {reading.Confusion.Count} test digits were read rightly.")
            : page.Tiles("Read wrongly", reading.Misreadings.Select(TileOf), "The surest mistake first. Bars: how likely the network held each digit to be.");
    }

    private static Tile TileOf(Misreading wrong) => new(Picture.Ink(wrong.Pixels, DigitFile.Side, DigitFile.Side), $"a {wrong.Actual} read as {wrong.Predicted}", $"test sample {wrong.Sample}")
    {
        Bars = [.. wrong.Probabilities.Select((share, digit) => new TileBar($"{digit}", share, digit == wrong.Actual ? Tone.Good : digit == wrong.Predicted ? Tone.Bad : Tone.Plain))],
    };

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : Invariant($"{count} {what}s");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
