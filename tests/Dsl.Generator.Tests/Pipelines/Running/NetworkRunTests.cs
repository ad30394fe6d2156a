using System;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Networks with several inputs and outputs, with codes, trained before, stopped early, and seen less far than their pipeline.</summary>
public sealed class NetworkRunTests
{
    private const string Source = """
        #nullable enable
        using System;
        using Dsl;
        public record Sample([VectorSize(3)] float[] At, string Text, int Kind, double? Amount, bool Good);

        [Model, Input(3), Linear(8), Tanh, Output("Side"), Linear(5), Output("Middle"), ReLU, Expose("Encode", "Decode"), Linear(3), CrossEntropy, Adam(0.1)]
        public partial class Heads;

        [Model, Input(2, Name = "Facts"), Tokens(5, Vocabulary = 12, Padding = 0, Name = "Words"), Input(3, Name = "Place")]
        [Embedding(4, From = "Words"), LastStep, Concat("Facts", "Place"), Linear(6), Tanh, Output("Hidden"), Expose("Mixed"), Linear(1), MeanSquaredError, Adam(0.02)]
        public partial class Mixer;

        [Model, Input(3), Linear(2), Expose("Codes"), Linear(1), MeanSquaredError]
        public partial class Frozen;

        [Model, Input(3), Linear(2), Tanh, Expose("Shrink"), Linear(3), Reconstruction, Adam(0.02)]
        internal partial class Shrinker;

        [Pipeline<Sample>, Split(Train = 0.8)]
        [Tokenizer("Text", "Tokens"), TokenIds("Tokens", "Ids", 5, VocabSize = 12), VectorAssembler("Facts", "Kind", "Good")]
        [Network<Heads>("At", "Kind", Epochs = 60, Validation = 0.25, Patience = 2, Prediction = "Kinds", Code = "Codes")]
        [Network<Mixer>(["Facts", "Ids", "At"], "Amount", Epochs = 3, Prediction = "Amounts", Code = "MixerCodes")]
        [LogisticRegression("Codes", "Good", Prediction = "OnCodes")]
        [Evaluate(Metric.Accuracy, Prediction = "Kinds"), Evaluate(Metric.Rmse, Prediction = "Amounts"), Evaluate(Metric.LogLoss, Prediction = "OnCodes"), CrossValidate(Metric.Rmse, Prediction = "Amounts", Folds = 2)]
        public partial class Whole;

        [Pipeline<Sample>]
        [Network<Frozen>("At", Trained = true, Prediction = "Far", Code = "Codes"), StandardScaler("Codes", "Scaled"), LinearRegression("Scaled", "Amount")]
        [Network<Heads>("At", "Kind", Trained = true, Prediction = "Given", Name = "Second")]
        [Evaluate(Metric.Accuracy, Prediction = "Given"), CrossValidate(Metric.Rmse, Prediction = "Prediction", Folds = 2)]
        public partial class Transferred;

        [Pipeline<Sample>, Network<Shrinker>("At", Prediction = "Again", Code = "Codes")]
        public partial class Hidden;

        [Pipeline<Sample>, Network<Shrinker>("At", Trained = true, Prediction = "Again")]
        public partial class HiddenGiven;

        [Pipeline<Sample>, Network<Heads>("At", Trained = true, Prediction = "Early", Code = "Codes"), Split(Train = 0.8), Network<Heads>("At", "Kind", Epochs = 2, Prediction = "Late")]
        [Evaluate(Metric.Accuracy, Prediction = "Late"), CrossValidate(Metric.Accuracy, Prediction = "Late", Folds = 2), Grid("Heads2.Epochs", 1, 3)]
        public partial class BeforeSplit;

        internal record Secret(string Text, double A, double B, bool Good);

        [Pipeline<Secret>, Split, VectorAssembler("V", "A", "B"), LinearSVC("V", "Good"), Evaluate(Metric.Accuracy), CrossValidate(Metric.Accuracy, Folds = 2)]
        public partial class OfSecrets;
        """;

    private const string Drive = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Reflection;
        using Dsl;
        public static class Driver
        {
            private static readonly Sample[] Rows = Make();
            private static readonly string[] Loose = ["KindsProbability", "Codes", "Amounts", "MixerCodes", "OnCodes", "OnCodesProbability", "Prediction", "Far", "Given", "GivenProbability", "Scaled", "Again"];

            public static string[] Fitted()
            {
                using Whole pipeline = Whole.Fit(Rows);
                List<string> wrong = [.. pipeline.Transform(Rows).SelectMany((row, i) => Comparing.Differences(i, pipeline.Predict(Rows[i]), row, 1e-9, Loose))];
                Whole.OutputRow made = pipeline.Predict(Rows[3]);
                float[] kinds = new float[3], side = new float[8], middle = new float[5], code = new float[5];
                pipeline.Heads.Predict(Rows[3].At, kinds, side, middle);
                pipeline.Heads.Encode(Rows[3].At, code);
                if (made.Kinds != Array.IndexOf(kinds, kinds.Max()))
                    wrong.Add("not the main output");
                if (!made.Codes.ToArray().Select(value => (float)value).SequenceEqual(code))
                    wrong.Add("not the code");
                if (pipeline.TestScores is not { KindsAccuracy: > 0.5, AmountsRmse: < 2, OnCodesLogLoss: < 1 })
                    wrong.Add(pipeline.TestScores + "");
                return [.. wrong, .. SavedAlike(pipeline, Whole.Load), .. Tuned()];
            }

            public static bool StopsEarly()
            {
                List<int> epochs = [];
                using Whole pipeline = Whole.Fit(Rows, progress: new Told(value =>
                {
                    if (value is { Stage: "Heads", Training: { } training })
                        epochs.Add(training.Epoch);
                }));
                return epochs.Count > 0 && epochs.Max() < 59;
            }

            public static string[] Given()
            {
                using Frozen frozen = new(4);
                using Heads heads = new(5);
                using Transferred pipeline = Transferred.Fit(Rows, frozen, heads);
                List<string> wrong = [];
                float[] far = new float[1], codes = new float[2];
                frozen.Predict(Rows[0].At, far);
                frozen.Codes(Rows[0].At, codes);
                Transferred.OutputRow made = pipeline.Predict(Rows[0]);
                if ((float)made.Far != far[0] || (float)made.Codes[1] != codes[1])
                    wrong.Add($"{made} of another network than the one given: {far[0]}");
                if (ReferenceEquals(frozen, pipeline.Frozen) || ReferenceEquals(heads, pipeline.Second))
                    wrong.Add("not a copy");
                if (pipeline.Evaluate(Rows).GivenAccuracy is not (> 0 and < 1))
                    wrong.Add("a network that was not trained knows too much");
                heads.TrainStep(Rows[0].At, [Rows[0].Kind]);
                if (pipeline.Predict(Rows[0]) != made)
                    wrong.Add("the owner's network is still the pipeline's");
                wrong.AddRange(pipeline.Transform(Rows).SelectMany((row, i) => Comparing.Differences(i, pipeline.Predict(Rows[i]), row, 1e-9, Loose)));
                PipelineTuning<Transferred> tuning = Transferred.Tune(Rows, frozen, heads);
                using (tuning.Best)
                    wrong.AddRange(tuning.Points[0].Scores.Count == 2 ? [] : ["scores"]);
                return [.. wrong, .. Refused(() => Transferred.Fit(Rows, null!, heads), "frozen"), .. SavedAlike(pipeline, Transferred.Load)];
            }

            public static string[] GivenBeforeFolds()
            {
                using Heads heads = new(6);
                PipelineTuning<BeforeSplit> tuning = BeforeSplit.Tune(Rows, heads);
                using BeforeSplit best = tuning.Best;
                float[] kinds = new float[3], side = new float[8], middle = new float[5];
                best.Heads.Predict(Rows[3].At, kinds, side, middle);
                return
                [
                    .. best.Predict(Rows[3]).Early == Array.IndexOf(kinds, kinds.Max()) ? Array.Empty<string>() : ["another network than the one given"],
                    .. best.Transform(Rows).SelectMany((row, i) => Comparing.Differences(i, best.Predict(Rows[i]), row, 1e-9, [.. Loose, "EarlyProbability", "LateProbability"])),
                ];
            }

            public static string[] LessVisible()
            {
                using Hidden pipeline = Hidden.Fit(Rows);
                using Shrinker shrinker = new(1);
                using HiddenGiven given = HiddenGiven.Fit(Rows, shrinker);
                IPipeline<Sample, Hidden.OutputRow> face = pipeline;
                Secret[] secrets = [.. Rows.Select(row => new Secret(row.Text, row.At[0], row.At[1], row.At[0] > row.At[1]))];
                using OfSecrets ofSecrets = OfSecrets.Fit(secrets);
                IPipeline<Secret, OfSecrets.OutputRow> secretFace = ofSecrets;
                PipelineTuning<OfSecrets> tuning = OfSecrets.Tune(secrets);
                tuning.Best.Dispose();
                return
                [
                    .. Comparing.Differences(0, face.Predict(Rows[0]), face.Transform(Rows).First(), 1e-5),
                    .. Comparing.Differences(0, secretFace.Predict(secrets[0]), ofSecrets.Transform(secrets).First(), 0),
                    .. given.Predict(Rows[0]).Again.Size == 3 ? Array.Empty<string>() : ["size"],
                    .. ofSecrets.TestScores is { Accuracy: > 0.5 } && ofSecrets.Evaluate(secrets).Accuracy > 0.5 ? Array.Empty<string>() : ["scores"],
                    Publics(typeof(Hidden)),
                    Publics(typeof(HiddenGiven)),
                    Publics(typeof(OfSecrets)),
                ];
            }

            private static string[] Tuned()
            {
                PipelineTuning<Whole> tuning = Whole.Tune(Rows.Take(60));
                using (tuning.Best)
                    return tuning.Best.TestScores is not null && tuning.Points[0].Mean > 0 ? [] : ["tuned"];
            }

            private static string Publics(Type type) => type.Name + ": " + string.Join(' ', type
                .GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(member => member is not MethodInfo { IsSpecialName: true }).Select(member => member.Name).Order(StringComparer.Ordinal));

            private static string[] SavedAlike<T>(IPipeline<Sample, T> pipeline, Func<string, PipelineOptions?, IPipeline<Sample, T>> load)
                where T : class
            {
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                try
                {
                    pipeline.Save(folder);
                    using IPipeline<Sample, T> loaded = load(folder, null);
                    return [.. Rows.Take(20).SelectMany((row, i) => Comparing.Differences(i, pipeline.Predict(row), loaded.Predict(row), 0))];
                }
                finally
                {
                    Directory.Delete(folder, true);
                }
            }

            private static string[] Refused(Action action, string parameter)
            {
                try
                {
                    action();
                    return ["not refused"];
                }
                catch (ArgumentNullException error)
                {
                    return error.ParamName == parameter ? [] : [error.Message];
                }
            }

            private static Sample[] Make()
            {
                Random random = new(5);
                string[] words = ["red", "green", "blue", "grey"];
                return [.. Enumerable.Range(0, 150).Select(i =>
                {
                    float[] at = [(float)random.NextDouble() - 0.5f, (float)random.NextDouble() - 0.5f, (float)random.NextDouble() - 0.5f];
                    int kind = at[0] > 0.15f ? 0 : at[1] > 0 ? 1 : 2;
                    return new Sample(at, string.Join(' ', Enumerable.Range(0, 1 + random.Next(7)).Select(_ => words[random.Next(4)])), kind, i % 11 == 0 ? null : at[2] + kind, at[2] > 0);
                })];
            }

            private sealed class Told(Action<PipelineProgress> action) : IProgress<PipelineProgress>
            {
                public void Report(PipelineProgress value) => action(value);
            }
        }
        """;

    private static readonly Lazy<Type> Driver = new(() => Fitted.Driver(Source, Drive));

    [Fact]
    public void Several_inputs_further_outputs_and_codes() => Assert.Empty(Call<string[]>("Fitted"));

    [Fact]
    public void Patience_ends_a_fit() => Assert.True(Call<bool>("StopsEarly"));

    [Fact]
    public void A_trained_network_is_copied_and_stays_as_it_is() => Assert.Empty(Call<string[]>("Given"));

    [Fact]
    public void A_network_that_was_given_before_folds_outlives_them() => Assert.Empty(Call<string[]>("GivenBeforeFolds"));

    [Fact]
    public void What_names_an_internal_type_is_internal() => Assert.Equal(
        [
            "Hidden: Dispose Explain Fit Load ReadCsv Save Summary",
            "HiddenGiven: Dispose Explain Load ReadCsv Save Summary",
            "OfSecrets: Dispose LinearSVC1 Load Save Scores Summary TestScores",
        ],
        Call<string[]>("LessVisible"));

    private static T Call<T>(string method) => (T)Driver.Value.GetMethod(method)!.Invoke(null, [])!;
}
