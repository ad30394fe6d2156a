using System;
using BenchmarkDotNet.Attributes;
using Dsl.Runtime;

namespace Dsl.Benchmarks.Kernels;

/// <summary>Activations over 1,024 values, softmax rows, and optimizer passes over the parameters of 64-64-10: work that is bound by instructions, in L1.</summary>
public class ElementBenchmarks : IDisposable
{
    private const int Count = 1024;
    private const int Parameters = 4810;
    private static readonly TensorLayout Layout = new(Count);

    private FloatBuffer x;
    private FloatBuffer y;
    private FloatBuffer weights;
    private FloatBuffer gradients;
    private FloatBuffer mean;
    private FloatBuffer variance;
    private FloatBuffer verdict;

    [GlobalSetup]
    public void Setup()
    {
        Compute.Threads = 1;
        x = Filled(Count, 6);
        y = CpuBackend.Allocate(Count);
        weights = Filled(Parameters, 1);
        gradients = Filled(Parameters, 0.1f);
        mean = CpuBackend.Allocate(Parameters);
        variance = CpuBackend.Allocate(Parameters);
        verdict = CpuBackend.Allocate(StepOutcome.VerdictFloats);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (FloatBuffer buffer in new[] { x, y, weights, gradients, mean, variance, verdict })
            CpuBackend.Free(buffer);
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    [Arguments(UnaryFunction.ReLU)]
    [Arguments(UnaryFunction.Sigmoid)]
    [Arguments(UnaryFunction.Tanh)]
    [Arguments(UnaryFunction.GELU)]
    [Arguments(UnaryFunction.SiLU)]
    [Arguments(UnaryFunction.ELU)]
    [Arguments(UnaryFunction.Softplus)]
    public void Unary(UnaryFunction function) =>
        CpuBackend.Unary(new Epilogue(function, 1), new TensorView(x, Layout), new TensorView(y, Layout), 1);

    [Benchmark]
    public void SoftmaxOf16Rows() => CpuBackend.Softmax(x, y, 16, Count / 16);

    /// <summary>What each step does before its optimizer.</summary>
    [Benchmark]
    public void CheckGradients() => CpuBackend.CheckGradients(gradients, Parameters, x, verdict, 1);

    [Benchmark]
    public void Adam() =>
        CpuBackend.Adam(weights, gradients, mean, variance, Parameters, 1e-3f, 0.9f, 0.999f, 1e-8f, false, default, FloatBuffer.None, verdict, 1);

    [Benchmark]
    public void Sgd() => CpuBackend.Sgd(weights, gradients, mean, Parameters, 1e-3f, 0.9f, false, default, FloatBuffer.None, verdict, 2);

    private static FloatBuffer Filled(int count, float scale)
    {
        var random = new Random(1);
        FloatBuffer buffer = CpuBackend.Allocate(count);
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (random.NextSingle() - 0.5f) * scale;
        CpuBackend.Write(values, buffer);
        return buffer;
    }
}
