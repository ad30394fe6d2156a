using System;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines.Rows;

/// <summary>100 boosted regression trees of depth 5 and 32 bins, beside as many of scikit-learn's of 31 leaves and 255 bins from a sample.</summary>
internal sealed class BoostingRow : PipelineRow
{
    public override string Name => "boosting";

    public override Func<BenchData> Data => () => BenchData.Million;

    public override string Figure => "mean squared error";

    public override string Python => """
        from sklearn.ensemble import HistGradientBoostingRegressor


        def work(data, threads):
            model = HistGradientBoostingRegressor(max_iter=100, max_leaf_nodes=31, early_stopping=False, random_state=0)
            return lambda: model.fit(data.x, data.value), lambda: ((data.value - model.predict(data.x)) ** 2).mean()
        """;

    public override OwnFit Own(BenchData data)
    {
        ColumnBatch batch = data.Batch();
        GBTRegressorModel? model = null;
        return new OwnFit(
            () => model = GBTRegressorModel.Fit(
                BenchData.Step(Name), batch, BenchData.Features, BenchData.Value, -1, 5, 32, 1, 0, 0, 100, 0.1, "all", 1, BoostingLoss.Squared),
            () =>
            {
                model!.Transform(batch, BenchData.Features, BenchData.Prediction);
                return RowErrors.MeanSquared(data, batch);
            });
    }
}
