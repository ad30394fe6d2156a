using System;

namespace Dsl;

/// <summary>Gives the class <c>Tune</c>, which fits all stages behind <c>Split</c> (without one all) anew for each fold and each point of the <c>Grid</c>. Once.</summary>
/// <param name="metric">What is measured.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CrossValidateAttribute(Metric metric) : Attribute
{
    /// <summary>What is measured.</summary>
    public Metric Metric { get; } = metric;

    /// <summary>The column that the model makes; where there is one model it may be left out.</summary>
    public string? Prediction { get; set; }

    /// <summary>For <c>Precision</c>, <c>Recall</c> and <c>F1</c>: the one class that is measured; -1: all, weighted by their sizes.</summary>
    public int Class { get; set; } = -1;

    /// <summary>How many parts the rows are dealt into, at least 2.</summary>
    public int Folds { get; set; } = 3;

    /// <summary>How often they are dealt anew, at least 1.</summary>
    public int Repeats { get; set; } = 1;

    /// <summary>Where the dealing starts; the <c>Seed</c> of <c>PipelineOptions</c> is added to it.</summary>
    public ulong Seed { get; set; }

    /// <summary>A text, flag or whole number of the row whose values every fold has in the same shares; a row without one is in no fold.</summary>
    public string? Stratify { get; set; }
}
