using System;

namespace Dsl;

/// <summary>Measures predictions against the label of their model: a property of <c>Scores</c>.</summary>
/// <param name="metric">What is measured.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EvaluateAttribute(Metric metric) : Attribute
{
    /// <summary>What is measured.</summary>
    public Metric Metric { get; } = metric;

    /// <summary>The column that the model makes; where there is one model it may be left out.</summary>
    public string? Prediction { get; set; }

    /// <summary>For <c>Precision</c>, <c>Recall</c> and <c>F1</c>: the one class that is measured; -1: all, weighted by their sizes.</summary>
    public int Class { get; set; } = -1;

    /// <summary>The property's name; without one it is the metric's after the written <c>Prediction</c>.</summary>
    public string? Name { get; set; }
}
