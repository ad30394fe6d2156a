using System;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines.Rows;

/// <summary>Sentences to weighted counts of hashed words: white space parts them, 262,144 elements, weights ln((rows + 1) / (rows with the word + 1)) on both sides.</summary>
internal sealed class TfIdfRow : PipelineRow
{
    /// <summary>scikit-learn's side of it, for rows that go on from there.</summary>
    public const string Vectorize = """
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer


        def vectorize(texts):
            counts = HashingVectorizer(n_features=262144, alternate_sign=False, norm=None, tokenizer=str.split, token_pattern=None).transform(texts)
            weights = TfidfTransformer(norm=None).fit(counts)
            weights.idf_ = weights.idf_ - 1
            return weights.transform(counts, copy=False)
        """;

    public override string Name => "tfidf-vectors";

    public override Func<BenchData> Data => () => BenchData.Sentences;

    public override string Figure => "sum of all elements";

    public override string Python => Vectorize + "\n" + """


        def work(data, threads):
            made = []

            def fit():
                made[:] = [vectorize(data.texts)]

            return fit, lambda: made[0].sum()
        """;

    public override OwnFit Own(BenchData data)
    {
        ColumnBatch batch = data.Batch();
        return new OwnFit(
            () => Make(data, batch),
            () =>
            {
                double sum = 0;
                for (int row = 0; row < data.Rows; row++)
                {
                    foreach (double value in batch.VectorAt(BenchData.Features, row).Values)
                        sum += value;
                }

                return sum;
            });
    }

    /// <summary>Our side of it: the features of a batch.</summary>
    public static void Make(BenchData data, ColumnBatch batch)
    {
        const int Texts = BenchData.Prediction + 3;
        const int Words = Texts + 1;
        const int Counts = Words + 1;
        batch.Set(Texts, (string[])data.Texts!);
        TokenizerStage.Transform("Tokenizer1", batch, Texts, Words);
        HashingTFStage.Transform("HashingTF1", batch, Words, Counts, 262144, false);
        IDFModel.Fit(BenchData.Step("IDF1"), batch, Counts, 0).Transform(batch, Counts, BenchData.Features);
    }
}
