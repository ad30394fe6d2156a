using System;
using System.Linq;
using System.Reflection;
using Dsl.Conformance;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Generator.Tests.Elements;

/// <summary>Recurrent layers in parts of a sequence, on sequences of unequal length, and with dropout between stacked ones.</summary>
public sealed class RecurrentTests
{
    private const int Steps = 7;

    private static readonly string[] Carrying = ["RNN(9)", "LSTM(5, Layers = 2)", "GRU(37, Layers = 3, Dropout = 0.5)"];

    private static readonly string[] Masked = ["RNN(9)", "LSTM(5, Layers = 2, Bidirectional = true)", "GRU(37, Bidirectional = true)", "LSTM(33)", "GRU(4, Layers = 2)"];

    private static readonly Lazy<Assembly> Models = new(() =>
    {
        string text = "using System; using Dsl; using Dsl.Runtime;\n";
        for (int i = 0; i < Carrying.Length; i++)
        {
            text += $"[Model, Input({Steps}, 3), {Carrying[i]}, Linear(2)] public partial class Whole{i};\n" + Use($"Whole{i}", "");
            text += $"[Model, Input(3, 3), {Carrying[i]}, Linear(2)] public partial class First{i} {{ public NetworkProgram Program => Code; }}\n" + Use($"First{i}", Program($"First{i}"));
        }

        for (int i = 0; i < Masked.Length; i++)
        {
            text += $"[Model, Tokens({Steps}, Vocabulary = 10, Padding = 0), Embedding(4), {Masked[i]}, Tanh, LastStep, Linear(3), CrossEntropy, SGD(0.1)] public partial class Padded{i};\n" + Use($"Padded{i}", Step($"Padded{i}"));
            text += $"[Model, Tokens(3, Vocabulary = 10, Padding = 0), Embedding(4), {Masked[i]}, Tanh, LastStep, Linear(3), CrossEntropy, SGD(0.1)] public partial class Short{i};\n" + Use($"Short{i}", Step($"Short{i}"));
            text += $"[Model, Tokens({Steps}, Vocabulary = 10, Padding = 0), Embedding(4), {Masked[i]}] public partial class Steps{i};\n" + Use($"Steps{i}", "");
            text += $"[Model, Tokens({Steps}, Vocabulary = 10, Padding = 0), Embedding(4), {Masked[i]}, LastStep] public partial class Last{i};\n" + Use($"Last{i}", "");
        }

        foreach (int layers in new[] { 1, 2 })
            text += $"[Model, Input(3, 2), GRU(40, Layers = {layers}, Dropout = 0.9), MeanSquaredError, SGD(1e-9)] public partial class Dropping{layers};\n"
                + Use($"Dropping{layers}", $"public static float Step(Network n, float[] x, float[] y) => ((Dropping{layers})n).TrainStep(x, y); public static float Loss(Network n, float[] x, float[] y) => ((Dropping{layers})n).Loss(x, y);");
        Generating run = Generating.Run(text);
        Assert.Equal("", string.Join("\n", run.Findings) + run.AllErrors);
        return run.Load();
    });

    public static TheoryData<int, Type> CarryingCases => Cases(Carrying.Length);

    public static TheoryData<int, Type> MaskedCases => Cases(Masked.Length);

    [Theory]
    [MemberData(nameof(CarryingCases))]
    public void Parts_of_a_sequence_give_what_the_whole_gives(int layer, Type backend)
    {
        using Network whole = Make($"Whole{layer}", backend);
        using Network parts = Make($"First{layer}", backend);
        Copy(whole, parts);
        const int Batch = 5;
        float[] x = Draw(Batch * Steps * 3);
        float[] expected = new float[Batch * Steps * 2];
        ((INetwork)whole).Predict(x, expected);
        NetworkProgram program = Method<Func<Network, NetworkProgram>>($"First{layer}", "Program")(parts);
        using CarriedState state = program.NewState(Batch);
        float[] y = new float[Batch * 3 * 2];
        for (int start = 0; start + 3 <= Steps; start += 3)
        {
            float[] part = [.. Enumerable.Range(0, Batch).SelectMany(n => x[((n * Steps * 3) + (start * 3))..((n * Steps * 3) + ((start + 3) * 3))])];
            Run(program, state, part, y);
            for (int n = 0; n < Batch; n++)
                Assert.All(y[(n * 6)..((n + 1) * 6)].Zip(expected[((n * Steps * 2) + (start * 2))..]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        }

        if (backend == typeof(CpuBackend))
            Assert.Equal(0, Allocations.Of(() => Run(program, state, x.AsSpan(0, Batch * 9), y)));

        // Without state every run starts at zero.
        float[] alone = new float[Batch * 6];
        ((INetwork)parts).Predict(x.AsSpan(0, Batch * 9), alone);
        state.Reset();
        Run(program, state, x.AsSpan(0, Batch * 9), y);
        Assert.Equal(alone, y);
    }

    [Fact]
    public void A_bidirectional_layer_does_not_carry()
    {
        Generating run = Generating.Run("[Model, Input(3, 3), LSTM(4, Bidirectional = true), Linear(2)] public partial class M { public Dsl.Runtime.NetworkProgram Program => Code; }");
        using Network network = (Network)Activator.CreateInstance(run.Load().GetType("M")!, [0UL])!;
        NetworkProgram program = (NetworkProgram)network.GetType().GetProperty("Program")!.GetValue(network)!;
        Assert.Throws<InvalidOperationException>(() => program.NewState(1));
    }

    [Theory]
    [MemberData(nameof(MaskedCases))]
    public void A_padded_run_is_the_unpadded_one(int layer, Type backend)
    {
        using Network padded = Make($"Padded{layer}", backend);
        using Network whole = Make($"Short{layer}", backend);
        Copy(padded, whole);
        float[] expected = new float[6];
        ((INetwork)whole).Predict(new[] { 4, 0, 7, 1, 2, 3 }, expected);
        float[] found = new float[6];
        ((INetwork)padded).Predict(new[] { 4, 0, 7, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0 }, found);
        Assert.Equal(expected, found);

        // One longer sample beside it changes nothing for it.
        ((INetwork)padded).Predict(new[] { 4, 0, 7, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7 }, found);
        Assert.Equal(expected[..3], found[..3]);
        Assert.NotEqual(expected[3..], found[3..]);

        // And so in training: losses, and every gradient.
        float loss = Method<Func<Network, int[], int[], float>>($"Short{layer}", "Step")(whole, [4, 0, 7, 1, 2, 3], [2, 0]);
        Assert.Equal(loss, Method<Func<Network, int[], int[], float>>($"Padded{layer}", "Step")(padded, [4, 0, 7, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0], [2, 0]), 1e-6f);
        for (int i = 0; i < whole.Parameters.Count; i++)
            Assert.All(whole.Parameters[i].Gradients.ToArray().Zip(padded.Parameters[i].Gradients.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Contains(whole.Parameters[0].Gradients.ToArray(), value => value != 0);
    }

    [Theory]
    [MemberData(nameof(MaskedCases))]
    public void Padded_steps_give_zeros(int layer, Type backend)
    {
        using Network network = Make($"Steps{layer}", backend);
        int features = ((INetwork)network).Outputs[0].Size / Steps;
        float[] outputs = new float[Steps * features];
        ((INetwork)network).Predict(new[] { 4, 5, 0, 6, 0, 0, 0 }, outputs);
        Assert.DoesNotContain(outputs[..(4 * features)], value => value == 0);
        Assert.All(outputs[(4 * features)..], value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(MaskedCases))]
    public void The_last_step_is_where_each_direction_ends(int layer, Type backend)
    {
        using Network all = Make($"Steps{layer}", backend);
        using Network last = Make($"Last{layer}", backend);
        Copy(all, last);
        int features = ((INetwork)last).Outputs[0].Size;
        int[] ids = [4, 5, 0, 6, 0, 0, 0];
        float[] outputs = new float[Steps * features];
        float[] found = new float[features];
        ((INetwork)all).Predict(ids, outputs);
        ((INetwork)last).Predict(ids, found);
        int forward = Masked[layer].Contains("Bidirectional", StringComparison.Ordinal) ? features / 2 : features;
        Assert.Equal([.. outputs[(3 * features)..((3 * features) + forward)], .. outputs[forward..features]], found);
    }

    [Fact]
    public void Dropout_is_between_stacked_layers_and_in_training_only()
    {
        float[] x = Draw(4 * 6);
        float[] y = new float[4 * 120];
        foreach (int layers in new[] { 1, 2 })
        {
            using Network network = Make($"Dropping{layers}", typeof(CpuBackend));
            using Network plain = Make($"Dropping{layers}", typeof(ReferenceBackend));
            Func<Network, float[], float[], float> step = Method<Func<Network, float[], float[], float>>($"Dropping{layers}", "Step");
            Func<Network, float[], float[], float> lossOf = Method<Func<Network, float[], float[], float>>($"Dropping{layers}", "Loss");
            float without = lossOf(network, x, y);
            float with = step(network, x, y);
            Assert.Equal(layers == 1, Math.Abs(with - without) < 1e-6f * without);
            Assert.Equal(step(plain, x, y), with, 1e-6f);
        }
    }

    private static TheoryData<int, Type> Cases(int count)
    {
        TheoryData<int, Type> cases = [];
        for (int i = 0; i < count; i++)
        {
            cases.Add(i, typeof(CpuBackend));
            cases.Add(i, typeof(ReferenceBackend));
        }

        return cases;
    }

    private static string Use(string model, string further) =>
        $"public static class {model}Use {{ public static Network Make<TBackend>() where TBackend : struct, IBackend => {model}.On<TBackend>(7); {further} }}\n";

    private static string Program(string model) => $"public static NetworkProgram Program(Network n) => (({model})n).Program;";

    private static string Step(string model) => $"public static float Step(Network n, int[] ids, int[] labels) => (({model})n).TrainStep(ids, labels);";

    private static Network Make(string model, Type backend) =>
        (Network)Models.Value.GetType(model + "Use")!.GetMethod("Make")!.MakeGenericMethod(backend).Invoke(null, [])!;

    private static TDelegate Method<TDelegate>(string model, string name)
        where TDelegate : Delegate => Models.Value.GetType(model + "Use")!.GetMethod(name)!.CreateDelegate<TDelegate>();

    private static void Copy(Network from, Network to)
    {
        for (int i = 0; i < from.Parameters.Count; i++)
            from.Parameters[i].Values.CopyTo(to.Parameters[i].Values);
    }

    private static void Run(NetworkProgram program, CarriedState state, ReadOnlySpan<float> x, Span<float> y)
    {
        using ProgramRun run = program.StartStep(state);
        run.Input(0, x);
        run.Execute();
        run.Output(0, y);
    }

    private static float[] Draw(int count)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }
}
