using System;
using BenchmarkDotNet.Attributes;
using Dsl.Runtime;
using Dsl.Runtime.Kernels;

namespace Dsl.Benchmarks.Kernels;

/// <summary>Matrix products alone, on one thread: the square one, and the shapes of the small networks' layers.</summary>
public class ProductBenchmarks : IDisposable
{
    private ProductWork work = null!;

    [Params("1024x1024x1024", "256x256x256", "64x64x64", "32x64x64", "64x128x3136", "1x64x64")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        Compute.Threads = 1;
        string[] sizes = Shape.Split('x');
        work = new ProductWork(Size(0), Size(1), Size(2), order: GemmOperand.RowMajor);

        int Size(int i) => int.Parse(sizes[i], System.Globalization.CultureInfo.InvariantCulture);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        work.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Product() => work.Run();
}
