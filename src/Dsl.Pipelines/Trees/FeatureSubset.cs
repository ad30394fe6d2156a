using System;
using System.Globalization;

namespace Dsl.Pipelines.Trees;

/// <summary>How many features a node looks at, as MLlib's <c>featureSubsetStrategy</c> says it.</summary>
internal static class FeatureSubset
{
    /// <summary>The number of features.</summary>
    /// <param name="strategy">auto, all, onethird, sqrt, log2, a number of at least 1, or a share above 0 up to 1.</param>
    /// <param name="features">How many there are.</param>
    /// <param name="trees">How many trees are grown.</param>
    /// <param name="isClassifier">Of classes.</param>
    /// <returns>At least 1 and at most all; null where the strategy is none.</returns>
    public static int? CountOf(string strategy, int features, int trees, bool isClassifier)
    {
        switch (strategy)
        {
            case "auto":
                return trees == 1 ? features : CountOf(isClassifier ? "sqrt" : "onethird", features, trees, isClassifier);
            case "all":
                return features;
            case "sqrt":
                return (int)Math.Ceiling(Math.Sqrt(features));
            case "log2":
                return Math.Max(1, (int)Math.Ceiling(Math.Log(features) / Math.Log(2)));
            case "onethird":
                return (int)Math.Ceiling(features / 3.0);
        }

        if (int.TryParse(strategy, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count) && count > 0)
            return Math.Min(count, features);
        return double.TryParse(strategy, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share > 0 && share <= 1
            ? (int)Math.Ceiling(share * features)
            : null;
    }
}
