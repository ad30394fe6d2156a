using System;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Every stage and model of the language in one class: texts, sparse vectors, masks, trees, networks of ids and with codes.</summary>
public sealed class EveryStageRunTests
{
    private const string Source = """
        #nullable enable
        using System;
        using Dsl;
        public record Doc(string Text, string? Group, double A, double? B, bool Flag, DateTime Time, int Stars, double Price, bool? Good, double? Target, [Sensitive] string Name);

        [Model, Tokens(6, Vocabulary = 30, Padding = 0), Embedding(4), GRU(4), LastStep, Expose("State"), Linear(1), BinaryCrossEntropy, Adam(0.01)]
        public partial class TextNet;

        [Model, Input(6), Linear(4), ReLU, Linear(1), MeanSquaredError, Adam(0.01)]
        public partial class PriceNet;

        [Pipeline<Doc>]
        [Where("Keep")]
        [Mask("Name", "NameHash", Masking.Hash), Mask("A", "ABucket", Masking.Bucket, Width = 0.5), Mask("B", "BNoise", Masking.Noise, Scale = 0.1), Mask("Time", "TimeHash", Masking.Hash), Mask("Name", "Redacted", Masking.Redact)]
        [Tokenizer("Text", "Words"), RegexTokenizer("Text", "Terms", Pattern = "\\w+", Gaps = false), StopWordsRemover("Words", "Kept"), NGram("Kept", "Pairs")]
        [HashingTF("Kept", "Hashed", NumFeatures = 64), IDF("Hashed", "Weighted"), CountVectorizer("Terms", "Counts", VocabSize = 20), TokenIds("Words", "Ids", 6, VocabSize = 30)]
        [FeatureHasher("Mixed", "A", "Flag", "Group", "Stars", NumFeatures = 32, CategoricalCols = ["Stars"])]
        [Bucketizer("A", "ABin", -100, 0, 0.5, 100), QuantileDiscretizer("Price", "PriceBin", 3), Binarizer("A", "AHigh", Threshold = 0.2)]
        [Imputer("B")]
        [VectorAssembler("Raw", "A", "B", "ABin", "PriceBin", "AHigh", "Stars")]
        [MinMaxScaler("Raw", "Scaled"), MaxAbsScaler("Raw", "Largest"), RobustScaler("Raw", "Robust"), Normalizer("Raw", "Normal"), PolynomialExpansion("Scaled", "Powers"), PCA("Scaled", "Parts", 2)]
        [VectorSlicer("Raw", "Slice", 2, 0), Binarizer("Raw", "Ones", Threshold = 0.3), Interaction("Product", "ABin", "Slice", "PriceBin", "A")]
        [VarianceThresholdSelector("Powers", "Varied", VarianceThreshold = 0.01), UnivariateFeatureSelector("Raw", "Good", "Best", 2)]
        [DecisionTreeClassifier("Raw", "Good", Prediction = "Tree"), DecisionTreeRegressor("Raw", "Target", Prediction = "TreeValue")]
        [RandomForestClassifier("Raw", "Good", Prediction = "Forest", NumTrees = 3, RawPrediction = "Votes"), RandomForestRegressor("Raw", "Target", Prediction = "ForestValue", NumTrees = 3)]
        [GBTClassifier("Raw", "Good", Prediction = "Boost", MaxIter = 3), GBTRegressor("Raw", "Target", Prediction = "BoostValue", MaxIter = 3)]
        [SelectByImportance("Raw", "Top", 3)]
        [VectorAssembler("Joined", "Top", "Varied", "Weighted", "Mixed", "Best", "Parts")]
        [NaiveBayes("Counts", "Good", Prediction = "Bayes"), LinearRegression("Joined", "Target", RegParam = 0.1, Prediction = "Line", Weight = "Price"), LinearSVC("Robust", "Good", Prediction = "Margin")]
        [SGDClassifier("Scaled", "Good", Prediction = "Sgd", Seed = 3), LogisticRegression("Weighted", "Good", RegParam = 0.1, Prediction = "Logistic"), KMeans("Scaled", K = 3, Prediction = "Cluster")]
        [Network<TextNet>("Ids", "Good", Epochs = 2, Prediction = "Deep", Code = "State"), Network<PriceNet>("Raw", "Target", Epochs = 2, Prediction = "DeepValue")]
        [IndexToString("Deep", "DeepText", Labels = ["no", "yes"])]
        [Evaluate(Metric.AreaUnderRoc, Prediction = "Margin"), Evaluate(Metric.LogLoss, Prediction = "Forest"), Evaluate(Metric.Rmse, Prediction = "BoostValue"), Evaluate(Metric.R2, Prediction = "Line")]
        public partial class DocPipeline
        {
            private static bool Keep(string text) => text.Length > 8;
        }
        """;

    private const string Drive = """
        #nullable enable
        using System;
        using System.Collections;
        using System.ComponentModel;
        using System.IO;
        using System.Linq;
        using Dsl;
        public static class Driver
        {
            private static readonly Doc[] Rows = Make();
            private static readonly PipelineOptions Options = new() { MaskingKey = new byte[16], Seed = 5 };
            private static readonly Lazy<DocPipeline> Shared = new(() => DocPipeline.Fit(Rows, Options));
            private static readonly string[] Loose = ["Deep", "DeepProbability", "State", "DeepValue"];

            public static string[] Conforms()
            {
                using DocPipeline pipeline = DocPipeline.Fit(Rows, Options);
                DocPipeline.OutputRow?[] predicted = [.. Rows.Select(pipeline.Predict).Where(row => row is not null)];
                DocPipeline.OutputRow[] all = [.. pipeline.Transform(Rows)];
                return [$"{predicted.Length} {all.Length}", .. predicted.Zip(all).SelectMany((pair, i) => Comparing.Differences(i, pair.First, pair.Second, 1e-9, Loose))];
            }

            public static string[] Loaded()
            {
                using DocPipeline pipeline = DocPipeline.Fit(Rows, Options);
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                try
                {
                    pipeline.Save(folder);
                    using DocPipeline loaded = DocPipeline.Load(folder, Options);
                    return [.. Rows.SelectMany((row, i) => Comparing.Differences(i, pipeline.Predict(row), loaded.Predict(row), 0)), .. pipeline.Summary() == loaded.Summary() ? Array.Empty<string>() : ["summary"]];
                }
                finally
                {
                    Directory.Delete(folder, true);
                }
            }

            public static bool Scored()
            {
                DocPipeline.Scores scores = Shared.Value.Evaluate(Rows);
                return scores.MarginAreaUnderRoc > 0.5 && scores.ForestLogLoss < 0.7 && scores.BoostValueRmse < 1 && scores.LineR2 > 0;
            }

            // Lists and dictionaries of fitted stages that a caller could write into.
            public static string[] Writable() =>
            [
                .. from model in typeof(DocPipeline).GetProperties()
                   where model.PropertyType.Namespace == "Dsl.Pipelines"
                   from member in model.PropertyType.GetProperties()
                   where member.PropertyType.Name is "IReadOnlyList`1" or "IReadOnlyDictionary`2"
                   where member.GetCustomAttributes(typeof(EditorBrowsableAttribute), true).Length == 0
                   let value = member.GetValue(model.GetValue(Shared.Value))
                   where value is Array or IList { IsReadOnly: false } or IDictionary { IsReadOnly: false }
                   select $"{model.Name}.{member.Name}",
            ];

            private static Doc[] Make()
            {
                Random random = new(11);
                string[] words = ["the", "quick", "brown", "fox", "jumps", "over", "lazy", "dogs", "at", "dawn"];
                return [.. Enumerable.Range(0, 240).Select(i =>
                {
                    double a = (random.NextDouble() * 2) - 1;
                    string text = string.Join(' ', Enumerable.Range(0, 1 + random.Next(8)).Select(_ => words[random.Next(words.Length)]));
                    return new Doc(
                        text, random.Next(4) == 0 ? null : "g" + random.Next(3), a, random.Next(6) == 0 ? null : random.NextDouble(), random.Next(2) == 0, new DateTime(2024, 1, 1).AddHours(i), random.Next(5),
                        random.NextDouble() * 9, random.Next(12) == 0 ? null : a + (random.NextDouble() * 0.5) > 0.2, random.Next(12) == 0 ? null : (2 * a) + random.NextDouble(), "name" + i);
                })];
            }
        }
        """;

    private static readonly Lazy<Type> Driver = new(() => Fitted.Driver(Source, Drive));

    [Fact]
    public void Batches_give_what_rows_give()
    {
        string[] counts = Assert.Single(Call<string[]>("Conforms")).Split(' ');
        Assert.Equal(counts[0], counts[1]);
        Assert.NotEqual("240", counts[0]);
    }

    [Fact]
    public void What_was_saved_predicts_the_same_bits() => Assert.Empty(Call<string[]>("Loaded"));

    [Fact]
    public void Models_learn_what_there_is_to_learn() => Assert.True(Call<bool>("Scored"));

    [Fact]
    public void What_was_learnt_is_not_given_away_to_be_written() => Assert.Empty(Call<string[]>("Writable"));

    private static T Call<T>(string method) => (T)Driver.Value.GetMethod(method)!.Invoke(null, [])!;
}
