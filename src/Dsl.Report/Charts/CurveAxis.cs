using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Report;

/// <summary>How figures lie on a chart's upright axis.</summary>
internal sealed class CurveAxis
{
    /// <summary>Accuracies above this one lie on the upper edge: between 0.99 and 1 a logarithm would have no end.</summary>
    private const double HighestAccuracy = 0.999;

    private static readonly double[] AccuracyTicks = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, HighestAccuracy];

    private readonly Func<double, double> scale;
    private readonly Func<double, string> label;

    private CurveAxis(IReadOnlyList<double> ticks, Func<double, double> scale, Func<double, string> label, Func<double, string> hint)
    {
        Ticks = ticks;
        this.scale = scale;
        this.label = label;
        Hint = hint;
    }

    /// <summary>Figures that have a line across the chart, ascending; the first and the last are its edges.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>A figure as a reader sees it who points at it.</summary>
    public Func<double, string> Hint { get; }

    /// <summary>An axis that holds all figures.</summary>
    public static CurveAxis Of(CurveScale scale, IEnumerable<double> figures) => scale == CurveScale.Accuracy ? Accuracy(figures) : Even(figures);

    /// <summary>What the chart writes beside a line.</summary>
    public string Label(double tick) => label(tick);

    /// <summary>Where a figure lies, 0 at the lower edge to 1 at the upper.</summary>
    public double Share(double figure) => Math.Clamp((scale(figure) - scale(Ticks[0])) / (scale(Ticks[^1]) - scale(Ticks[0])), 0, 1);

    private static CurveAxis Even(IEnumerable<double> figures)
    {
        List<double> all = [.. figures.Where(double.IsFinite)];
        double low = all.Count == 0 ? 0 : all.Min();
        double high = all.Count == 0 ? 1 : all.Max();

        // Below the rounding of the figures themselves steps would fall together.
        double rough = Math.Max((high / 5) - (low / 5), Math.Max(1e-9, Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9));
        double unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = ((double[])[1, 2, 5, 10]).First(factor => factor == 10 || factor * unit >= rough) * unit;
        double first = Math.Floor(low / step);
        double last = Math.Max(Math.Ceiling(high / step), first + 1);
        double most = Math.Max(Math.Abs(low), Math.Abs(high));
        int stepDigit = (int)Math.Floor(Math.Log10(step) + 1e-9);
        string format = stepDigit < -5 || most >= 1e7
            ? "0." + new string('#', Math.Max(0, (int)Math.Floor(Math.Log10(Math.Max(most, step))) - stepDigit)) + "E+0"
            : "F" + Math.Max(0, -stepDigit).ToString(CultureInfo.InvariantCulture);
        return new CurveAxis(
            [.. Enumerable.Range(0, (int)(last - first) + 1).Select(tick => (first + tick) * step)],
            figure => figure,
            tick => tick.ToString(format, CultureInfo.InvariantCulture),
            figure => figure.ToString("G5", CultureInfo.InvariantCulture));
    }

    private static CurveAxis Accuracy(IEnumerable<double> accuracies)
    {
        double[] all = [.. accuracies.Where(double.IsFinite).DefaultIfEmpty(0)];
        int first = Math.Clamp(Array.FindLastIndex(AccuracyTicks, tick => tick <= all.Min()), 0, AccuracyTicks.Length - 2);
        int last = Array.FindIndex(AccuracyTicks, first + 1, tick => tick >= all.Max());
        return new CurveAxis(
            last < 0 ? AccuracyTicks[first..] : AccuracyTicks[first..(last + 1)],
            accuracy => -Math.Log10(1 - Math.Clamp(accuracy, 0, HighestAccuracy)),
            tick => (tick * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %",
            accuracy => (accuracy * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %");
    }
}
