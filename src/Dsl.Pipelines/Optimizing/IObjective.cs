using System;

namespace Dsl.Pipelines.Optimizing;

/// <summary>A smooth function of several variables that is to be made small.</summary>
internal interface IObjective
{
    /// <summary>Its value at a point, and its gradient there.</summary>
    double Evaluate(ReadOnlySpan<double> point, Span<double> gradient);
}
