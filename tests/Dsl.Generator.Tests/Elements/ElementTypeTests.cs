using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Dsl.Conformance;
using Dsl.Runtime;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests.Elements;

/// <summary>Int32 ids and lengths of samples, from the attribute to the kernel: ports, batches, storages, checks, training.</summary>
public sealed class ElementTypeTests
{
    private const string Reader = "Look(4), Linear(5), Tanh, Last, Linear(3), CrossEntropy, Adam(0.05)] public partial class ";

    private static readonly Lazy<Assembly> Models = new(() => Compile(
        "[Model, Ids(6, Padding = 0), " + Reader + "Padded;",
        "[Model, Ids(3), " + Reader + "Short;",
        "[Model, Ids(6, Padding = 0), Look(4), Linear(5), Tanh, Reshape(6, 5), Last, Linear(3), CrossEntropy, Adam(0.05)] public partial class Ended;",
        Uses("Padded"),
        Uses("Short"),
        Uses("Ended")));

    static ElementTypeTests() => SequenceLayers.Install();

    [Fact]
    public void Padding_changes_nothing()
    {
        Both(backend =>
        {
            using Network padded = Make("Padded", backend);
            using Network whole = Make("Short", backend);
            Copy(padded, whole);
            float[] expected = Predict(whole, [4, 0, 7]);
            Assert.Equal(expected, Predict(padded, [4, 0, 7, 0, 0, 0]));

            // A sample of nothing but padding has one step.
            float[] last = Predict(padded, [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6]);
            Assert.NotEqual(last[..3], last[3..]);
        });
    }

    [Fact]
    public void A_layer_that_takes_none_ends_lengths() => Both(backend =>
    {
        using Network padded = Make("Padded", backend);
        using Network ended = Make("Ended", backend);
        Copy(padded, ended);
        Assert.NotEqual(Predict(padded, [4, 1, 7, 0, 0, 0]), Predict(ended, [4, 1, 7, 0, 0, 0]));
        Assert.Equal(Predict(padded, [4, 1, 7, 2, 8, 3]), Predict(ended, [4, 1, 7, 2, 8, 3]));
    });

    [Fact]
    public void A_layer_without_a_form_in_ONNX_is_named_and_nothing_is_written()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using Network network = Make("Short", typeof(CpuBackend));
        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => network.ExportOnnx(path));
        Assert.Equal("Short cannot be exported to ONNX: Look1 is a Look, and a Look has no form there.", refused.Message);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Gradients_are_those_of_the_loss_and_backends_agree()
    {
        int[] ids = [4, 1, 7, 0, 0, 0, 2, 2, 9, 9, 3, 1];
        int[] labels = [2, 0];
        Trained cpu = Train("Padded", typeof(CpuBackend), ids, labels);
        Trained plain = Train("Padded", typeof(ReferenceBackend), ids, labels);
        Assert.Equal(plain.Loss, cpu.Loss, 1e-5f);
        foreach ((float[] a, float[] b) in cpu.Gradients.Zip(plain.Gradients))
            Assert.All(a.Zip(b), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));

        // Rows of ids that were not read, or lay beyond a length, have no gradient.
        float[] table = plain.Gradients[0];
        foreach (int id in new[] { 0, 5, 6, 8 })
            Assert.All(table[(id * 4)..((id + 1) * 4)], value => Assert.Equal(0, value));
        Assert.Contains(table[(7 * 4)..(8 * 4)], value => value != 0);

        using Network network = Make("Padded", typeof(ReferenceBackend));
        Func<Network, int[], int[], float> lossOf = Method<Func<Network, int[], int[], float>>("Padded", "Loss");
        for (int i = 0; i < table.Length; i++)
        {
            const float Step = 1e-2f;
            float[] start = network.Parameters[0].Values.ToArray();
            network.Parameters[0].Values[i] = start[i] + Step;
            double above = lossOf(network, ids, labels);
            network.Parameters[0].Values[i] = start[i] - Step;
            double below = lossOf(network, ids, labels);
            network.Parameters[0].Values[i] = start[i];
            Assert.Equal((above - below) / (2 * Step), table[i], 2e-3);
        }
    }

    [Fact]
    public void A_run_after_the_first_of_its_size_allocates_nothing()
    {
        using Network network = Make("Padded", typeof(CpuBackend));
        Func<Network, int[], int[], float> step = Method<Func<Network, int[], int[], float>>("Padded", "Step");
        int[] ids = [4, 1, 7, 0, 0, 0, 2, 2, 9, 9, 3, 1];
        int[] labels = [2, 0];
        float[] outputs = new float[6];
        for (int i = 0; i < 3; i++)
        {
            step(network, ids, labels);
            ((INetwork)network).Predict(ids, outputs);
        }

        Assert.Equal(0, Allocations.Of(() =>
        {
            step(network, ids, labels);
            ((INetwork)network).Predict(ids, outputs);
        }));
    }

    [Fact]
    public void Ids_that_are_none_are_named_at_the_call()
    {
        using Network network = Make("Padded", typeof(CpuBackend));
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => Predict(network, [1, 2, 3, 4, 5, 10])).Message;
        Assert.Contains("id 5 of Input is 10, but its vocabulary is 10: ids run from 0 to 9", message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(() => Predict(network, [-1, 2, 3, 4, 5, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("6 values a sample", Assert.Throws<ArgumentException>(() => Predict(network, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("takes Int32, but Float32", Assert.Throws<InvalidOperationException>(() => ((INetwork)network).Predict(new float[6], new float[3])).Message, StringComparison.Ordinal);
        float[] memory = new float[9];
        Assert.Contains(
            "overlaps", Assert.Throws<ArgumentException>(() => ((INetwork)network).Predict(System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(memory.AsSpan(0, 6)), memory.AsSpan(4, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_takes_samples_of_ids_and_refuses_others_before_it_starts() => Both(backend =>
    {
        using Network network = Make("Padded", backend);
        int[] ids = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { 1 + (i % 3), 4 + (i % 5), 1 + (i % 3), 0, 0, 0 })];
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 3)];
        Samples samples = new(ids, labels);
        Assert.Equal(ids[6..12], samples.Ids(1).ToArray());
        Assert.Throws<InvalidOperationException>(() => samples.Input(0).Length);
        samples.CheckFinite();
        network.Fit(samples, new FitOptions { Epochs = 20, BatchSize = 10 });
        Assert.Equal(1, network.Evaluate(samples.Split(0.5).Train).Accuracy);

        Assert.Contains("Samples have Float32 for the input, but Padded takes Int32", Refused(new Samples(new float[6], new int[1])), StringComparison.Ordinal);
        Assert.Contains("Id 12 of sample 1 is outside 0 to 9", Refused(new Samples(new[] { 1, 1, 1, 1, 1, 1, 1, 1, 12, 1, 1, 1 }, new int[2])), StringComparison.Ordinal);
        string Refused(Samples wrong) => Assert.Throws<ArgumentException>(() => network.Fit(wrong)).Message;
    });

    [Theory]
    [InlineData("[Model, Ids(6), {|Linear(3)|}] partial class M;", "needs numbers, but receives ids (Input 6)")]
    [InlineData("[Model, Input(6), {|Look(3)|}] partial class M;", "needs ids, but receives numbers (Input 6)")]
    public void Another_element_is_DSL207(string source, string message)
    {
        Generating run = Generating.Run(source.Replace("{|", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal) + SequenceLayers.Attributes);
        Diagnostic found = Assert.Single(run.Findings);
        Assert.Equal("DSL207", found.Id);
        Assert.Contains(message, found.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(source[(source.IndexOf("{|", StringComparison.Ordinal) + 2)..source.IndexOf("|}", StringComparison.Ordinal)], run.Squiggles()[0]["DSL207 ".Length..]);
    }

    [Fact]
    public void A_layer_that_says_it_takes_no_lengths_gets_none()
    {
        Generating run = Generating.Run("[Model, Ids(6, Padding = 0), Look(4), Nosy, Last] partial class M;" + SequenceLayers.Attributes);
        Diagnostic found = Assert.Single(run.Findings);
        Assert.Equal("DSL120", found.Id);
        Assert.Contains("Nosy takes no lengths", found.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_are_typed_by_the_elements()
    {
        Type padded = Models.Value.GetType("Padded")!;
        Assert.True(padded.GetNestedType("InputBatch")!.IsSubclassOf(typeof(SampleBatch<int>)));
        Assert.True(padded.GetNestedType("OutputBatch")!.IsSubclassOf(typeof(SampleBatch<float>)));
        using Network network = Make("Padded", typeof(CpuBackend));
        PortInfo input = Assert.Single(((INetwork)network).Inputs);
        Assert.Equal(("Int32", 10, 6), (input.Element.ToString(), input.Vocabulary, input.Size));
        int[] labels = Method<Func<Network, int[], int[]>>("Padded", "Classify")(network, [1, 2, 3, 4, 5, 6]);
        Assert.InRange(Assert.Single(labels), 0, 2);
    }

    private static string Uses(string model) => $$"""
        public static class {{model}}Use
        {
            public static Network Make<TBackend>() where TBackend : struct, IBackend => {{model}}.On<TBackend>(7);
            public static float Step(Network n, int[] ids, int[] labels) => (({{model}})n).TrainStep(ids, labels);
            public static float Loss(Network n, int[] ids, int[] labels) => (({{model}})n).Loss(new {{model}}.InputBatch(ids), labels);
            public static int[] Classify(Network n, int[] ids) { int[] labels = new int[ids.Length / {{model}}.InputShape[0]]; (({{model}})n).Classify(ids, labels); return labels; }
        }
        """;

    private static Assembly Compile(params string[] sources)
    {
        SequenceLayers.Install();
        Generating run = Generating.Run("using System; using Dsl.Runtime;\n" + string.Join("\n", sources) + SequenceLayers.Attributes);
        Assert.Equal("", string.Join("\n", run.Findings) + run.AllErrors);
        return run.Load();
    }

    private static void Both(Action<Type> test)
    {
        test(typeof(CpuBackend));
        test(typeof(ReferenceBackend));
    }

    private static Network Make(string model, Type backend) =>
        (Network)Models.Value.GetType(model + "Use")!.GetMethod("Make")!.MakeGenericMethod(backend).Invoke(null, [])!;

    private static TDelegate Method<TDelegate>(string model, string name)
        where TDelegate : Delegate => Models.Value.GetType(model + "Use")!.GetMethod(name)!.CreateDelegate<TDelegate>();

    private static float[] Predict(INetwork network, int[] ids)
    {
        float[] outputs = new float[Math.Max(1, ids.Length / network.Inputs[0].Size) * 3];
        network.Predict(ids, outputs);
        return outputs;
    }

    private static void Copy(Network from, Network to)
    {
        for (int i = 0; i < from.Parameters.Count; i++)
            from.Parameters[i].Values.CopyTo(to.Parameters[i].Values);
    }

    private static Trained Train(string model, Type backend, int[] ids, int[] labels)
    {
        using Network network = Make(model, backend);
        float loss = Method<Func<Network, int[], int[], float>>(model, "Step")(network, ids, labels);
        return new Trained(loss, [.. network.Parameters.Select(parameter => parameter.Gradients.ToArray())]);
    }

    private sealed record Trained(float Loss, float[][] Gradients);
}
