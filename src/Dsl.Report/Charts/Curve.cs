using System.Collections.Generic;

namespace Dsl.Report;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What the chart calls it.</param>
/// <param name="Values">Its figures, one an epoch (or whatever the chart goes over) from the first on; where one is not finite, the line has a gap.</param>
public sealed record Curve(string Name, IReadOnlyList<double> Values);

/// <summary>How figures lie on a chart's upright axis.</summary>
public enum CurveScale
{
    /// <summary>Evenly, between round numbers.</summary>
    Even,

    /// <summary>Shares of what is right, by the logarithm of the errors: from 0.90 to 0.95 is as far as from 0.98 to 0.99.</summary>
    Accuracy,
}
