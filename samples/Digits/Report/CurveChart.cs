using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Digits.Report;

/// <summary>A line of a chart: one figure an epoch.</summary>
/// <param name="Name">What the chart calls it.</param>
/// <param name="Style">Its class in the style sheet.</param>
/// <param name="Values">Its figures from the first epoch on.</param>
internal sealed record Curve(string Name, string Style, IReadOnlyList<double> Values);

/// <summary>Lines over the epochs as an inline SVG.</summary>
/// <param name="axis">How figures lie on the upright axis.</param>
/// <param name="format">The number format of figures in hints.</param>
internal sealed class CurveChart(CurveAxis axis, string format)
{
    private const double Width = 480;
    private const double Height = 260;
    private const double Left = 54;
    private const double Right = 62;
    private const double Top = 12;
    private const double Bottom = 42;

    /// <summary>Names at the lines' ends stand at least this far apart.</summary>
    private const double LabelSpacing = 14;

    private const int MostEpochTicks = 8;

    /// <summary>Draws the chart.</summary>
    /// <param name="title">What it shows, for readers who do not see it.</param>
    /// <param name="curves">Its lines, all as long.</param>
    /// <returns>An svg element.</returns>
    public string Draw(string title, params Curve[] curves)
    {
        int epochs = curves.Max(curve => curve.Values.Count);
        StringBuilder svg = new();
        Add(svg, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">\n");
        foreach (double tick in axis.Ticks)
        {
            double y = Y(tick);
            Add(svg, $"<line class=\"rule\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:F1}\" y2=\"{y:F1}\"/>");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{axis.Label(tick)}</text>\n");
        }

        int stride = Stride(epochs);
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            if (epoch == 1 || epoch % stride == 0)
                Add(svg, $"<text x=\"{X(epoch, epochs):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{epoch}</text>");
        }

        Add(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">epoch</text>\n");
        foreach (Curve curve in curves)
            Line(svg, curve, epochs);
        Names(svg, curves);
        svg.Append("</svg>");
        return svg.ToString();
    }

    private static int Stride(int epochs)
    {
        foreach (int stride in (int[])[1, 2, 5, 10, 20, 50, 100, 200, 500])
        {
            if (epochs / stride <= MostEpochTicks)
                return stride;
        }

        return 1000;
    }

    private static double X(int epoch, int epochs) => epochs == 1
        ? (Left + Width - Right) / 2
        : Left + ((Width - Left - Right) * (epoch - 1) / (epochs - 1));

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private double Y(double value) => Top + ((Height - Top - Bottom) * (1 - axis.Share(value)));

    private void Line(StringBuilder svg, Curve curve, int epochs)
    {
        IEnumerable<string> points = curve.Values.Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{X(i + 1, epochs):F1},{Y(value):F1}"));
        Add(svg, $"<polyline class=\"curve {curve.Style}\" points=\"{string.Join(' ', points)}\"/>\n");
        double radius = epochs <= 30 ? 2.6 : 1.2;
        for (int i = 0; i < curve.Values.Count; i++)
        {
            string value = curve.Values[i].ToString(format, CultureInfo.InvariantCulture);
            Add(svg, $"<circle class=\"dot {curve.Style}\" cx=\"{X(i + 1, epochs):F1}\" cy=\"{Y(curve.Values[i]):F1}\" r=\"{radius}\"><title>{curve.Name}, epoch {i + 1}: {value}</title></circle>");
        }

        svg.Append('\n');
    }

    private void Names(StringBuilder svg, Curve[] curves)
    {
        double last = double.NegativeInfinity;
        foreach (Curve curve in curves.OrderBy(curve => Y(curve.Values[^1])))
        {
            last = Math.Max(Y(curve.Values[^1]), last + LabelSpacing);
            Add(svg, $"<text class=\"{curve.Style}\" x=\"{X(curve.Values.Count, curve.Values.Count) + 9:F1}\" y=\"{last + 4:F1}\">{curve.Name}</text>\n");
        }
    }
}
