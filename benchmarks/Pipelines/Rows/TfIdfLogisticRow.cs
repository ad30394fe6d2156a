using System;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines.Rows;

/// <summary>The sentences' weighted counts, and a logistic regression with a penalty on them: positive or negative.</summary>
internal sealed class TfIdfLogisticRow : PipelineRow
{
    private const double Penalty = 0.01;

    public override string Name => "tfidf";

    public override Func<BenchData> Data => () => BenchData.Sentences;

    public override string Figure => "accuracy on the rows fitted";

    public override string Python => TfIdfRow.Vectorize + "\n" + $$"""
        from sklearn.linear_model import LogisticRegression


        def work(data, threads):
            made = []

            def fit():
                x = vectorize(data.texts)
                made[:] = [LogisticRegression(C=1 / ({{Penalty}} * len(data.texts)), n_jobs=threads).fit(x, data.label), x]

            return fit, lambda: made[0].score(made[1], data.label)
        """;

    public override OwnFit Own(BenchData data)
    {
        ColumnBatch batch = data.Batch();
        LogisticRegressionModel? model = null;
        return new OwnFit(
            () =>
            {
                TfIdfRow.Make(data, batch);
                model = LogisticRegressionModel.Fit(
                    BenchData.Step(Name), batch, BenchData.Features, BenchData.Label, -1, 2, 100, Penalty, 0, 1e-6, true, false, 0.5, LogisticFamily.Auto);
            },
            () =>
            {
                model!.Transform(batch, BenchData.Features, BenchData.Prediction, -1, -1);
                return PipelineMetrics.Accuracy(Name, data.Labels, batch.Numbers(BenchData.Prediction));
            });
    }
}
