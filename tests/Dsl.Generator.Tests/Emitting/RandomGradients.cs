using System;
using System.Linq;
using System.Runtime.InteropServices;
using Xunit;

namespace Dsl.Generator.Tests.Emitting;

/// <summary>Of a random network: the halves of a step against the step, and gradients at the input and from the output against central differences.</summary>
internal static class RandomGradients
{
    /// <summary>What random networks name as their own layers: one that changes nothing of a row's form, and one with parameters and another length.</summary>
    public const string OwnLayers = """
        [Layer]
        public partial struct Swish
        {
            static void Forward(ReadOnlySpan<float> x, Span<float> y)
            {
                for (int i = 0; i < x.Length; i++)
                    y[i] = x[i] / (1 + MathF.Exp(-x[i]));
            }

            static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
            {
                for (int i = 0; i < x.Length; i++)
                {
                    float s = 1 / (1 + MathF.Exp(-x[i]));
                    dx[i] = dy[i] * (s + (y[i] * (1 - s)));
                }
            }
        }

        [Layer(Features = 3)]
        public partial struct Mixture
        {
            const int ParameterCount = 6;

            static void Initialize(Span<float> parameters, Random random)
            {
                for (int i = 0; i < parameters.Length; i++)
                    parameters[i] = random.NextSingle() - 0.5f;
            }

            static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
            {
                y.Clear();
                for (int i = 0; i < x.Length; i++)
                    y[i % 3] += MathF.Tanh(parameters[i % 3] * x[i]) + parameters[3 + (i % 3)];
            }

            static void Backward(
                ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients)
            {
                for (int i = 0; i < x.Length; i++)
                {
                    float t = MathF.Tanh(parameters[i % 3] * x[i]);
                    float slope = dy[i % 3] * (1 - (t * t));
                    dx[i] = slope * parameters[i % 3];
                    parameterGradients[i % 3] += slope * x[i];
                    parameterGradients[3 + (i % 3)] += dy[i % 3];
                }
            }
        }

        """;

    private const ulong Seed = 7;

    public static void Check(
        RandomDeclaration declaration, Type run, Func<ulong, Network> cpuMaker, Func<ulong, Network> plainMaker, float[] x, int[] y, float[] t, Random random)
    {
        var step = run.GetMethod("Step")!.CreateDelegate<Func<Network, float[], int[], float[], float>>();
        var gradients = run.GetMethod("Gradients")!.CreateDelegate<Func<Network, float[], int[], float[], float[], float>>();
        var from = run.GetMethod("From")!.CreateDelegate<Action<Network, float[], float[], float[]>>();
        var apply = run.GetMethod("Apply")!.CreateDelegate<Action<Network>>();
        var predict = run.GetMethod("Predict")!.CreateDelegate<Action<Network, float[], float[]>>();
        float[] d = new float[declaration.Vocabulary > 0 ? 0 : x.Length];
        bool hasInputGradients = d.Length > 0 && Reason() is null;
        foreach (Func<ulong, Network> maker in new[] { cpuMaker, plainMaker })
        {
            using Network whole = maker(Seed);
            using Network halves = maker(Seed);
            for (int i = 0; i < 2; i++)
            {
                // With and without gradients at the input.
                float loss = step(whole, x, y, t);
                Bits("loss", [loss], [gradients(halves, x, y, t, i == 0 || !hasInputGradients ? [] : d)]);
                apply(halves);
            }

            for (int i = 0; i < whole.Parameters.Count; i++)
            {
                Bits("gradient of " + whole.Parameters[i].Name, whole.Parameters[i].Gradients, halves.Parameters[i].Gradients);
                Bits("value of " + whole.Parameters[i].Name, whole.Parameters[i].Values, halves.Parameters[i].Values);
            }

            Assert.Equal(whole.Step, halves.Step);
        }

        using Network cpu = cpuMaker(Seed);
        using Network plain = plainMaker(Seed);
        if (hasInputGradients)
        {
            float[] fromCpu = new float[d.Length];
            gradients(cpu, x, y, t, fromCpu);
            float loss = gradients(plain, x, y, t, d);
            RandomNetworkTests.Close("gradient at the input", fromCpu, d, 1e-3, Largest(plain));
            Differences("gradient at the input", d, loss, length => gradients(plain, Moved(x, d, length), y, t, []));
        }

        // What is drawn, or taken from the batch, differs between a prediction and a training pass.
        if (new[] { "Dropout", "BatchNorm", "ropout =", "TransformerEncoderLayer", "GaussianSample" }.Any(word => declaration.ToString().Contains(word, StringComparison.Ordinal)))
            return;
        float[] outputs = new float[x.Length / declaration.InputSize * declaration.OutputSize];
        float[] given = [.. outputs.Select(_ => (float)((random.NextDouble() * 2) - 1))];
        float[] own = hasInputGradients ? new float[d.Length] : [];
        from(cpu, x, given, own);
        from(plain, x, given, hasInputGradients ? d : []);
        for (int i = 0; i < plain.Parameters.Count; i++)
            RandomNetworkTests.Close("gradient from the output of " + plain.Parameters[i].Name, cpu.Parameters[i].Gradients.ToArray(), plain.Parameters[i].Gradients.ToArray(), 1e-3, Largest(plain));
        if (hasInputGradients)
        {
            RandomNetworkTests.Close("gradient from the output at the input", own, d, 1e-3, Largest(plain));
            Differences("gradient from the output at the input", d, Product(x), length => Product(Moved(x, d, length)));
        }

        string? Reason()
        {
            using Network network = cpuMaker(Seed);
            try
            {
                gradients(network, x, y, t, d);
                return null;
            }
            catch (InvalidOperationException exception)
            {
                Assert.Contains("Trainable = false", exception.Message, StringComparison.Ordinal);
                Assert.Contains("Trainable = false", declaration.ToString(), StringComparison.Ordinal);
                return exception.Message;
            }
        }

        double Product(float[] at)
        {
            predict(plain, at, outputs);
            return outputs.Zip(given, (a, b) => (double)a * b).Sum();
        }
    }

    private static double Largest(Network network) =>
        network.Parameters.SelectMany(parameter => parameter.Gradients.ToArray()).Select(value => Math.Abs((double)value)).DefaultIfEmpty().Max();

    private static float[] Moved(float[] x, float[] direction, double length) => [.. x.Zip(direction, (a, b) => (float)(a + (length * b)))];

    private static void Differences(string what, float[] gradient, double value, Func<double, double> at)
    {
        double squares = gradient.Sum(g => (double)g * g);
        if (squares < 1e-6)
            return;

        // As for the parameters: a kink may lie anywhere.
        double best = double.MaxValue;
        string report = "";
        foreach (double change in new[] { 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 1e-2 })
        {
            double length = change * Math.Max(1, Math.Abs(value)) / squares;
            double measured = (at(length) - at(-length)) / (2 * length);
            report += $" {measured:G6}";
            best = Math.Min(best, Math.Abs(measured - squares) / squares);
        }

        Assert.True(best < 0.03, $"{what}: central differences along it:{report}, its square: {squares:G6}");
    }

    private static void Bits(string what, ReadOnlySpan<float> wanted, ReadOnlySpan<float> given) =>
        Assert.True(MemoryMarshal.AsBytes(wanted).SequenceEqual(MemoryMarshal.AsBytes(given)), $"{what}: {string.Join(", ", given[..Math.Min(4, given.Length)].ToArray())} instead of {string.Join(", ", wanted[..Math.Min(4, wanted.Length)].ToArray())}");
}
