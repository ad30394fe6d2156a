using System;
using System.Linq;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines.Rows;

/// <summary>Sentences to words, hashed counts, tf-idf and a logistic regression with scikit-learn's default penalty, all of it in the time; its hash puts other words together than ours.</summary>
internal sealed class TfIdfRow : PipelineRow
{
    private const int Size = 1 << 18;

    public override string Name => "tfidf";

    public override Func<BenchData> Data => () => BenchData.Sentences;

    public override string Figure => "mean loss and penalty";

    public override string Python => """
        import numpy
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
        from sklearn.linear_model import LogisticRegression


        def work(data, threads):
            fitted = []

            def fit():
                counts = HashingVectorizer(token_pattern=r"\S+", norm=None, alternate_sign=False, n_features=1 << 18).transform(data.texts)
                weights = TfidfTransformer(norm=None).fit(counts)
                # MLlib's has no one added.
                weights.idf_ = weights.idf_ - 1
                x = weights.transform(counts)
                fitted[:] = [x, LogisticRegression(n_jobs=threads).fit(x, data.label)]

            def figure():
                x, model = fitted
                margin = x @ model.coef_[0] + model.intercept_[0]
                return (numpy.logaddexp(0, margin) - data.label * margin).mean() + (model.coef_ ** 2).sum() / 2 / len(data.label)

            return fit, figure
        """;

    public override OwnFit Own(BenchData data)
    {
        string[] texts = [.. data.Texts!];
        ColumnBatch batch = data.Batch();
        LogisticRegressionModel? model = null;
        double regParam = 1.0 / data.Rows;
        return new OwnFit(
            () =>
            {
                batch = data.Batch();
                (int words, int counts) = (BenchData.Free + 1, BenchData.Free + 2);
                batch.Set(BenchData.Free, texts);
                TokenizerStage.Transform("Tokenizer1", batch, BenchData.Free, words);
                HashingTFStage.Transform("HashingTF1", batch, words, counts, Size, binary: false);
                IDFModel.Fit(BenchData.Step("IDF1"), batch, counts, 0).Transform(batch, counts, BenchData.Features);
                model = LogisticRegressionModel.Fit(
                    BenchData.Step(Name), batch, BenchData.Features, BenchData.Label, -1, 2, 100, regParam, 0, 1e-6, true, false, 0.5, LogisticFamily.Auto);
            },
            () => LogisticRow.MeanLoss(data, batch, model!) + (regParam / 2 * model!.Coefficients.ToArray().Sum(x => x * x)));
    }
}
