using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Dsl.Generator.Pipelines;
using Dsl.Generator.Pipelines.Checking;
using Dsl.Generator.Pipelines.Emitting;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Grids over every option that can vary: the best pipeline and its scores are what the declaration of that point gives.</summary>
public sealed class TuneRunTests
{
    private const string Rows = """
        #nullable enable
        using System;
        using Dsl;
        public record Item(double A, double B, double? C, double Amount, string Text, string? Some, string Group, bool Good);

        [Model, Input(2), Linear(4), Tanh, Linear(2), CrossEntropy, Adam(0.01)]
        public partial class Net;

        [Model, Input(2), Linear(4), Tanh, Linear(2), CrossEntropy, Adam(0.05)]
        public partial class Faster;

        """;

    private const string Both = "VectorAssembler(\"V\", \"A\", \"B\")";
    private const string Words = "Tokenizer(\"Text\", \"Words\")";
    private const string Fit = "LogisticRegression(\"W\", \"Good\", RegParam = 0.1)";
    private const string Trees = "MaxDepth = 3, MaxBins = 5, MinInstancesPerNode = 3, MinWeightFractionPerNode = 0.05, MinInfoGain = 0.01, Seed = 3";

    // What is declared, and what of its first such stage a grid sets; without another metric, accuracy.
    private static readonly Case[] Cases =
    [
        new("Imputer(\"C\"), VectorAssembler(\"W\", \"A\", \"C\"), " + Fit, "Imputer", "Strategy = Imputation.Median, MissingValue = 3d"),
        new("Imputer(\"C\", Strategy = Imputation.Mode), VectorAssembler(\"W\", \"A\", \"C\"), " + Fit, "Imputer", "Strategy = Imputation.Mean"),
        new("Imputer(\"C\"), VectorAssembler(\"W\", \"A\", \"C\"), " + Fit, "Imputer", "Strategy = Imputation.Mode"),
        new("StringIndexer(\"Group\", \"Index\", Classes = 3), OneHotEncoder(\"Index\", \"Hot\"), Interaction(\"W\", \"Index\", \"A\"), " + Fit, "StringIndexer", "HandleInvalid = HandleInvalid.Keep, StringOrderType = StringOrder.AlphabetDesc"),
        new("StringIndexer(\"Some\", \"Index\", HandleInvalid = HandleInvalid.Keep), VectorAssembler(\"W\", \"Index\", \"A\"), " + Fit, "StringIndexer", "HandleInvalid = HandleInvalid.Skip"),
        new("StringIndexer(\"Group\", \"Label\", Classes = 3), " + Both + ", NaiveBayes(\"V\", \"Label\"), IndexToString(\"Prediction\", \"Named\")", "StringIndexer", "HandleInvalid = HandleInvalid.Keep"),
        new("StringIndexer(\"Group\", \"Label\", Classes = 3), " + Both + ", LogisticRegression(\"V\", \"Label\", RegParam = 0.1), IndexToString(\"Prediction\", \"Named\")", "StringIndexer", "HandleInvalid = HandleInvalid.Keep", "LogLoss"),
        new("StringIndexer(\"Some\", \"Label\", Classes = 3), " + Both + ", RandomForestClassifier(\"V\", \"Label\", NumTrees = 2), IndexToString(\"Prediction\", \"Named\")", "StringIndexer", "HandleInvalid = HandleInvalid.Keep"),
        new("StringIndexer(\"Some\", \"Label\"), " + Both + ", DecisionTreeClassifier(\"V\", \"Label\")", "StringIndexer", "HandleInvalid = HandleInvalid.Skip"),
        new("StringIndexer(\"Group\", \"Index\", Classes = 3), OneHotEncoder(\"Index\", \"Hot\"), VectorAssembler(\"M\", \"Hot\", \"A\"), MinMaxScaler(\"M\", \"W\"), " + Fit, "OneHotEncoder", "DropLast = false"),
        new("StringIndexer(\"Group\", \"Index\", Classes = 3), OneHotEncoder(\"Index\", \"Hot\"), VectorAssembler(\"W\", \"Hot\", \"A\"), " + Fit, "OneHotEncoder", "HandleInvalid = HandleInvalid.Keep, DropLast = false"),
        new("VectorAssembler(\"X\", \"A\", \"C\", HandleInvalid = HandleInvalid.Keep), Binarizer(\"X\", \"W\", Threshold = 3), " + Fit, "VectorAssembler", "HandleInvalid = HandleInvalid.Skip"),
        new("VectorAssembler(\"X\", \"A\", \"C\", HandleInvalid = HandleInvalid.Skip), Binarizer(\"X\", \"W\", Threshold = 3), " + Fit, "VectorAssembler", "HandleInvalid = HandleInvalid.Keep"),
        new(Both + ", StandardScaler(\"V\", \"W\"), " + Fit, "StandardScaler", "WithMean = true, WithStd = false"),
        new(Both + ", MinMaxScaler(\"V\", \"W\"), " + Fit, "MinMaxScaler", "Min = -2d, Max = 0.5"),
        new(Both + ", RobustScaler(\"V\", \"W\"), " + Fit, "RobustScaler", "Lower = 0.1, Upper = 0.6, WithCentering = true"),
        new(Both + ", RobustScaler(\"V\", \"W\"), " + Fit, "RobustScaler", "WithScaling = false"),
        new(Both + ", Normalizer(\"V\", \"W\"), " + Fit, "Normalizer", "P = double.PositiveInfinity"),
        new(Both + ", Binarizer(\"V\", \"W\"), " + Fit, "Binarizer", "Threshold = 4.5"),
        new("Binarizer(\"Amount\", \"Label\"), " + Both + ", NaiveBayes(\"V\", \"Label\")", "Binarizer", "Threshold = 12d"),
        new("Bucketizer(\"C\", \"Bin\", double.NegativeInfinity, 2, 4, double.PositiveInfinity, HandleInvalid = HandleInvalid.Skip), OneHotEncoder(\"Bin\", \"Hot\"), Interaction(\"W\", \"Bin\", \"A\"), " + Fit, "Bucketizer", "HandleInvalid = HandleInvalid.Keep"),
        new("Bucketizer(\"C\", \"Label\", double.NegativeInfinity, 2, 4, double.PositiveInfinity, HandleInvalid = HandleInvalid.Keep), " + Both + ", NaiveBayes(\"V\", \"Label\")", "Bucketizer", "HandleInvalid = HandleInvalid.Skip"),
        new("QuantileDiscretizer(\"C\", \"Bin\", 3, HandleInvalid = HandleInvalid.Skip), VectorAssembler(\"W\", \"Bin\", \"A\"), " + Fit, "QuantileDiscretizer", "HandleInvalid = HandleInvalid.Keep"),
        new(Both + ", PolynomialExpansion(\"V\", \"P\", Degree = 3), StandardScaler(\"P\", \"W\", WithMean = true), " + Fit, "PolynomialExpansion", "Degree = 2"),
        new(Words + ", HashingTF(\"Words\", \"Mixed\", NumFeatures = 4), PolynomialExpansion(\"Mixed\", \"W\", Degree = 3), " + Fit, "PolynomialExpansion", "Degree = 2"),
        new(Both + ", VarianceThresholdSelector(\"V\", \"W\"), " + Fit, "VarianceThresholdSelector", "VarianceThreshold = 6d"),
        new("VectorAssembler(\"X\", \"A\", \"B\", \"Amount\"), UnivariateFeatureSelector(\"X\", \"Good\", \"W\", 1, FeatureType = VariableKind.Categorical), " + Fit, "UnivariateFeatureSelector", "FeatureType = VariableKind.Auto"),
        new("StringIndexer(\"Group\", \"Group3\"), VectorAssembler(\"X\", \"A\", \"B\", \"Amount\"), UnivariateFeatureSelector(\"X\", \"Group3\", \"W\", 1, LabelType = VariableKind.Continuous), " + Fit, "UnivariateFeatureSelector", "LabelType = VariableKind.Auto"),
        new("RegexTokenizer(\"Text\", \"Words\", Pattern = \"[a-zA-Z0-9]+\"), HashingTF(\"Words\", \"W\", NumFeatures = 9), " + Fit, "RegexTokenizer", "Gaps = false, MinTokenLength = 2, ToLowercase = false"),
        new(Words + ", StopWordsRemover(\"Words\", \"Less\", StopWords = new[] { \"W1\", \"w2\" }), HashingTF(\"Less\", \"W\", NumFeatures = 9), " + Fit, "StopWordsRemover", "CaseSensitive = true"),
        new(Words + ", NGram(\"Words\", \"Grams\"), HashingTF(\"Grams\", \"W\", NumFeatures = 9), " + Fit, "NGram", "N = 1"),
        new(Words + ", HashingTF(\"Words\", \"Counts\", NumFeatures = 5), VectorAssembler(\"X\", \"A\", \"Counts\"), StandardScaler(\"X\", \"W\", WithMean = true), " + Fit, "HashingTF", "NumFeatures = 9, Binary = true"),
        new(Words + ", CountVectorizer(\"Words\", \"W\"), " + Fit, "CountVectorizer", "VocabSize = 4, MinDF = 2d, MaxDF = 30d, MinTF = 2d"),
        new(Words + ", CountVectorizer(\"Words\", \"W\"), " + Fit, "CountVectorizer", "MaxDF = 0.5, MinDF = 0.01, Binary = true"),
        new(Words + ", HashingTF(\"Words\", \"Counts\", NumFeatures = 9), IDF(\"Counts\", \"W\"), " + Fit, "IDF", "MinDocFreq = 12"),
        new("FeatureHasher(\"Mixed\", \"Text\", \"A\", NumFeatures = 5), MaxAbsScaler(\"Mixed\", \"W\"), " + Fit, "FeatureHasher", "NumFeatures = 9"),
        new("Mask(\"A\", \"Wide\", Masking.Bucket, Width = 1), VectorAssembler(\"W\", \"Wide\", \"B\"), " + Fit, "Mask", "Width = 4d"),
        new("Mask(\"A\", \"Noisy\", Masking.Noise, Scale = 0.1), VectorAssembler(\"W\", \"Noisy\", \"B\"), " + Fit, "Mask", "Scale = 5d"),
        new(Both + ", LinearRegression(\"V\", \"Amount\")", "LinearRegression", "MaxIter = 3, RegParam = 0.3, ElasticNetParam = 0.5, Tol = 0.001, FitIntercept = false, Standardization = false", "Rmse"),
        new(Both + ", LinearRegression(\"V\", \"Amount\", ElasticNetParam = 0)", "LinearRegression", "Loss = RegressionLoss.Huber, Epsilon = 1.1, RegParam = 0.1", "Mae"),
        new(Both + ", LogisticRegression(\"V\", \"Good\")", "LogisticRegression", "MaxIter = 4, RegParam = 0.3, ElasticNetParam = 0.5, Tol = 0.001, FitIntercept = false, Standardization = false, Threshold = 0.8", "F1"),
        new(Both + ", LogisticRegression(\"V\", \"Good\", RegParam = 0.1, RawPrediction = \"Raw\")", "LogisticRegression", "Family = LogisticFamily.Multinomial", "LogLoss"),
        new(Both + ", LinearSVC(\"V\", \"Good\")", "LinearSVC", "MaxIter = 4, RegParam = 0.3, Tol = 0.001, FitIntercept = false, Standardization = false, Threshold = 0.5", "AreaUnderRoc"),
        new(Both + ", SGDClassifier(\"V\", \"Good\")", "SGDClassifier", "Loss = SgdLoss.SquaredHinge, Penalty = SgdPenalty.ElasticNet, Alpha = 0.01, L1Ratio = 0.5, FitIntercept = false, MaxIter = 20, Tol = 0.01, NIterNoChange = 2, Shuffle = false"),
        new(Both + ", SGDClassifier(\"V\", \"Good\", Loss = SgdLoss.LogLoss)", "SGDClassifier", "Loss = SgdLoss.ModifiedHuber, LearningRate = SgdLearningRate.InvScaling, Eta0 = 0.2, PowerT = 0.3, Seed = 5ul, MaxIter = 9", "LogLoss"),
        new(Both + ", SGDClassifier(\"V\", \"Good\", MaxIter = 9), Select(\"Prediction\")", "SGDClassifier", "Loss = SgdLoss.LogLoss", "AreaUnderRoc"),
        new(Both + ", SGDClassifier(\"V\", \"Good\", MaxIter = 9, RawPrediction = \"Raw\"), Select(\"Raw\", \"Prediction\")", "SGDClassifier", "Loss = SgdLoss.ModifiedHuber"),
        new(Both + ", DecisionTreeClassifier(\"V\", \"Good\")", "DecisionTreeClassifier", Trees + ", Impurity = TreeImpurity.Entropy"),
        new(Both + ", DecisionTreeRegressor(\"V\", \"Amount\")", "DecisionTreeRegressor", Trees, "R2"),
        new(Both + ", RandomForestClassifier(\"V\", \"Good\")", "RandomForestClassifier", Trees + ", Impurity = TreeImpurity.Entropy, NumTrees = 3, FeatureSubsetStrategy = \"1\", SubsamplingRate = 0.7, Bootstrap = false", "LogLoss"),
        new(Both + ", RandomForestRegressor(\"V\", \"Amount\")", "RandomForestRegressor", Trees + ", NumTrees = 3, FeatureSubsetStrategy = \"1\", SubsamplingRate = 0.7, Bootstrap = false", "Rmse"),
        new(Both + ", GBTClassifier(\"V\", \"Good\")", "GBTClassifier", Trees + ", MaxIter = 3, StepSize = 0.7, FeatureSubsetStrategy = \"1\", SubsamplingRate = 0.7", "AreaUnderPr"),
        new(Both + ", GBTRegressor(\"V\", \"Amount\")", "GBTRegressor", Trees + ", MaxIter = 3, StepSize = 0.7, FeatureSubsetStrategy = \"1\", SubsamplingRate = 0.7, LossType = BoostingLoss.Absolute", "Rmse"),
        new(Both + ", NaiveBayes(\"V\", \"Good\")", "NaiveBayes", "ModelType = NaiveBayesType.Gaussian", "LogLoss"),
        new(Both + ", NaiveBayes(\"V\", \"Good\")", "NaiveBayes", "ModelType = NaiveBayesType.Complement, Smoothing = 3d", "LogLoss"),
        new(Both + ", KMeans(\"V\", Prediction = \"Cluster\"), OneHotEncoder(\"Cluster\", \"Hot\"), Interaction(\"Product\", \"Cluster\", \"B\"), VectorAssembler(\"W\", \"Hot\", \"Product\", \"A\"), " + Fit, "KMeans", "K = 4"),
        new("VectorAssembler(\"V\", \"A\", \"B\", \"Amount\"), KMeans(\"V\")", "KMeans", "DistanceMeasure = KMeansDistance.Cosine, K = 3", "Silhouette"),
        new("VectorAssembler(\"V\", \"A\", \"B\", \"Amount\"), KMeans(\"V\", K = 3, DistanceMeasure = KMeansDistance.Cosine)", "KMeans", "DistanceMeasure = KMeansDistance.Euclidean, MaxIter = 1, Tol = 0.1, InitMode = KMeansInit.Random, InitSteps = 1, Seed = 4ul", "Silhouette"),
        new(Both + ", Network<Net>(\"V\", \"Good\", Epochs = 2)", "Network", "Epochs = 5, BatchSize = 7, Validation = 0.3, Patience = 1, Seed = 9ul", "LogLoss"),
        new(Both + ", Network<Net>(\"V\", \"Good\", Epochs = 2)", "Network", "LearningRate = 0.05", "LogLoss"),
    ];

    private static readonly Lazy<Type> Driver = new(() => Fitted.Driver(Sources(), Drive()));

    public static TheoryData<int> All => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_point_is_what_its_declaration_gives(int ordinal) => Assert.Equal("", (string)Driver.Value.GetMethod("Of" + ordinal)!.Invoke(null, [])!);

    [Fact]
    public void No_option_that_a_grid_can_vary_is_in_none_of_these()
    {
        IEnumerable<string> all = new PipelineKind().Constructs.All.OfType<Stage>().Where(stage => stage.Name != "?").SelectMany(stage => GridRules.OptionsOf(stage).Select(option => stage.Name + "." + option));
        Assert.Equal("", string.Join(", ", all.Except(Cases.SelectMany(one => one.Set.Select(option => one.Stage + "." + option.Option)))));
    }

    private static string Sources()
    {
        StringBuilder text = new(Rows);
        foreach ((int i, Case one) in Cases.Index())
        {
            string measured = $"CrossValidate(Metric.{one.Metric}, Prediction = \"Prediction\", Folds = 2)";
            string name = one.Stage == "Network" ? "Net" : one.Stage + "1";
            string grid = string.Concat(one.Set.Select(option => $", Grid(\"{name}.{option.Option}\", {option.Value})"));
            text.Append(CultureInfo.InvariantCulture, $"[Pipeline<Item>, {one.Stages}, {measured}{grid}]\npublic partial class P{i};\n");
            text.Append(CultureInfo.InvariantCulture, $"[Pipeline<Item>, {one.Declared()}, {measured}]\npublic partial class D{i};\n");
        }

        return text.ToString();
    }

    private static string Drive()
    {
        StringBuilder members = new();
        foreach (int i in Enumerable.Range(0, Cases.Length))
        {
            members.Append(CultureInfo.InvariantCulture, $$"""
                    public static string Of{{i}}()
                    {
                        PipelineTuning<P{{i}}> tuning = P{{i}}.Tune(Rows, Options);
                        PipelineTuning<D{{i}}> fixedly = D{{i}}.Tune(Rows, Options);
                        using P{{i}} best = tuning.Best;
                        using D{{i}} declared = fixedly.Best;
                        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                        try
                        {
                            best.Save(folder);
                            using P{{i}} loaded = P{{i}}.Load(folder, Options);
                            string wanted = Text(declared.Transform(Rows));
                            return Differ("scores", string.Join(" ", fixedly.Points[0].Scores), string.Join(" ", tuning.Points[0].Scores))
                                + Differ("Transform", wanted, Text(best.Transform(Rows))) + Differ("Predict", wanted, Text(Rows.Select(best.Predict))) + Differ("loaded", wanted, Text(Rows.Select(loaded.Predict)))
                                + Differ("declared", wanted, Text(Rows.Select(declared.Predict)));
                        }
                        finally
                        {
                            if (Directory.Exists(folder))
                                Directory.Delete(folder, true);
                        }
                    }


                """);
        }

        return $$"""
            #nullable enable
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using Dsl;
            public static class Driver
            {
                private static readonly Item[] Rows = [.. Enumerable.Range(0, 40).Select(i => new Item(
                    i * 7 % 10, i * 3 % 8, i % 9 == 0 ? null : i % 6, (i * 11 % 17) + (i * 3 % 8) + 1, "w" + i % 5 + " W" + i % 3 + " w" + i % 5 + " x", i % 7 == 0 ? null : "s" + i % 3, "g" + i % 3, (i * 7 % 10) + (i * 3 % 8) > 8))];

                private static readonly PipelineOptions Options = new() { MaskingKey = [.. Enumerable.Range(0, 16).Select(i => (byte)i)] };

            {{members}}    private static string Differ(string what, string wanted, string given) => wanted == given ? "" : $"{what}:\n{given[..Math.Min(400, given.Length)]}\nof\n{wanted[..Math.Min(400, wanted.Length)]}\n";

                private static string Text<T>(IEnumerable<T?> rows)
                    where T : class => string.Join("\n", rows.Select(row => row is null ? "-" : string.Join(" ", typeof(T).GetProperties().Select(property => Text(property.GetValue(row))))).Where(text => text != "-"));

                private static string Text(object? value) => value is Vector vector ? $"[{string.Join(" ", vector.ToArray())}]" : value is Array array ? string.Join(",", array.Cast<object>()) : value + "";
            }
            """;
    }

    /// <param name="Stages">The attributes that are tuned.</param>
    /// <param name="Stage">The kind of the stage that the grid is about.</param>
    /// <param name="Settings">What the grid sets, as an attribute would.</param>
    /// <param name="Metric">What is measured.</param>
    private sealed record Case(string Stages, string Stage, string Settings, string Metric = "Accuracy")
    {
        public IEnumerable<(string Option, string Value)> Set => Settings.Split(", ").Select(one => one.Split(" = ")).Select(one => (one[0], one[1]));

        /// <summary>The attributes with what the grid sets.</summary>
        public string Declared()
        {
            // A network's learning rate is its optimizer's.
            if (Settings.StartsWith("LearningRate = 0.05", StringComparison.Ordinal))
                return Stages.Replace("Net", "Faster", StringComparison.Ordinal).Replace("Fasterwork", "Network", StringComparison.Ordinal);
            Match attribute = Regex.Match(Stages, $@"\b{Stage}(<\w+>)?\([^()]*\)");
            string text = attribute.Value;
            foreach ((string option, string value) in Set)
            {
                string old = $@", {option} = [^,()]*";
                text = Regex.IsMatch(text, old) ? Regex.Replace(text, old, $", {option} = {value}") : $"{text[..^1]}, {option} = {value})";
            }

            return Stages.Replace(attribute.Value, text, StringComparison.Ordinal);
        }
    }
}
