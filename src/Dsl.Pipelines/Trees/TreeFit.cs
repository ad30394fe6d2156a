using System;
using System.Globalization;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Randomness;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Trees;

/// <summary>What every fit of trees is told, by MLlib's names.</summary>
/// <param name="MaxDepth">The deepest node.</param>
/// <param name="MaxBins">The most bins of a feature.</param>
/// <param name="MinInstancesPerNode">The fewest rows of a node.</param>
/// <param name="MinWeightFractionPerNode">The least share of all weight of a node.</param>
/// <param name="MinInfoGain">The least gain of a split.</param>
internal sealed record TreeOptions(int MaxDepth, int MaxBins, int MinInstancesPerNode, double MinWeightFractionPerNode, double MinInfoGain);

/// <summary>Which rows and features the trees of a forest see.</summary>
/// <param name="Trees">How many trees.</param>
/// <param name="FeatureSubsetStrategy">How many features a node looks at.</param>
/// <param name="SubsamplingRate">The share of the rows that a tree sees.</param>
/// <param name="Bootstrap">Drawn with replacement.</param>
internal sealed record ForestOptions(int Trees, string FeatureSubsetStrategy, double SubsamplingRate, bool Bootstrap);

/// <summary>How trees are boosted.</summary>
/// <param name="MaxIter">How many.</param>
/// <param name="StepSize">What each but the first counts.</param>
/// <param name="FeatureSubsetStrategy">How many features a node looks at.</param>
/// <param name="SubsamplingRate">The share of the rows that a tree sees.</param>
/// <param name="Loss">What becomes small.</param>
internal sealed record BoostingOptions(int MaxIter, double StepSize, string FeatureSubsetStrategy, double SubsamplingRate, BoostedLoss Loss);

/// <summary>From rows to trees.</summary>
internal static class TreeFit
{
    private const int MostDepth = 30;
    private const int MostBins = ushort.MaxValue + 1;

    /// <summary>A tree or a forest.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="rows">What it learns from.</param>
    /// <param name="classes">How many classes the labels have; 0: they are numbers.</param>
    /// <param name="impurity">How mixed a node of classes is.</param>
    /// <param name="options">What bounds the trees.</param>
    /// <param name="forest">Of a forest what each tree sees; null: one tree, of all rows and features.</param>
    public static TreeEnsemble Forest(FitStep step, TrainingRows rows, int classes, TreeImpurity impurity, TreeOptions options, ForestOptions? forest)
    {
        int trees = forest?.Trees ?? 1;
        Check(step, options);
        Check(step, "NumTrees", trees, trees >= 1, "at least 1");
        Check(step, "SubsamplingRate", forest?.SubsamplingRate ?? 1, forest is null or { SubsamplingRate: > 0 and <= 1 }, "above 0 and at most 1");
        if (classes > TreeRow.MostClasses)
            throw step.Wrong($"has {classes} classes, and can have {TreeRow.MostClasses}");
        GrowOptions grow = Grow(step, rows, options, forest?.FeatureSubsetStrategy ?? "all", trees, classes > 0);
        long seed = unchecked((long)step.Seed);
        int count = rows.Labels.Length;

        // Draws come one after the other, and binning does not wait for them.
        RowCopies? copies = forest is null ? null
            : forest.Bootstrap ? RowCopies.Bootstrap(count, trees, forest.SubsamplingRate, seed)
            : RowCopies.Sample(count, trees, forest.SubsamplingRate, seed);
        BinnedRows binned = Binning.Of(rows.Features, rows.Weights, Categories(step, rows, options), options.MaxBins, copies is null ? null : copies.Next);
        ushort[]? labels = classes > 0 ? Array.ConvertAll(rows.Labels, label => (ushort)label) : null;
        Impurity kind = classes > 0 ? new ClassImpurity(classes, impurity == TreeImpurity.Entropy, rows.Weights is not null) : new Variance();
        GrowingTree[] growing = new GrowingTree[trees];
        ParallelParts.Run(trees, tree => growing[tree] = GrowingTree.Of(tree, count, copies?.ByTree[tree], labels, kind.Sums));
        copies = null;
        TreeGrower grower = new(binned, rows.Weights, kind, grow, step.Cancellation) { Levels = step.Iterates };
        grower.Grow(growing, classes > 0 ? [] : rows.Labels, seed);
        GrownTree[] grown = new GrownTree[trees];
        ParallelParts.Run(trees, tree => grown[tree] = new GrownTree(growing[tree], kind, binned.Features));
        return TreeEnsemble.Of(grown, rows.Elements, classes);
    }

    /// <summary>Boosted trees, and what each counts.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="rows">What it learns from.</param>
    /// <param name="targets">A target a row: the label, or -1 and +1 of two classes.</param>
    /// <param name="options">What bounds the trees.</param>
    /// <param name="boosting">How they are boosted.</param>
    public static (TreeEnsemble Trees, double[] Weights) Boosted(FitStep step, TrainingRows rows, double[] targets, TreeOptions options, BoostingOptions boosting)
    {
        Check(step, options);
        Check(step, "MaxIter", boosting.MaxIter, boosting.MaxIter >= 0, "at least 0");
        Check(step, "StepSize", boosting.StepSize, boosting.StepSize is > 0 and <= 1, "above 0 and at most 1");
        Check(step, "SubsamplingRate", boosting.SubsamplingRate, boosting.SubsamplingRate is > 0 and <= 1, "above 0 and at most 1");
        GrowOptions grow = Grow(step, rows, options, boosting.FeatureSubsetStrategy, 1, isClassifier: boosting.Loss == BoostedLoss.Logistic);
        BinnedRows binned = Binning.Of(rows.Features, rows.Weights, Categories(step, rows, options), options.MaxBins);
        GrownTree[] trees = Boosting.Grow(binned, targets, rows.Weights, boosting, grow, unchecked((long)step.Seed), step.Iterates, step.Cancellation);
        double[] weights = new double[trees.Length];
        for (int tree = 0; tree < weights.Length; tree++)
            weights[tree] = tree == 0 ? 1 : boosting.StepSize;
        return (TreeEnsemble.Of(trees, rows.Elements, 0), weights);
    }

    private static GrowOptions Grow(FitStep step, TrainingRows rows, TreeOptions options, string strategy, int trees, bool isClassifier) => new()
    {
        MaxDepth = options.MaxDepth,
        MaxBins = options.MaxBins,
        MinInstancesPerNode = options.MinInstancesPerNode,
        MinWeightFractionPerNode = options.MinWeightFractionPerNode,
        MinInfoGain = options.MinInfoGain,
        FeaturesPerNode = FeatureSubset.CountOf(strategy, rows.Features.Size, trees, isClassifier)
            ?? throw step.Wrong($"has the FeatureSubsetStrategy \"{strategy}\", and wanted is auto, all, onethird, sqrt, log2, a number of at least 1, or a share above 0 up to 1"),
    };

    // The compiler has seen what is written in attributes; a grid's values come as they are.
    private static void Check(FitStep step, TreeOptions options)
    {
        Check(step, "MaxDepth", options.MaxDepth, options.MaxDepth is >= 0 and <= MostDepth, $"from 0 to {MostDepth}");
        Check(step, "MaxBins", options.MaxBins, options.MaxBins is >= 2 and <= MostBins, $"from 2 to {MostBins}");
        Check(step, "MinInstancesPerNode", options.MinInstancesPerNode, options.MinInstancesPerNode >= 1, "at least 1");
        Check(step, "MinWeightFractionPerNode", options.MinWeightFractionPerNode, options.MinWeightFractionPerNode is >= 0 and < 0.5, "at least 0 and below 0.5");
        Check(step, "MinInfoGain", options.MinInfoGain, options.MinInfoGain >= 0, "at least 0");
    }

    private static void Check(FitStep step, string option, double value, bool isRight, string wanted)
    {
        if (!isRight)
            throw step.Wrong(string.Create(CultureInfo.InvariantCulture, $"has {option} {value}, and wanted is {wanted}"));
    }

    /// <summary>How many categories each feature has, 0 of a continuous one.</summary>
    private static int[] Categories(FitStep step, TrainingRows rows, TreeOptions options)
    {
        if ((long)rows.Features.Count * rows.Features.Size > Array.MaxLength)
        {
            throw step.Wrong(string.Create(
                CultureInfo.InvariantCulture, $"has {rows.Features.Count} rows of {rows.Features.Size} features, and trees hold the bins of at most {Array.MaxLength} values: select features first"));
        }

        int bins = Math.Min(options.MaxBins, rows.Features.Count);
        int[] categories = new int[rows.Features.Size];
        for (int feature = 0; feature < categories.Length; feature++)
        {
            categories[feature] = rows.Elements.CategoriesOf(feature);
            if (categories[feature] > bins)
            {
                throw step.Wrong(
                    $"splits {rows.Elements[feature]} by its {categories[feature]} categories, but has only {bins} bins: MaxBins is {options.MaxBins}, and there are {rows.Features.Count} rows to learn from");
            }
        }

        CheckCategories(step, rows, categories);
        return categories;
    }

    private static void CheckCategories(FitStep step, TrainingRows rows, int[] categories)
    {
        if (Array.TrueForAll(categories, count => count == 0))
            return;
        double[] row = new double[categories.Length];
        foreach (FeatureBlock block in rows.Features.Blocks)
        {
            for (int i = 0; i < block.Rows; i++)
            {
                block.CopyRow(i, row);
                for (int feature = 0; feature < row.Length; feature++)
                {
                    if (categories[feature] > 0 && !(row[feature] >= 0 && row[feature] < categories[feature] && row[feature] == Math.Floor(row[feature])))
                        throw step.Wrong($"splits {rows.Elements[feature]} by its categories, which are 0 to {categories[feature] - 1}, but a row has {row[feature]}");
                }
            }
        }
    }
}
