namespace Dsl;

/// <summary>
/// Vector → its best elements by a test against a label: chi², ANOVA F or F value. Best is the least p-value, of equals the first; as in MLlib those without one come last: an element that never
/// changes, and one that tells the label wholly, whose F is infinite.
/// </summary>
/// <param name="features">The vector to read.</param>
/// <param name="label">What they are tested against: a number, class number or flag.</param>
/// <param name="output">The column to make.</param>
/// <param name="top">How many, from 1 to the size.</param>
public sealed class UnivariateFeatureSelectorAttribute(string features, string label, string output, int top) : StageAttribute
{
    /// <summary>The vector to read.</summary>
    public string Features { get; } = features;

    /// <summary>What they are tested against: a number, class number or flag.</summary>
    public string Label { get; } = label;

    /// <summary>The column to make.</summary>
    public string Output { get; } = output;

    /// <summary>How many, from 1 to the size.</summary>
    public int Top { get; } = top;

    /// <summary>What the elements count as: of a categorical label categorical ones are tested by chi², continuous ones by ANOVA F.</summary>
    public VariableKind FeatureType { get; set; }

    /// <summary>What the label counts as: elements are tested by the F value where it is continuous, as they must be then.</summary>
    public VariableKind LabelType { get; set; }
}
