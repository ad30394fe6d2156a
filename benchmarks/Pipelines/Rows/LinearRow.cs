using System;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines.Rows;

/// <summary>Linear regression by the normal equations; scikit-learn's is LAPACK's least squares.</summary>
internal class LinearRow : PipelineRow
{
    public override string Name => "linear";

    public override Func<BenchData> Data => () => BenchData.Million;

    public override string Figure => "mean squared error";

    public override string Python => """
        from sklearn.linear_model import LinearRegression


        def work(data, threads):
            model = LinearRegression()
            return lambda: model.fit(data.x, data.value), lambda: ((data.value - model.predict(data.x)) ** 2).mean()
        """;

    public override OwnFit Own(BenchData data)
    {
        ColumnBatch batch = data.Batch();
        LinearRegressionModel? model = null;
        return new OwnFit(
            () => model = LinearRegressionModel.Fit(BenchData.Step(Name), batch, BenchData.Features, BenchData.Value, -1, 100, 0, 0, 1e-6, true, true, RegressionLoss.SquaredError, 1.35),
            () =>
            {
                model!.Transform(batch, BenchData.Features, BenchData.Prediction);
                double sum = 0;
                for (int row = 0; row < data.Rows; row++)
                    sum += Math.Pow(data.Values[row] - batch.Numbers(BenchData.Prediction)[row], 2);
                return sum / data.Rows;
            });
    }
}

/// <summary>The same on California's districts.</summary>
internal sealed class HousingLinearRow : LinearRow
{
    public override string Name => "housing-linear";

    public override Func<BenchData> Data => () => BenchData.Housing;
}
