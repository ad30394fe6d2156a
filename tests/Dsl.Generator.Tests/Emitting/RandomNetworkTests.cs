using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Dsl.Conformance;
using Dsl.Runtime;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests.Emitting;

/// <summary>
/// Random valid declarations, compiled and run: the CPU backend against the plain loops, and the gradient of the plain loops against central
/// differences of the loss along it.
/// </summary>
public sealed class RandomNetworkTests
{
    private const int Networks = 100;
    private const int Batch = 3;
    private const int MostChannelsPerGroup = 5;
    private const int MostKernelWidth = 3;

    [Fact]
    public void Gradients_are_those_of_the_loss_and_backends_agree()
    {
        // One compilation for all: a shrunk counterexample would cost a compilation each, so the failing declaration is printed as it is.
        int[] seeds = RandomAssembly.Seeds(Networks, usually: 20261121);
        Random random = new(seeds[0]);
        RandomDeclaration[] declarations =
        [
            .. seeds.Select((seed, i) => new RandomDeclaration(new Random(seed), $"Net{i}")),
            .. Enumerable.Range(0, MostChannelsPerGroup * MostKernelWidth).Select(i =>
                new RandomDeclaration(random, $"Grouped{i}", (i / MostKernelWidth) + 1, (i % MostKernelWidth) + 1)),
        ];
        Assembly assembly = Compile(declarations);
        List<string> failures = [];
        int compared = 0;
        foreach (RandomDeclaration declaration in declarations)
        {
            try
            {
                compared += Check(declaration, assembly, random) ? 1 : 0;
            }
            catch (Exception exception)
            {
                Exception inner = exception is TargetInvocationException { InnerException: { } cause } ? cause : exception;
                failures.Add($"{declaration}\n  {inner.GetType().Name}: {inner.Message}\n{inner.StackTrace?.Split('\n').FirstOrDefault()}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {declarations.Length} failed:\n" + string.Join("\n\n", failures.Take(8)));
        Assert.True(compared > declarations.Length / 2, $"only {compared} gradients were large enough to compare");
    }

    private static Assembly Compile(IReadOnlyList<RandomDeclaration> declarations)
    {
        StringBuilder source = new();
        foreach (RandomDeclaration declaration in declarations)
        {
            string x = declaration.Vocabulary > 0 ? "Array.ConvertAll(x, id => (int)id)" : "x";
            string target = declaration.LabelsPerSample > 0 ? ", y" : declaration.HasTargets ? ", t" : "";
            source.Append(declaration).Append('\n').Append($$"""
                public static class {{declaration.Name}}Run
                {
                    public static Network Make<TBackend>(ulong seed) where TBackend : struct, IBackend => {{declaration.Name}}.On<TBackend>(seed);
                    public static float Step(Network n, float[] x, int[] y, float[] t) => (({{declaration.Name}})n).TrainStep({{x}}{{target}});
                    public static float Loss(Network n, float[] x, int[] y, float[] t) => (({{declaration.Name}})n).Loss({{x}}{{target}});
                    public static float Gradients(Network n, float[] x, int[] y, float[] t, float[] d) => {{(declaration.Vocabulary > 0
                        ? $"(({declaration.Name})n).Gradients({x}{target})"
                        : $"d.Length == 0 ? (({declaration.Name})n).Gradients(x{target}) : (({declaration.Name})n).Gradients(x{target}, d)")}};
                    public static void From(Network n, float[] x, float[] g, float[] d)
                    {
                        if ({{(declaration.Vocabulary > 0 ? "true" : "d.Length == 0")}}) (({{declaration.Name}})n).GradientsFrom({{x}}, g);
                        else (({{declaration.Name}})n).GradientsFrom({{(declaration.Vocabulary > 0 ? x : "x, g, d")}}{{(declaration.Vocabulary > 0 ? ", g" : "")}});
                    }
                    public static void Apply(Network n) => (({{declaration.Name}})n).Apply();
                    public static void Predict(Network n, float[] x, float[] o) => (({{declaration.Name}})n).Predict({{x}}, o);
                }

                """);
        }

        return RandomAssembly.Load("Random", source.ToString(), MetadataReference.CreateFromFile(typeof(ReferenceBackend).Assembly.Location));
    }

    private static bool Check(RandomDeclaration declaration, Assembly assembly, Random random)
    {
        Type run = assembly.GetType(declaration.Name + "Run")!;
        MethodInfo make = run.GetMethod("Make")!;
        var step = run.GetMethod("Step")!.CreateDelegate<Func<Network, float[], int[], float[], float>>();
        var lossOf = run.GetMethod("Loss")!.CreateDelegate<Func<Network, float[], int[], float[], float>>();
        var predict = run.GetMethod("Predict")!.CreateDelegate<Action<Network, float[], float[]>>();
        var cpuMaker = make.MakeGenericMethod(typeof(CpuBackend)).CreateDelegate<Func<ulong, Network>>();
        var plainMaker = make.MakeGenericMethod(typeof(ReferenceBackend)).CreateDelegate<Func<ulong, Network>>();
        float[] x = declaration.Draw(random, Batch);
        int[] y = [.. Enumerable.Range(0, Batch * declaration.LabelsPerSample).Select(_ => declaration.Classes < 0 ? (random.Next(2) * 2) - 1 : random.Next(2) == 0 ? 0 : random.Next(declaration.Classes))];
        if (y.Length > 0 && declaration.Classes > 0)
            y[0] = 0; // at least one label that is not the ignored one
        float[] t = Targets(declaration, random);

        using Network cpu = cpuMaker(7);
        using Network plain = plainMaker(7);
        Close("output", Outputs(cpu), Outputs(plain), 1e-4);
        Close("inference loss", [lossOf(cpu, x, y, t)], [lossOf(plain, x, y, t)], 1e-4);
        float loss = step(plain, x, y, t);
        Close("training loss", [step(cpu, x, y, t)], [loss], 1e-4);
        double squares = 0;
        float[][] direction = [.. plain.Parameters.Select(parameter => parameter.Gradients.ToArray())];
        for (int i = 0; i < direction.Length; i++)
        {
            Close("gradient of " + plain.Parameters[i].Name, cpu.Parameters[i].Gradients.ToArray(), direction[i], 1e-3, direction.SelectMany(one => one).Select(Math.Abs).DefaultIfEmpty().Max());
            Close("value of " + plain.Parameters[i].Name, cpu.Parameters[i].Values.ToArray(), plain.Parameters[i].Values.ToArray(), 1e-4);
            squares += direction[i].Sum(g => (double)g * g);
        }

        Close("output after the step", Outputs(cpu), Outputs(plain), 1e-3);
        RandomGradients.Check(declaration, run, cpuMaker, plainMaker, x, y, t, random);
        if (squares < 1e-6)
            return false;

        // Kinks (ReLU, pooling) lie anywhere, so a smaller step may agree where a larger one does not.
        double best = double.MaxValue;
        string report = "";
        foreach (double change in new[] { 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 1e-2 })
        {
            double length = change * Math.Max(1, Math.Abs(loss)) / squares;
            double measured = (LossAt(length) - LossAt(-length)) / (2 * length);
            double error = Math.Abs(measured - squares) / squares;
            report += $" {measured:G6}";
            best = Math.Min(best, error);
        }

        Assert.True(best < 0.03, $"central differences along the gradient:{report}, its square: {squares:G6}, loss {loss}");
        return true;

        float[] Outputs(Network network)
        {
            float[] outputs = new float[Batch * declaration.OutputSize];
            predict(network, x, outputs);
            return outputs;
        }

        double LossAt(double length)
        {
            using Network moved = plainMaker(7);
            for (int i = 0; i < direction.Length; i++)
            {
                Span<float> values = moved.Parameters[i].Values;
                for (int k = 0; k < direction[i].Length; k++)
                    values[k] += (float)(length * direction[i][k]);
            }

            return step(moved, x, y, t);
        }
    }

    private static float[] Targets(RandomDeclaration declaration, Random random)
    {
        float[] targets = [.. Enumerable.Range(0, declaration.HasTargets ? Batch * declaration.OutputSize : 0).Select(_ => (float)random.NextDouble())];
        if (declaration.TargetRow > 1)
        {
            for (int row = 0; row < targets.Length; row += declaration.TargetRow)
            {
                float sum = targets.AsSpan(row, declaration.TargetRow).ToArray().Sum();
                for (int i = row; i < row + declaration.TargetRow; i++)
                    targets[i] /= sum;
            }
        }

        return targets;
    }

    internal static void Close(string what, float[] given, float[] wanted, double tolerance, double scale = 0)
    {
        Assert.Equal(wanted.Length, given.Length);
        double largest = Math.Max(scale, wanted.Select(value => Math.Abs((double)value)).DefaultIfEmpty().Max());
        for (int i = 0; i < wanted.Length; i++)
        {
            if (float.IsNaN(wanted[i]) && float.IsNaN(given[i]))
                continue;
            Assert.True(Math.Abs((double)given[i] - wanted[i]) <= tolerance * Math.Max(largest, 1e-3), $"{what}[{i}] is {given[i]}, {wanted[i]} is wanted (largest {largest})");
        }
    }
}
