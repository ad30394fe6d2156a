namespace Dsl;

/// <summary>A classification tree.</summary>
/// <param name="features">The features: one vector.</param>
/// <param name="label">The label: classes.</param>
public sealed class DecisionTreeClassifierAttribute(string features, string label) : TreeClassifierAttribute(features, label)
{
    /// <summary>What a split lowers.</summary>
    public TreeImpurity Impurity { get; set; }
}
