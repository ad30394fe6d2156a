using System;
using System.Linq;
using Digits;
using Dsl;
using Dsl.Report;

namespace DrawDigits;

/// <summary>The page about a run.</summary>
internal static class DrawPage
{
    private const int Shown = 60;

    /// <summary>Puts it together.</summary>
    public static ReportPage Of(DrawResult result)
    {
        using Drawer network = new();
        return new ReportPage("Digits that nobody wrote")
        {
            Lead = "Twelve random numbers become an 8×8 digit: the second half of a variational autoencoder. Another network, which only learnt to read, says what it sees.",
            Footer = "Digits: E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998 (CC BY 4.0).",
        }
            .Figures(
                new(FormattableString.Invariant($"{result.Score.Sure * 100:F1} %"), FormattableString.Invariant($"of the drawn digits are surely one to the judge; of the test digits {result.Scores[^1].Score.Sure * 100:F1} %")),
                new(FormattableString.Invariant($"{result.Score.Kinds:F1}"), "kinds of digits among them, of 10"),
                new(FormattableString.Invariant($"{result.Score.Inception:F2}"), FormattableString.Invariant($"inception score; of normally distributed pixels {result.Scores[^3].Score.Inception:F2}, of the test digits {result.Scores[^1].Score.Inception:F2}")))
            .Tiles("Drawn", Enumerable.Range(0, Shown).Select(i => Tile(result.Drawn, i, Caption(result.Read[i]))), "The first ones, as they come, with what the judge reads.")
            .Tiles(
                "From one digit to another",
                Enumerable.Range(0, result.Between.Length / DigitFile.Pixels).Select(i => Tile(result.Between, i, FormattableString.Invariant($"{100 * (i % DrawRun.Steps) / (DrawRun.Steps - 1)} %"))),
                "Straight ways between the codes of test digits.")
            .Table(
                "Beside plainer ways",
                ["drawn by", "surely a digit", "kinds", "inception score", "distance to the nearest training digit"],
                result.Scores.Select(row => (object?[])[row.Way, Text(row.Score.Sure), Text(row.Score.Kinds), Text(row.Score.Inception), Text(row.Score.Distance)]))
            .Curves(result.History)
            .Network(network);
    }

    private static Tile Tile(float[] pixels, int index, string caption) =>
        new(Picture.Ink(pixels.AsSpan(index * DigitFile.Pixels, DigitFile.Pixels), DigitFile.Side, DigitFile.Side), caption);

    private static string Caption((int Digit, float Probability) read) => FormattableString.Invariant($"{read.Digit} ({read.Probability * 100:F0} %)");

    private static string Text(double value) => FormattableString.Invariant($"{value:F3}");
}
