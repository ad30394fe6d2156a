using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Dsl.Conformance;
using Dsl.Generator.Tests.Emitting;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Generator.Tests.Elements;

/// <summary>Going on from a prompt: a step at a time gives what the whole network gives for all that came before.</summary>
public sealed class GenerationTests
{
    private const int Steps = 9;
    private const int Vocabulary = 7;
    private const int Drawn = 24;

    private static readonly string[] Bodies =
    [
        "PositionalEmbedding, MultiheadAttention(2, Causal = true)",
        "SinusoidalPosition, TransformerEncoderLayer(2, 11, Causal = true), TransformerEncoderLayer(4, 5, Causal = true, NormFirst = false, Activation = Activation.ReLU), LayerNorm",
        "LSTM(5, Layers = 2)",
        "GRU(37), RNN(4)",
        "LSTM(9), RMSNorm, PositionalEmbedding(Name = \"Told\"), GRU(6), MultiheadAttention(3, Causal = true), Linear(9, Name = \"Mixed\"), Add(\"Told\"), ReLU, Concat(\"Mixed\", Axis = 1)",
        "Linear(10), BatchNorm1d, Tanh, Dropout(0.4), BatchNorm1d, GELU, RNN(6, Layers = 3, Dropout = 0.3), Softmax, Linear(8, Bias = false), LogSoftmax",
        "MultiheadAttention(8, Causal = true, Dropout = 0.2), SiLU(Name = \"Gate\"), Linear(8), Multiply(\"Gate\")",
        "Use<Residual>(Repeat = 2)",
        .. RandomAssembly.Seeds(Drawn, usually: 20261122).Select(seed => new RandomCausalBody(seed, features: 8).ToString()),
    ];

    private static readonly Lazy<Assembly> Models = new(() =>
    {
        string text = "using System; using Dsl; using Dsl.Runtime;\n[Block, Input(9, 8), LayerNorm, MultiheadAttention(1, Causal = true), Add(\"Input\")] partial class Residual;\n";
        for (int i = 0; i < Bodies.Length; i++)
        {
            text += Model($"Net{i}", $"Tokens({Steps}, Vocabulary = {Vocabulary}), Embedding(8), {Bodies[i]}, Linear({Vocabulary}), CrossEntropy, SGD(0.5)");
            text += Model($"Padded{i}", $"Tokens({Steps}, Vocabulary = {Vocabulary}, Padding = 0), Embedding(8), {Bodies[i]}, Linear({Vocabulary}), CrossEntropy, SGD(0.5)");
        }

        Generating run = Generating.Run(text);
        Assert.Equal("", string.Join("\n", run.Findings.Where(one => !one.ToString().Contains("DSL302", StringComparison.Ordinal))) + run.AllErrors);
        return run.Load();
    });

    private delegate int[] Generate(Network network, int[] prompt, GenerateOptions? options);

    private delegate int[][] GenerateSeveral(Network network, int[] prompt, int sequences, GenerateOptions? options);

    private delegate void GenerateEach(Network network, int[] prompt, GenerateOptions? options, Func<int, bool> take);

    private delegate float Train(Network network, int[] ids, int[] labels);

    public static TheoryData<string, Type> Cases
    {
        get
        {
            TheoryData<string, Type> cases = [];
            for (int i = 0; i < Bodies.Length; i++)
            {
                foreach (string model in new[] { $"Net{i}", $"Padded{i}" })
                {
                    cases.Add(model, typeof(CpuBackend));
                    cases.Add(model, typeof(ReferenceBackend));
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_at_a_time_gives_the_logits_of_the_whole(string model, Type backend)
    {
        using Network network = Trained(model, backend);
        NetworkProgram program = Method<Func<Network, NetworkProgram>>(model, "Program")(network);
        int[] sequences = [3, 1, 4, 1, 5, 6, 2, 6, 5, 2, 6, 1, 1, 4, 4, 6, 3, 3];
        using CarriedState state = program.NewSteps(2);
        for (int round = 0; round < 2; round++)
        {
            float[] logits = new float[2 * Vocabulary];
            for (int t = 0; t < Steps; t++)
            {
                using (ProgramRun run = program.StartStep(state))
                {
                    run.Input(0, new[] { sequences[t], sequences[Steps + t] });
                    run.Execute();
                    run.Output(0, logits);
                }

                for (int n = 0; n < 2; n++)
                    Close(LogitsOf(network, sequences.AsSpan(n * Steps, t + 1)), logits.AsSpan(n * Vocabulary, Vocabulary));
            }

            state.Reset();
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Greedy_ids_are_those_of_repeated_prediction(string model, Type backend)
    {
        using Network network = Trained(model, backend);
        int[] prompt = [2, 5, 1];
        List<int> wanted = [.. prompt];
        while (wanted.Count <= Steps)
        {
            float[] logits = LogitsOf(network, wanted.ToArray());
            if (logits.Order().TakeLast(2).ToArray() is [float second, float first] && first - second < 1e-4f)
                break;
            int next = Array.IndexOf(logits, logits.Max());

            // Of a padded sequence the ids behind the last that is none are padding, whatever was meant.
            if (next == 0)
                break;
            wanted.Add(next);
        }

        int steps = wanted.Count - prompt.Length;
        if (steps == 0)
            return;
        Assert.Equal(wanted[3..], Method<Generate>(model, "Generate")(network, prompt, new GenerateOptions { Temperature = 0, Steps = steps }));
        List<int> each = [];
        Method<GenerateEach>(model, "Each")(network, prompt, new GenerateOptions { Temperature = 0, Steps = steps }, id =>
        {
            each.Add(id);
            return each.Count < 2;
        });
        Assert.Equal(wanted.Skip(3).Take(2), each);
        Assert.All(Method<GenerateSeveral>(model, "Several")(network, prompt, 3, new GenerateOptions { Temperature = 0, Steps = steps }), ids => Assert.Equal(wanted[3..], ids));
    }

    /// <summary>Of a prompt most is read many ids at a time; what follows is what follows when it is read one by one.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Long_prompts_give_what_single_steps_give(string model, Type backend)
    {
        using Network network = Trained(model, backend);
        NetworkProgram program = Method<Func<Network, NetworkProgram>>(model, "Program")(network);
        using CarriedState state = program.NewSteps(1);

        // With small weights the last id alone would say what comes next.
        foreach (Parameter parameter in network.Parameters)
        {
            foreach (ref float value in parameter.Values)
                value *= 3;
        }

        Random random = new(9);
        int[] lengths = HasLimit(model) ? [2, 4, 5, 6, 7, 4, 5, 6, 7] : [2, 4, 6, 9, 10, 12, 18, 19, 31];
        foreach (int length in lengths)
        {
            int[] prompt = [.. Enumerable.Range(0, length).Select(_ => random.Next(Vocabulary))];
            state.Reset();
            List<int> wanted = [];
            float[] logits = [];
            foreach (int id in prompt)
                logits = Step(id);
            for (int i = 0; i < 3; i++)
            {
                // Which of two that are as good as equal comes first is not said.
                if (logits.Order().TakeLast(2).ToArray() is [float second, float first] && first - second < 1e-4f)
                    break;
                wanted.Add(Array.IndexOf(logits, logits.Max()));
                if (i < 2)
                    logits = Step(wanted[i]);
            }

            if (wanted.Count > 0)
                Assert.Equal(wanted, Method<Generate>(model, "Generate")(network, prompt, new GenerateOptions { Temperature = 0, Steps = wanted.Count }));
        }

        float[] Step(int id)
        {
            float[] logits = new float[Vocabulary];
            using ProgramRun run = program.StartStep(state);
            run.Input(0, new[] { id });
            run.Execute();
            run.Output(0, logits);
            return logits;
        }
    }

    [Fact]
    public void Some_networks_that_are_drawn_have_a_limit_of_steps_and_some_have_none()
    {
        string[] drawn = Bodies[^Drawn..];
        Assert.Contains(drawn, LooksBack);
        Assert.Contains(drawn, body => !LooksBack(body));
        Assert.All(new[] { "LSTM", "GRU", "Attention", "Position", "Add", "Norm" }, layer => Assert.Contains(drawn, body => body.Contains(layer, StringComparison.Ordinal)));
    }

    [Fact]
    public void Ids_end_before_the_one_that_ends_them()
    {
        using Network network = Trained("Net2", typeof(CpuBackend));
        int[] ids = Method<Generate>("Net2", "Generate")(network, [1], new GenerateOptions { Steps = 60, Seed = 3 });
        Assert.Equal(60, ids.Length);
        int stop = ids[20];
        int[] ended = Method<Generate>("Net2", "Generate")(network, [1], new GenerateOptions { Steps = 60, Seed = 3, StopId = stop });
        Assert.Equal(ids[..Array.IndexOf(ids, stop)], ended);
        int[][] several = Method<GenerateSeveral>("Net2", "Several")(network, [1], 4, new GenerateOptions { Steps = 60, Seed = 3, StopId = stop });
        Assert.Equal(ended, several[0]);
        Assert.NotEqual(several[0], several[1]);
        Assert.All(several, one => Assert.DoesNotContain(stop, one));
    }

    [Fact]
    public void A_seed_gives_its_ids()
    {
        using Network network = Trained("Net0", typeof(CpuBackend));
        Generate generate = Method<Generate>("Net0", "Generate");
        int[] first = generate(network, [1, 2], new GenerateOptions { Seed = 11 });
        Assert.Equal(Steps - 1, first.Length);
        Assert.Equal(first, generate(network, [1, 2], new GenerateOptions { Seed = 11 }));
        Assert.Contains(Enumerable.Range(0, 5), seed => !first.SequenceEqual(generate(network, [1, 2], new GenerateOptions { Seed = (ulong)seed })));
    }

    [Fact]
    public void What_is_out_of_range_is_said()
    {
        using Network network = Trained("Net0", typeof(CpuBackend));
        using Network free = Trained("Net2", typeof(CpuBackend));
        Assert.Contains("at least one id", Refusal<ArgumentException>("Net0", network, [], null), StringComparison.Ordinal);
        Assert.Contains("id 1 of the prompt is 7, but the vocabulary is 7", Refusal<ArgumentOutOfRangeException>("Net0", network, [1, 7], null), StringComparison.Ordinal);
        Assert.Contains("has 9 steps, but the prompt has 10 ids", Refusal<ArgumentException>("Net0", network, new int[10], null), StringComparison.Ordinal);
        Assert.Contains("behind a prompt of 9 ids there is room for 1 new ones, but Steps is 2", Refusal<ArgumentOutOfRangeException>("Net0", network, new int[9], new() { Steps = 2 }), StringComparison.Ordinal);
        Assert.Contains("Net2 has no limit of steps", Refusal<ArgumentOutOfRangeException>("Net2", free, [1], null), StringComparison.Ordinal);
        Assert.Contains("Temperature of GenerateOptions is wanted finite and at least 0, but is -1", Refusal<ArgumentOutOfRangeException>("Net0", network, [1], new() { Temperature = -1 }), StringComparison.Ordinal);
        Assert.Contains("TopP of GenerateOptions is wanted in (0, 1], but is 0", Refusal<ArgumentOutOfRangeException>("Net0", network, [1], new() { TopP = 0 }), StringComparison.Ordinal);
        Assert.Contains("TopK", Refusal<ArgumentOutOfRangeException>("Net0", network, [1], new() { TopK = -1 }), StringComparison.Ordinal);
        Assert.Contains("Steps", Refusal<ArgumentOutOfRangeException>("Net0", network, [1], new() { Steps = -1 }), StringComparison.Ordinal);
        Assert.Contains("an id from 0 to 6, but is 7", Refusal<ArgumentOutOfRangeException>("Net0", network, [1], new() { StopId = 7 }), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Method<GenerateSeveral>("Net0", "Several")(network, [1], 0, null));
        Assert.Throws<ArgumentNullException>(() => Method<GenerateEach>("Net0", "Each")(network, [1], null, null!));
        network.Parameters[0].Values.Fill(float.NaN);
        Assert.Contains("the logits of new id 0 are not all finite", Refusal<InvalidOperationException>("Net0", network, [1], null), StringComparison.Ordinal);
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Method<Generate>("Net0", "Generate")(network, [1], null));
    }

    [Fact]
    public void Where_rows_run_out_a_further_step_is_refused()
    {
        using Network network = Trained("Net0", typeof(CpuBackend));
        NetworkProgram program = Method<Func<Network, NetworkProgram>>("Net0", "Program")(network);
        using CarriedState state = program.NewSteps(1);
        for (int t = 0; t < Steps; t++)
            Step();
        Assert.Contains("all were made", Assert.Throws<InvalidOperationException>(Step).Message, StringComparison.Ordinal);

        void Step()
        {
            using ProgramRun run = program.StartStep(state);
            run.Input(0, new[] { 1 });
            run.Execute();
        }
    }

    [Theory]
    [InlineData("Net1")]
    [InlineData("Net2")]
    [InlineData("Net4")]
    public void Ids_cost_no_memory_but_their_own(string model)
    {
        using Network network = Trained(model, typeof(CpuBackend));
        GenerateEach each = Method<GenerateEach>(model, "Each");
        GenerateOptions options = new() { Steps = 5, TopK = 5, TopP = 0.9 };
        Func<int, bool> take = _ => true;
        int[] prompt = [1, 2, 3, 4, 5];
        each(network, prompt, options, take);
        each(network, prompt, options, take);
        Assert.Equal(0, Allocations.Of(() => each(network, prompt, options, take)));
    }

    [Fact]
    public void Prompts_without_a_limit_go_on_for_as_long_as_wanted()
    {
        for (int i = 0; i < Bodies.Length; i++)
        {
            using Network network = Trained($"Net{i}", typeof(CpuBackend));
            Generate generate = Method<Generate>($"Net{i}", "Generate");
            int[] prompt = [.. Enumerable.Range(0, 4 * Steps).Select(at => at % Vocabulary)];
            if (LooksBack(Bodies[i]))
                Assert.Throws<ArgumentException>(() => generate(network, prompt, new GenerateOptions { Steps = 50 }));
            else
                Assert.Equal(50, generate(network, prompt, new GenerateOptions { Steps = 50 }).Length);
        }
    }

    [Theory]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8), MultiheadAttention(2), Linear(7), CrossEntropy, SGD(0.1)")]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8), TransformerEncoderLayer(2, 4), Linear(7), CrossEntropy, SGD(0.1)")]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8), GRU(4, Bidirectional = true), Linear(7), CrossEntropy, SGD(0.1)")]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8), GRU(4), Linear(6), CrossEntropy, SGD(0.1)")]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8), GRU(4), LastStep, Linear(7), CrossEntropy, SGD(0.1)")]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8), GRU(7), MeanSquaredError, SGD(0.1)")]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8), GroupNorm(2), Linear(7), CrossEntropy, SGD(0.1)")]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8), Conv1d(7, 3, Padding = 1), CrossEntropy, SGD(0.1)")]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8), Reshape(8, 5), Reshape(5, 8), Linear(7), CrossEntropy, SGD(0.1)")]
    [InlineData("Input(5, 7), GRU(7), CrossEntropy, SGD(0.1)")]
    [InlineData("Tokens(5, Vocabulary = 7), Embedding(8, Name = \"A\"), Permute(1, 0), Permute(1, 0), MultiheadAttention(2, KeyValue = \"A\"), Linear(7), CrossEntropy, SGD(0.1)")]
    public void Who_is_not_causal_has_no_such_member(string layers)
    {
        Generating run = Generating.Run($"[Model, {layers}] public partial class M;");
        Assert.Equal("", run.AllErrors);
        Assert.Null(run.Load().GetType("M")!.GetMethods().FirstOrDefault(one => one.Name == "Generate"));
    }

    private static string Model(string name, string layers) => $$"""
        [Model, {{layers}}] public partial class {{name}} { public NetworkProgram Program => Code; }
        public static class {{name}}Use
        {
            public static Network Make<TBackend>() where TBackend : struct, IBackend => {{name}}.On<TBackend>(7);
            public static NetworkProgram Program(Network n) => (({{name}})n).Program;
            public static float Train(Network n, int[] ids, int[] labels) => (({{name}})n).TrainStep(ids, labels);
            public static int[] Generate(Network n, int[] prompt, GenerateOptions options) => (({{name}})n).Generate(prompt, options);
            public static int[][] Several(Network n, int[] prompt, int sequences, GenerateOptions options) => (({{name}})n).Generate(prompt, sequences, options);
            public static void Each(Network n, int[] prompt, GenerateOptions options, Func<int, bool> take) => (({{name}})n).Generate(prompt, options, take);
        }

        """;

    private static bool HasLimit(string model) => LooksBack(Bodies[int.Parse(model.AsSpan(model.AsSpan().IndexOfAnyInRange('0', '9')), CultureInfo.InvariantCulture)]);

    // Positions and kept keys have a row for each step.
    private static bool LooksBack(string body) => new[] { "Position", "Attention", "Encoder", "Use" }.Any(layer => body.Contains(layer, StringComparison.Ordinal));

    /// <summary>After some steps of training, so that norms have statistics and ids differ.</summary>
    private static Network Trained(string model, Type backend)
    {
        Network network = (Network)Models.Value.GetType(model + "Use")!.GetMethod("Make")!.MakeGenericMethod(backend).Invoke(null, [])!;
        Random random = new(5);
        for (int step = 0; step < 3; step++)
        {
            int[] ids = [.. Enumerable.Range(0, 3 * Steps).Select(_ => random.Next(1, Vocabulary))];
            Method<Train>(model, "Train")(network, ids, [.. ids.Select(id => (id * 3) % Vocabulary)]);
        }

        return network;
    }

    /// <summary>What the whole network says behind the last of these ids; those that come after them are padding.</summary>
    private static float[] LogitsOf(Network network, ReadOnlySpan<int> ids)
    {
        int[] padded = new int[Steps];
        ids.CopyTo(padded);
        float[] outputs = new float[Steps * Vocabulary];
        ((INetwork)network).Predict(padded, outputs);
        return outputs.AsSpan((ids.Length - 1) * Vocabulary, Vocabulary).ToArray();
    }

    private static void Close(float[] wanted, ReadOnlySpan<float> given)
    {
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - given[i]) <= 1e-5f * Math.Max(1, Math.Abs(wanted[i])), $"{given[i]} for {wanted[i]}");
    }

    private static string Refusal<TException>(string model, Network network, int[] prompt, GenerateOptions? options)
        where TException : Exception => Assert.Throws<TException>(() => Method<Generate>(model, "Generate")(network, prompt, options)).Message;

    private static TDelegate Method<TDelegate>(string model, string name)
        where TDelegate : Delegate => Models.Value.GetType(model + "Use")!.GetMethod(name)!.CreateDelegate<TDelegate>();
}
