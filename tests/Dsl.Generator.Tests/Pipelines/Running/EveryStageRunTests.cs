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

            // The members of the page's table that are numbers and no sums over others.
            private const string Members =
                "GBTClassifier1.TreeWeights IDF1.DocFreq IDF1.Idf IDF1.NumDocs Imputer1.Surrogates KMeans1.ClusterCenters KMeans1.TrainingCost LinearRegression1.Coefficients "
                + "LinearRegression1.Intercept LinearRegression1.Scale LinearSVC1.Coefficients LinearSVC1.Intercept LogisticRegression1.CoefficientMatrix LogisticRegression1.InterceptVector "
                + "MaxAbsScaler1.MaxAbs MinMaxScaler1.OriginalMax MinMaxScaler1.OriginalMin NaiveBayes1.Pi NaiveBayes1.Theta PCA1.ExplainedVariance PCA1.Pc QuantileDiscretizer1.Splits RobustScaler1.Median "
                + "RobustScaler1.Range SGDClassifier1.CoefficientMatrix SGDClassifier1.InterceptVector SelectByImportance1.SelectedFeatures UnivariateFeatureSelector1.SelectedFeatures "
                + "VarianceThresholdSelector1.SelectedFeatures";

            public static string[] Told()
            {
                Listener listener = new();
                using DocPipeline pipeline = DocPipeline.Fit(Rows, Options, listener);
                string[] names = [.. ((IPipeline)pipeline).Stages.Select(stage => stage.Name)];
                System.Collections.Generic.List<string> told = [];
                int last = -1;
                foreach (var run in listener.All.GroupBy(one => one.Stage))
                {
                    PipelineProgress[] reports = [.. run];
                    int index = reports[0].Index;
                    bool isPlace = reports.All(one => one.Index == index && one.Count == names.Length && one.Tuning is null) && names[index] == run.Key && index > last;
                    last = index;
                    int?[] steps = [.. reports.Where(one => one.Iteration is not null).Select(one => one.Iteration)];
                    bool isStep = reports[0] is { Iteration: null, Objective: null, Training: null } && steps.SequenceEqual(Enumerable.Range(1, steps.Length).Select(i => (int?)i));
                    double[] objectives = [.. reports.Where(one => one.Objective is not null).Select(one => one.Objective!.Value)];
                    bool falls = objectives.Length == 0 || (objectives.All(double.IsFinite) && objectives[^1] <= objectives[0]);
                    int epochs = reports.Count(one => one.Training?.Record is not null);
                    // How many steps an optimizer takes is not told here.
                    string count = steps.Length > 0 && run.Key is "LinearSVC1" or "SGDClassifier1" or "LogisticRegression1" or "KMeans1" ? "some" : steps.Length.ToString();
                    told.Add($"{run.Key} {(isPlace && isStep && falls && steps.Length == objectives.Length ? "" : "wrong ")}{count} {epochs}");
                }

                return [.. told];
            }

            public static string[] Names()
            {
                using DocPipeline pipeline = DocPipeline.Fit(Rows, Options);
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                try
                {
                    pipeline.Save(folder);
                    using System.Text.Json.JsonDocument text = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "metadata.json")));
                    byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "pipeline.safetensors"));
                    using System.Text.Json.JsonDocument header = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(8, (int)BitConverter.ToInt64(bytes)));
                    var root = text.RootElement;
                    System.Collections.Generic.List<string> tensors = [];
                    System.Collections.Generic.List<string> wrong = [];
                    foreach (var tensor in header.RootElement.EnumerateObject().Where(one => one.Name != "__metadata__"))
                    {
                        tensors.Add(tensor.Name);
                        string[] parts = tensor.Name.Split('.');
                        object model = typeof(DocPipeline).GetProperty(parts[0])!.GetValue(pipeline)!;
                        int begin = tensor.Value.GetProperty("data_offsets")[0].GetInt32() + 8 + (int)BitConverter.ToInt64(bytes);
                        int end = tensor.Value.GetProperty("data_offsets")[1].GetInt32() + 8 + (int)BitConverter.ToInt64(bytes);
                        double[] held = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes.AsSpan(begin, end - begin)).ToArray();
                        double[]? member = Numbers(model.GetType().GetProperty(parts[1])?.GetValue(model));
                        if (tensor.Value.GetProperty("dtype").GetString() != "F64" || (member is not null && !member.SequenceEqual(held)))
                            wrong.Add($"{tensor.Name}: {string.Join(' ', held)}, but is {string.Join(' ', member ?? [])}");
                    }

                    return
                    [
                        string.Join(' ', root.EnumerateObject().Select(one => one.Name)),
                        string.Join(' ', root.GetProperty("columns").EnumerateObject().Select(one => one.Name + ":" + one.Value)),
                        string.Join(' ', root.GetProperty("stages").EnumerateArray().Select(one => one.GetProperty("name"))) == string.Join(' ', ((IPipeline)pipeline).Stages.Select(stage => stage.Name)) ? "stages" : "others",
                        string.Join(' ', root.GetProperty("stages").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "LinearRegression1").GetProperty("arguments").EnumerateObject().Select(one => one.Name + "=" + one.Value)),
                        $"{root.GetProperty("seed")} {root.GetProperty("texts").GetProperty("CountVectorizer1").GetProperty("Vocabulary").EnumerateArray().Select(one => one.GetString()).SequenceEqual(pipeline.CountVectorizer1.Vocabulary)}",
                        string.Join(' ', Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)),
                        .. Members.Split(' ').Except(tensors).Select(name => name + " is missing"),
                        .. wrong,
                    ];
                }
                finally
                {
                    Directory.Delete(folder, true);
                }
            }

            public static string[] ManyThreads()
            {
                using DocPipeline pipeline = DocPipeline.Fit(Rows, Options);
                DocPipeline.OutputRow?[] alone = [.. Rows.Select(pipeline.Predict)];
                DocPipeline.OutputRow[] all = [.. pipeline.Transform(Rows)];
                string summary = pipeline.Summary();
                System.Collections.Concurrent.ConcurrentBag<string> wrong = [];
                using System.Threading.Barrier start = new(6);
                System.Threading.Thread[] threads = [.. Enumerable.Range(0, 6).Select(thread => new System.Threading.Thread(() =>
                {
                    start.SignalAndWait();
                    if (thread < 4)
                    {
                        // Each from another row on, so that different rows meet.
                        for (int i = 0; i < Rows.Length; i++)
                        {
                            int row = (i + (thread * 60)) % Rows.Length;
                            foreach (string one in Comparing.Differences(row, alone[row], pipeline.Predict(Rows[row]), 0))
                                wrong.Add(one);
                        }
                    }
                    else
                    {
                        foreach (string one in pipeline.Transform(Rows).SelectMany((row, i) => Comparing.Differences(i, all[i], row, 0)))
                            wrong.Add(one);
                        if (pipeline.Summary() != summary || pipeline.Explain(Rows[5]).Length == 0)
                            wrong.Add("summary");
                    }
                }))];
                foreach (System.Threading.Thread thread in threads)
                    thread.Start();
                foreach (System.Threading.Thread thread in threads)
                    thread.Join();
                return [.. wrong.Distinct().Take(5)];
            }

            private static double[]? Numbers(object? member) => member switch
            {
                double value => [value],
                int value => [value],
                long value => [value],
                bool value => [value ? 1 : 0],
                Vector vector => vector.ToArray(),
                double[,] matrix => [.. matrix.Cast<double>()],
                System.Collections.Generic.IEnumerable<double> numbers => [.. numbers],
                System.Collections.Generic.IEnumerable<int> numbers => [.. numbers.Select(number => (double)number)],
                System.Collections.Generic.IEnumerable<long> numbers => [.. numbers.Select(number => (double)number)],
                System.Collections.Generic.IEnumerable<Vector> vectors => [.. vectors.SelectMany(vector => vector.ToArray())],
                _ => null,
            };

            private sealed class Listener : IProgress<PipelineProgress>
            {
                public System.Collections.Generic.List<PipelineProgress> All { get; } = [];

                public void Report(PipelineProgress value) => All.Add(value);
            }

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

    [Fact]
    public void A_fit_tells_stage_step_and_objective() => Assert.Equal(
        [
            "IDF1 0 0", "CountVectorizer1 0 0", "TokenIds1 0 0", "QuantileDiscretizer1 0 0", "Imputer1 0 0", "MinMaxScaler1 0 0", "MaxAbsScaler1 0 0", "RobustScaler1 0 0", "PCA1 0 0",
            "VarianceThresholdSelector1 0 0", "UnivariateFeatureSelector1 0 0", "DecisionTreeClassifier1 5 0", "DecisionTreeRegressor1 5 0", "RandomForestClassifier1 5 0", "RandomForestRegressor1 5 0",
            "GBTClassifier1 3 0", "GBTRegressor1 3 0", "SelectByImportance1 0 0", "NaiveBayes1 0 0", "LinearRegression1 0 0", "LinearSVC1 some 0", "SGDClassifier1 some 0", "LogisticRegression1 some 0",
            "KMeans1 some 0", "TextNet 0 2", "PriceNet 0 2",
        ],
        Call<string[]>("Told"));

    [Fact]
    public void Files_name_what_the_page_names() => Assert.Equal(
        [
            "format pipeline schema save versions seed key columns stages texts parameters wholes scores files digest",
            "Text:string Group:string? A:double B:double? Flag:bool Time:DateTime Stars:int Price:double Good:bool? Target:double? Name:string sensitive",
            "stages",
            "ElasticNetParam=0 Epsilon=1.35 Features=Joined FitIntercept=true Label=Target Loss=SquaredError MaxIter=100 Prediction=Line RegParam=0.1 Standardization=true Tol=1E-06 Weight=Price",
            "5 True",
            "PriceNet.safetensors TextNet.safetensors metadata.json pipeline.safetensors",
        ],
        Call<string[]>("Names"));

    [Fact]
    public void Many_threads_at_once_get_the_same_rows() => Assert.Empty(Call<string[]>("ManyThreads"));

    private static T Call<T>(string method) => (T)Driver.Value.GetMethod(method)!.Invoke(null, [])!;
}
