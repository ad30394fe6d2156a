using System;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines.Rows;

/// <summary>A forest of 20 classification trees, depth 10, √32 features a node. scikit-learn sorts values where ours has 32 bins.</summary>
internal sealed class ForestRow : PipelineRow
{
    public override string Name => "forest";

    public override Func<BenchData> Data => () => BenchData.Million;

    public override string Figure => "accuracy";

    public override string Python => """
        from sklearn.ensemble import RandomForestClassifier


        def work(data, threads):
            model = RandomForestClassifier(n_estimators=20, max_depth=10, max_features="sqrt", random_state=0, n_jobs=threads)
            return lambda: model.fit(data.x, data.label), lambda: (model.predict(data.x) == data.label).mean()
        """;

    public override OwnFit Own(BenchData data)
    {
        ColumnBatch batch = data.Batch();
        RandomForestClassifierModel? model = null;
        return new OwnFit(
            () => model = RandomForestClassifierModel.Fit(
                BenchData.Step(Name), batch, BenchData.Features, BenchData.Label, -1, 2, 10, 32, 1, 0, 0, TreeImpurity.Gini, 20, "auto", 1, true),
            () =>
            {
                model!.Transform(batch, BenchData.Features, BenchData.Prediction, -1, -1);
                int right = 0;
                for (int row = 0; row < data.Rows; row++)
                    right += batch.Numbers(BenchData.Prediction)[row] == data.Labels[row] ? 1 : 0;
                return (double)right / data.Rows;
            });
    }
}

/// <summary>A forest of 20 regression trees, depth 10, a third of the features a node, on California's districts.</summary>
internal sealed class HousingForestRow : PipelineRow
{
    public override string Name => "housing-forest";

    public override Func<BenchData> Data => () => BenchData.Housing;

    public override string Figure => "mean squared error";

    public override string Python => """
        from sklearn.ensemble import RandomForestRegressor


        def work(data, threads):
            model = RandomForestRegressor(n_estimators=20, max_depth=10, max_features=1 / 3, random_state=0, n_jobs=threads)
            return lambda: model.fit(data.x, data.value), lambda: ((data.value - model.predict(data.x)) ** 2).mean()
        """;

    public override OwnFit Own(BenchData data)
    {
        ColumnBatch batch = data.Batch();
        RandomForestRegressorModel? model = null;
        return new OwnFit(
            () => model = RandomForestRegressorModel.Fit(BenchData.Step(Name), batch, BenchData.Features, BenchData.Value, -1, 10, 32, 1, 0, 0, 20, "auto", 1, true),
            () =>
            {
                model!.Transform(batch, BenchData.Features, BenchData.Prediction);
                return RowErrors.MeanSquared(data, batch);
            });
    }
}
