using System;

namespace Dsl.Benchmarks.Spark;

/// <summary>The network of the scoring rows.</summary>
[Model]
[Input(64)]
[Linear(64)]
[ReLU]
[Linear(10)]
[CrossEntropy]
public partial class DigitsMlp;

/// <summary>Functions over columns.</summary>
public static partial class BenchmarkUdfs
{
    /// <summary>What a user writes.</summary>
    [SparkUdf]
    public static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));

    /// <summary>A worker that only copies.</summary>
    [SparkUdf]
    public static void First(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> result)
    {
        _ = y;
        x.CopyTo(result);
    }
}
