using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Report;

/// <summary>Lines over the epochs as an inline SVG.</summary>
/// <param name="html">Where it is written.</param>
/// <param name="axis">How figures lie on the upright axis.</param>
/// <param name="over">What the level axis counts.</param>
internal sealed class CurveChart(HtmlWriter html, CurveAxis axis, string over)
{
    private const double Width = 480;
    private const double Height = 260;
    private const double Left = 54;
    private const double Top = 12;
    private const double Bottom = 42;

    /// <summary>Names at the lines' ends stand at least this far apart.</summary>
    private const double LabelSpacing = 14;

    /// <summary>About how wide a letter of a name is.</summary>
    private const double LetterWidth = 6.8;

    /// <summary>A longer name is cut.</summary>
    private const int MostLetters = 16;

    private const int MostTicks = 8;

    /// <summary>With more points than this, dots would be a band.</summary>
    private const int MostDots = 100;

    /// <summary>As many colours as the style sheet has for curves.</summary>
    private const int Colours = 6;

    private double right = 16;

    /// <summary>Draws the chart.</summary>
    /// <param name="title">What it shows, for readers who do not see it.</param>
    /// <param name="curves">Its lines; a single one is drawn in the colour of results.</param>
    public void Draw(string title, IReadOnlyList<Curve> curves)
    {
        int points = curves.Max(curve => curve.Values.Count);
        right = curves.Count == 1 ? 16 : 18 + (LetterWidth * curves.Max(curve => Math.Min(curve.Name.Length, MostLetters + 1)));
        html.Line($"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">");
        foreach (double tick in axis.Ticks)
        {
            double y = Y(tick);
            html.Line($"<line class=\"rule\" x1=\"{Left}\" x2=\"{Width - right:0.#}\" y1=\"{y:F1}\" y2=\"{y:F1}\"/><text x=\"{Left - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{axis.Label(tick)}</text>");
        }

        int stride = Stride(points);
        for (int point = 1; point <= points; point = point == 1 && stride > 1 ? stride : point + stride)
            html.Add($"<text x=\"{X(point, points):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{point}</text>");
        html.Line($"<text x=\"{(Left + Width - right) / 2:0.#}\" y=\"{Height - 4}\" text-anchor=\"middle\">{over}</text>");
        for (int i = 0; i < curves.Count; i++)
            Line(curves[i], Style(i, curves.Count), points);
        if (curves.Count > 1)
            Names(curves);
        html.Line($"</svg>");
    }

    /// <summary>The first of several curves is the quiet one.</summary>
    private static string Style(int index, int count) => "c" + ((index + (count == 1 ? 1 : 0)) % Colours).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static int Stride(int points)
    {
        for (int unit = 1; ; unit *= 10)
        {
            foreach (int factor in (ReadOnlySpan<int>)[1, 2, 5])
            {
                if (points / (factor * unit) <= MostTicks)
                    return factor * unit;
            }
        }
    }

    private double X(int point, int points) => points == 1
        ? (Left + Width - right) / 2
        : Left + ((Width - Left - right) * (point - 1) / (points - 1));

    private double Y(double value) => Top + ((Height - Top - Bottom) * (1 - axis.Share(value)));

    private void Line(Curve curve, string style, int points)
    {
        html.Add($"<path class=\"curve {style}\" d=\"");
        bool isOpen = false;
        for (int i = 0; i < curve.Values.Count; i++)
        {
            bool isThere = double.IsFinite(curve.Values[i]);
            if (isThere)
                html.Add($"{(isOpen ? "L" : "M")}{X(i + 1, points):0.##},{Y(curve.Values[i]):0.##}");
            isOpen = isThere;
        }

        html.Line($"\"/>");
        if (points > MostDots)
            return;
        double radius = points <= 30 ? 2.6 : 1.2;
        for (int i = 0; i < curve.Values.Count; i++)
        {
            if (double.IsFinite(curve.Values[i]))
                html.Add($"<circle class=\"dot {style}\" cx=\"{X(i + 1, points):F1}\" cy=\"{Y(curve.Values[i]):F1}\" r=\"{radius}\"><title>{curve.Name}, {over} {i + 1}: {axis.Hint(curve.Values[i])}</title></circle>");
        }

        html.Line($"");
    }

    /// <summary>Each name beside its line's end, pushed down where two would overlap, and all up again where the last would leave the chart.</summary>
    private void Names(IReadOnlyList<Curve> curves)
    {
        (string Name, string Style, double Y)[] names = [.. curves
            .Select((curve, i) => (curve.Name, Style(i, curves.Count), Y(curve.Values.LastOrDefault(double.IsFinite, axis.Ticks[0]))))
            .OrderBy(name => name.Item3)];
        for (int i = 1; i < names.Length; i++)
            names[i].Y = Math.Max(names[i].Y, names[i - 1].Y + LabelSpacing);
        double lowest = Height - Bottom;
        for (int i = names.Length - 1; i >= 0 && names[i].Y > lowest; i--)
        {
            names[i].Y = lowest;
            lowest -= LabelSpacing;
        }

        foreach ((string name, string style, double y) in names)
            html.Add($"<text class=\"{style}\" x=\"{Width - right + 9:F1}\" y=\"{y + 4:F1}\">{(name.Length <= MostLetters ? name : name[..MostLetters] + "…")}</text>");
        html.Line($"");
    }
}
