using System;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines.Rows;

/// <summary>Logistic regression of two classes by L-BFGS without a penalty; both sides stop by their own rules, and the figure says that ours stops no earlier.</summary>
internal sealed class LogisticRow : PipelineRow
{
    public override string Name => "logistic";

    public override Func<BenchData> Data => () => BenchData.Million;

    public override string Figure => "mean loss";

    public override string Python => """
        import numpy
        from sklearn.linear_model import LogisticRegression


        def work(data, threads):
            model = LogisticRegression(penalty=None, n_jobs=threads)

            def figure():
                margin = data.x @ model.coef_[0] + model.intercept_[0]
                return (numpy.logaddexp(0, margin) - data.label * margin).mean()

            return lambda: model.fit(data.x, data.label), figure
        """;

    public override OwnFit Own(BenchData data)
    {
        ColumnBatch batch = data.Batch();
        LogisticRegressionModel? model = null;
        return new OwnFit(
            () => model = LogisticRegressionModel.Fit(
                BenchData.Step(Name), batch, BenchData.Features, BenchData.Label, -1, 2, 100, 0, 0, 1e-6, true, true, 0.5, LogisticFamily.Auto),
            () => MeanLoss(data, batch, model!));
    }

    /// <summary>The mean logistic loss over a batch.</summary>
    public static double MeanLoss(BenchData data, ColumnBatch batch, LogisticRegressionModel model)
    {
        model.Transform(batch, BenchData.Features, BenchData.Prediction, -1, BenchData.RawPrediction);
        double sum = 0;
        for (int row = 0; row < data.Rows; row++)
        {
            double margin = batch.VectorAt(BenchData.RawPrediction, row)[1];
            sum += Math.Max(margin, 0) + double.LogP1(Math.Exp(-Math.Abs(margin))) - (data.Labels[row] * margin);
        }

        return sum / data.Rows;
    }
}
