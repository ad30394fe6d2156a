using System;
using System.Linq;
using System.Threading;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>Linear models fitted as generated code fits them, on columns of a batch.</summary>
internal static class FittedLinear
{
    public const int Features = 0;
    public const int Label = 1;
    public const int Weight = 2;
    public const int Prediction = 3;
    public const int Probability = 4;
    public const int Raw = 5;

    private static readonly string[] Names = ["Measures", "Species", "Times", "Prediction", "Probability", "Raw"];
    public static readonly string[] Birds = ["Adelie", "Chinstrap", "Gentoo"];

    /// <summary>A logistic regression with an intercept, on standardised features.</summary>
    public static LogisticRegressionModel Logistic(ColumnBatch batch, double regParam, int classes = 0, double threshold = 0.5, LogisticFamily family = LogisticFamily.Auto) =>
        LogisticRegressionModel.Fit(Step(), batch, Features, Label, -1, classes, 100, regParam, 0, 1e-6, true, true, threshold, family);

    /// <summary>A linear regression without a penalty.</summary>
    public static LinearRegressionModel Regression(ColumnBatch batch, RegressionLoss loss, int weight = -1) =>
        LinearRegressionModel.Fit(Step(), batch, Features, Label, weight, 100, 0, 0, 1e-6, true, true, loss, 1.35);

    /// <summary>A support vector machine.</summary>
    public static LinearSVCModel Svc(ColumnBatch batch, double threshold = 0) =>
        LinearSVCModel.Fit(Step(), batch, Features, Label, -1, 0, 100, 0.1, 1e-6, true, true, threshold);

    /// <summary>A classifier by five passes of stochastic descent.</summary>
    public static SGDClassifierModel Sgd(ColumnBatch batch, SgdLoss loss) => SGDClassifierModel.Fit(
        Step(), batch, Features, Label, -1, 0, loss, SgdPenalty.L2, 1e-4, 0.15, true, 5, 1e-3, 5, true, SgdLearningRate.Optimal, 0.01, 0.5);

    private static FitStep Step() => new("L", 0, 1, 0, null, CancellationToken.None);

    /// <summary>A model as its files give it back.</summary>
    public static T Written<T>(T model, string stage)
        where T : IStageModel<T>
    {
        StageWriter writer = new(stage);
        model.Write(writer);
        return T.Read(new StageReader(writer));
    }

    /// <summary>Penguins by four measures: Chinstraps or not, or of three species with their labels.</summary>
    public static ColumnBatch Penguins(bool twoClasses, bool sparse = false)
    {
        ColumnBatch batch = Batch(Tables.Named("penguins")!, "features", twoClasses ? "chinstrap" : "species", sparse);
        if (!twoClasses)
            batch.SetClasses(Label, 3, Birds);
        return batch;
    }

    /// <summary>Features and label of a table.</summary>
    public static ColumnBatch Batch(Table table, string features, string label, bool sparse = false)
    {
        ColumnBatch batch = new(Names, table.Numbers[label].Length, 0);
        batch.Set(Features, table.Features(features, sparse));
        batch.Set(Label, table.Numbers[label]);
        return batch;
    }

    /// <summary>A few rows.</summary>
    public static ColumnBatch Of(double[][] features, double[] labels, double[]? weights = null)
    {
        ColumnBatch batch = Batch(new Table(new() { ["x"] = features }, new() { ["y"] = labels }), "x", "y");
        if (weights is not null)
            batch.Set(Weight, weights);
        return batch;
    }
}
