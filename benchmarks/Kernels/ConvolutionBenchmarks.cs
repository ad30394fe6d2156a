using System;
using BenchmarkDotNet.Attributes;
using Dsl.Runtime;

namespace Dsl.Benchmarks.Kernels;

/// <summary>3×3 convolutions alone, forward and both gradients, by both algorithms, on one thread.</summary>
public class ConvolutionBenchmarks : IDisposable
{
    private ConvolutionWork<CpuBackend> work = null!;

    /// <summary>batch × size × channels × filters</summary>
    [Params("16x28x64x64", "64x14x32x64", "16x14x128x128")]
    public string Shape { get; set; } = "";

    [Params(ConvAlgorithm.Direct, ConvAlgorithm.Winograd)]
    public ConvAlgorithm Algorithm { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Compute.Threads = 1;
        int[] sizes = Array.ConvertAll(Shape.Split('x'), s => int.Parse(s, System.Globalization.CultureInfo.InvariantCulture));
        work = new ConvolutionWork<CpuBackend>(sizes[0], sizes[1], sizes[2], sizes[3], Algorithm);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        work.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void Forward() => work.Forward();

    [Benchmark]
    public void InputGradient() => work.InputGradient();

    [Benchmark]
    public void WeightGradient() => work.WeightGradient();
}
