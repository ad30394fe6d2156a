using System;
using System.Linq;
using System.Reflection;
using Dsl.Conformance;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Generator.Tests.Elements;

/// <summary>Attention sees of its keys only a sample's own: what is padded computes and learns what is not.</summary>
public sealed class AttentionMaskTests
{
    private const string Training = "Last, Linear(3), CrossEntropy, Adam(0.05)] public partial class ";

    private static readonly string[] Bodies =
    [
        "MultiheadAttention(2)",
        "MultiheadAttention(3, Causal = true), Tanh",
        "Tanh(Name = \"Known\"), Linear(6), MultiheadAttention(2, KeyValue = \"Known\")",
        "TransformerEncoderLayer(2, 5, Dropout = 0), TransformerEncoderLayer(3, 7, Dropout = 0, NormFirst = false, Activation = Activation.ReLU)",
    ];

    // The last: a sequence of full length asks one that is padded.
    private static readonly Lazy<Assembly> Models = new(() => Compile(
        [
            .. Bodies.SelectMany((body, i) => new[]
            {
                $"[Model, Ids(6, Padding = 0), Look(6), {body}, {Training}Padded{i};\n" + Uses($"Padded{i}"),
                $"[Model, Ids(3), Look(6), {body}, {Training}Short{i};\n" + Uses($"Short{i}"),
            }),
            Asking("Padded", "6, Padding = 0"),
            Asking("Short", "3"),
        ]));

    public static TheoryData<int, Type> Cases
    {
        get
        {
            TheoryData<int, Type> cases = [];
            for (int i = 0; i <= Bodies.Length; i++)
            {
                cases.Add(i, typeof(CpuBackend));
                cases.Add(i, typeof(ReferenceBackend));
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Padding_changes_neither_outputs_nor_gradients(int body, Type backend)
    {
        using Network padded = Make($"Padded{body}", backend);
        using Network whole = Make($"Short{body}", backend);
        for (int i = 0; i < padded.Parameters.Count; i++)
            padded.Parameters[i].Values.CopyTo(whole.Parameters[i].Values);
        int[] with = [4, 1, 7, 0, 0, 0, 2, 2, 9, 0, 0, 0];
        int[] without = [4, 1, 7, 2, 2, 9];
        Close(Predict($"Short{body}", whole, without), Predict($"Padded{body}", padded, with));
        float loss = Step($"Short{body}", whole, without);
        Assert.Equal(loss, Step($"Padded{body}", padded, with), 1e-5f);
        for (int i = 0; i < padded.Parameters.Count; i++)
            Close(whole.Parameters[i].Gradients.ToArray(), padded.Parameters[i].Gradients.ToArray());

        // The masks are not there for nothing.
        Assert.NotEqual(Predict($"Padded{body}", padded, with), Predict($"Padded{body}", padded, [4, 1, 7, 3, 3, 3, 2, 2, 9, 3, 3, 3]));
    }

    private static void Close(float[] wanted, float[] given) => Assert.All(wanted.Zip(given), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

    private static string Asking(string name, string ids) =>
        $"[Model, Ids({ids}, Name = \"Told\"), Input(2, 6, Name = \"Asked\"), Look(6, From = \"Told\", Name = \"Known\"), MultiheadAttention(3, From = \"Asked\", KeyValue = \"Known\"), "
        + $"Flatten, Linear(3), CrossEntropy, Adam(0.05)] public partial class {name}{Bodies.Length};\n" + Uses($"{name}{Bodies.Length}", ", Questions");

    private static string Uses(string model, string more = "") => $$"""
        public static class {{model}}Use
        {
            static readonly float[] Questions = System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Select(System.Linq.Enumerable.Range(0, 24), i => (i % 7 - 3) / 3f));
            public static Network Make<TBackend>() where TBackend : struct, IBackend => {{model}}.On<TBackend>(7);
            public static float Step(Network n, int[] ids, int[] labels) => (({{model}})n).TrainStep(ids{{more}}, labels);
            public static void Predict(Network n, int[] ids, float[] outputs) => (({{model}})n).Predict(ids{{more}}, outputs);
        }
        """;

    private static Assembly Compile(string[] sources)
    {
        SequenceLayers.Install();
        Generating run = Generating.Run("using System; using Dsl.Runtime;\n" + string.Join("\n", sources) + SequenceLayers.Attributes);
        Assert.Equal("", string.Join("\n", run.Findings) + run.AllErrors);
        return run.Load();
    }

    private static Network Make(string model, Type backend) =>
        (Network)Models.Value.GetType(model + "Use")!.GetMethod("Make")!.MakeGenericMethod(backend).Invoke(null, [])!;

    private static float Step(string model, Network network, int[] ids) =>
        Models.Value.GetType(model + "Use")!.GetMethod("Step")!.CreateDelegate<Func<Network, int[], int[], float>>()(network, ids, [2, 0]);

    private static float[] Predict(string model, Network network, int[] ids)
    {
        float[] outputs = new float[6];
        Models.Value.GetType(model + "Use")!.GetMethod("Predict")!.CreateDelegate<Action<Network, int[], float[]>>()(network, ids, outputs);
        return outputs;
    }
}
