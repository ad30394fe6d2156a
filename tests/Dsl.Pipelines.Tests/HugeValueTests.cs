using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>Numbers whose squares leave a double's range: what needs their squares says so, instead of a poor model as Spark MLlib's (coefficients NaN, classes by chance).</summary>
public sealed class HugeValueTests
{
    private const string TooLarge = "S cannot learn from features or labels as large as these: squares of them leave a double's range; scale them before it";

    private const int Features = 0;
    private const int Label = 1;
    private const int Target = 2;

    private static readonly Dictionary<string, Func<FitStep, ColumnBatch, string>> Fits = new()
    {
        ["scaler"] = (step, batch) => StandardScalerModel.Fit(step, batch, Features, false, true).Describe(),
        ["principal components"] = (step, batch) => PCAModel.Fit(step, batch, Features, 1).Describe(),
        ["variance"] = (step, batch) => VarianceThresholdSelectorModel.Fit(step, batch, Features, 5).Describe(),
        ["ANOVA"] = (step, batch) => UnivariateFeatureSelectorModel.Fit(step, batch, Features, Label, 1, VariableKind.Continuous, VariableKind.Categorical).Describe(),
        ["F of correlation"] = (step, batch) => UnivariateFeatureSelectorModel.Fit(step, batch, Features, Label, 1, VariableKind.Continuous, VariableKind.Continuous).Describe(),
        ["k-means||"] = (step, batch) => KMeansModel.Fit(step, batch, Features, -1, 2, 20, 1e-4, KMeansInit.KMeansParallel, 2, KMeansDistance.Euclidean).Describe(),
        ["no step"] = (step, batch) => KMeansModel.Fit(step, batch, Features, -1, 2, 0, 1e-4, KMeansInit.Random, 2, KMeansDistance.Euclidean).Describe(),
        ["cosine"] = (step, batch) => KMeansModel.Fit(step, batch, Features, -1, 2, 20, 1e-4, KMeansInit.Random, 2, KMeansDistance.Cosine).Describe(),
        ["naive Bayes"] = (step, batch) => NaiveBayesModel.Fit(step, batch, Features, Label, -1, 2, NaiveBayesType.Gaussian, 1).Describe(),
        ["tree"] = (step, batch) => DecisionTreeRegressorModel.Fit(step, batch, Features, Target, -1, 5, 32, 1, 0, 0).Describe(),
        ["tree of classes"] = (step, batch) => DecisionTreeClassifierModel.Fit(step, batch, Features, Label, -1, 2, 1, 32, 1, 0, 0, TreeImpurity.Gini).Describe(),
    };

    [Theory]
    [InlineData("scaler", "S cannot divide in_0 (element 0 of in) by its deviation: squares of it leave a double's range; MaxAbsScaler takes it")]
    [InlineData("principal components", TooLarge)]
    [InlineData("variance", "0 of 2 elements: ")]
    [InlineData("ANOVA", TooLarge)]
    [InlineData("F of correlation", TooLarge)]
    [InlineData("k-means||", TooLarge)]
    [InlineData("no step", TooLarge)]
    [InlineData("cosine", TooLarge)]
    [InlineData("naive Bayes", TooLarge)]
    [InlineData("tree", TooLarge)]
    [InlineData("tree of classes", "depth 1, 3 nodes; by importance in_0 1")]
    public void Of_huge_values_comes_an_error_or_what_holds_all_the_same(string fit, string told)
    {
        foreach (bool sparse in new[] { false, true })
        {
            Vector[] rows = [.. Enumerable.Range(0, 40).Select(i => Vector.Dense(((i % 7) - 3) * 1e200, 1 + (i % 5)))];
            double[] label = [.. rows.Select(row => row[0] > 0 ? 1.0 : 0)];
            ColumnBatch batch = Batches.Of(("in", sparse ? Array.ConvertAll(rows, Batches.Sparse) : rows), ("label", label), ("target", Array.ConvertAll(rows, row => row[0])));
            Assert.Equal(told, Told(() => Fits[fit](Batches.Step("S"), batch)));
        }
    }

    private static string Told(Func<string> fit)
    {
        try
        {
            return fit();
        }
        catch (PipelineException error)
        {
            return error.Message;
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_norm_that_leaves_the_range_makes_zeros_as_MLlib_does(double p)
    {
        double[] made = new double[3];
        NormalizerStage.Transform([3e200, -4e200, 0], made, p);
        Assert.Equal([0, 0, 0], made);
        Assert.Equal(made, NormalizerStage.Transform(Vector.Sparse(3, [0, 1], [3e200, -4e200]), p).ToArray());
        NormalizerStage.Transform([double.PositiveInfinity, 1, 0], made, p);
        Assert.Equal([double.NaN, 0, 0], made);
    }
}
