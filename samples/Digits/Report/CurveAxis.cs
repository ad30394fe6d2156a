using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Digits.Report;

/// <summary>How figures lie on a chart's upright axis.</summary>
internal sealed class CurveAxis
{
    /// <summary>Accuracies above this one lie on the upper edge: between 0.99 and 1 a logarithm would have no end.</summary>
    private const double HighestAccuracy = 0.999;

    private static readonly double[] s_accuracyTicks = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, HighestAccuracy];

    private readonly Func<double, double> _scale;
    private readonly Func<double, string> _label;

    private CurveAxis(IReadOnlyList<double> ticks, Func<double, double> scale, Func<double, string> label)
    {
        Ticks = ticks;
        _scale = scale;
        _label = label;
    }

    /// <summary>Figures that have a line across the chart, ascending; the first and the last are its edges.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>An even axis that holds all figures, with lines at round numbers.</summary>
    public static CurveAxis Even(IEnumerable<double> figures)
    {
        List<double> all = [.. figures.Where(double.IsFinite)];
        double low = all.Count == 0 ? 0 : all.Min();
        double high = all.Count == 0 ? 1 : all.Max();
        double rough = Math.Max(high - low, 1e-6) / 5;
        double unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = ((double[])[1, 2, 5, 10]).First(factor => factor * unit >= rough) * unit;
        int first = (int)Math.Floor(low / step);
        int last = Math.Max((int)Math.Ceiling(high / step), first + 1);
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        return new CurveAxis(
            [.. Enumerable.Range(first, last - first + 1).Select(tick => tick * step)],
            figure => figure,
            tick => tick.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    /// <summary>An axis of accuracies by the logarithm of the errors: from 0.90 to 0.95 is as far as from 0.98 to 0.99.</summary>
    public static CurveAxis Accuracy(IEnumerable<double> accuracies)
    {
        double low = accuracies.Where(double.IsFinite).DefaultIfEmpty(0).Min();
        int first = Math.Max(0, Array.FindLastIndex(s_accuracyTicks, tick => tick <= low));
        return new CurveAxis(
            s_accuracyTicks[Math.Min(first, s_accuracyTicks.Length - 2)..],
            accuracy => -Math.Log10(1 - Math.Min(accuracy, HighestAccuracy)),
            tick => (tick * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %");
    }

    /// <summary>What the chart writes beside a line.</summary>
    public string Label(double tick) => _label(tick);

    /// <summary>Where a figure lies, 0 at the lower edge to 1 at the upper.</summary>
    public double Share(double figure) => double.IsNaN(figure)
        ? 0
        : Math.Clamp((_scale(figure) - _scale(Ticks[0])) / (_scale(Ticks[^1]) - _scale(Ticks[0])), 0, 1);
}
