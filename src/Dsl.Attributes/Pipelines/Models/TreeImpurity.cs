namespace Dsl;

/// <summary>What a split of a classification tree lowers.</summary>
public enum TreeImpurity
{
    /// <summary>One minus the squared shares of the classes.</summary>
    Gini,

    /// <summary>The entropy of the shares of the classes, in bits.</summary>
    Entropy,
}
