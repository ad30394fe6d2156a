using System.Globalization;
using System.Text;

namespace Digits.Report;

/// <summary>A wrongly read digit as a picture, with what the network held it to be.</summary>
internal static class DigitFigure
{
    private const int BarHeight = 26;
    private const int BarWidth = 12;

    /// <summary>Draws a figure element.</summary>
    public static string Draw(Misreading wrong) => string.Create(CultureInfo.InvariantCulture, $"""
        <figure>
        {Picture(wrong)}
        <figcaption>a <b class="is">{wrong.Actual}</b> read as <b class="read">{wrong.Predicted}</b><br>test sample {wrong.Sample}</figcaption>
        {Bars(wrong)}
        </figure>

        """);

    private static string Picture(Misreading wrong)
    {
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"picture\" shape-rendering=\"crispEdges\" viewBox=\"0 0 {DigitFile.Side} {DigitFile.Side}\" role=\"img\" aria-label=\"a handwritten {wrong.Actual}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"paper\" width=\"{DigitFile.Side}\" height=\"{DigitFile.Side}\"/>");
        for (int i = 0; i < wrong.Pixels.Length; i++)
        {
            if (wrong.Pixels[i] > 0)
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"ink\" x=\"{i % DigitFile.Side}\" y=\"{i / DigitFile.Side}\" width=\"1\" height=\"1\" opacity=\"{wrong.Pixels[i]:0.####}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Bars(Misreading wrong)
    {
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {DigitFile.Classes * BarWidth} {BarHeight + 14}\" role=\"img\" aria-label=\"probability of each digit\">");
        for (int digit = 0; digit < DigitFile.Classes; digit++)
        {
            string style = digit == wrong.Actual ? " is" : digit == wrong.Predicted ? " read" : "";
            double height = 1 + (wrong.Probabilities[digit] * (BarHeight - 1));
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar{style}\" x=\"{(digit * BarWidth) + 1}\" y=\"{BarHeight - height:F2}\" width=\"{BarWidth - 2}\" height=\"{height:F2}\" rx=\"1\"><title>{digit}: {wrong.Probabilities[digit]:P1}</title></rect>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{style.TrimStart()}\" x=\"{(digit * BarWidth) + (BarWidth / 2)}\" y=\"{BarHeight + 11}\" text-anchor=\"middle\" style=\"font-size:9px\">{digit}</text>");
        }

        return svg.Append("</svg>").ToString();
    }
}
