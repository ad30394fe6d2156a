using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests;

public class InitializationTests
{
    private static float[] Filled(int count, Action<float[]> fill)
    {
        float[] values = new float[count];
        fill(values);
        return values;
    }

    private static double Deviation(float[] values)
    {
        double mean = values.Average(v => (double)v);
        Assert.Equal(0, mean, 0.01);
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    [Theory]
    [InlineData(0.14142135623730950)]
    [InlineData(0.34641016151377546)]
    public void Uniform_weights_fill_their_bound(double bound)
    {
        float[] values = Filled(100_000, v => Initialization.Uniform(v, bound, 1, 2));
        Assert.All(values, v => Assert.InRange(v, -bound - 1e-8, bound + 1e-8));
        Assert.InRange(values.Max(), bound * 0.999, bound + 1e-8);
        Assert.Equal(bound / Math.Sqrt(3), Deviation(values), bound * 0.005);
    }

    [Fact]
    public void Normal_weights_have_their_deviation_and_tails()
    {
        foreach (double deviation in new[] { 0.158, 0.2 })
            Assert.Equal(deviation, Deviation(Filled(100_000, v => Initialization.Normal(v, deviation, 1, 0))), 1e-3);
        float[] normal = Filled(1_000_001, v => Initialization.Normal(v, 1, 1, 0));
        foreach ((double limit, double share) in new[] { (1.0, 0.317311), (2, 0.045500), (3, 0.002700) })
            Assert.Equal(share, normal.Count(v => Math.Abs(v) > limit) / (double)normal.Length, Math.Sqrt(share / normal.Length) * 4);
    }

    [Theory]
    [InlineData(7, 20)]
    [InlineData(20, 7)]
    [InlineData(9, 9)]
    [InlineData(1, 5)]
    [InlineData(64, 577)]
    public void Orthogonal_weights_are_orthonormal(int rows, int columns)
    {
        float[] values = Filled(rows * columns, v => Initialization.Orthogonal(v, rows, 3, 4));
        int vectors = Math.Min(rows, columns);
        for (int a = 0; a < vectors; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double dot = 0;
                for (int i = 0; i < Math.Max(rows, columns); i++)
                    dot += rows <= columns ? (double)values[(a * columns) + i] * values[(b * columns) + i] : (double)values[(i * columns) + a] * values[(i * columns) + b];
                Assert.Equal(a == b ? 1 : 0, dot, 1e-6);
            }
        }
    }

    [Fact]
    public void Weights_depend_on_seed_and_parameter_only()
    {
        float[] Draw(ulong seed, int parameter, int count = 40) => Filled(count, v => Initialization.Normal(v, Math.Sqrt(2.0 / 3), seed, parameter));
        Assert.Equal(Draw(1, 2), Draw(1, 2));
        Assert.NotEqual(Draw(1, 2), Draw(2, 2));
        Assert.NotEqual(Draw(1, 2), Draw(1, 3));
        Assert.Equal(Draw(1, 2)[..7], Draw(1, 2, 7));

        // Pinned: a change of these bits would change every trained network's.
        Assert.Equal(0x3DBEA09Cu, BitConverter.SingleToUInt32Bits(Filled(3, v => Initialization.Uniform(v, 0.25, 42, 1))[2]));
    }

    [Fact]
    public void Wrong_rows_are_refused() =>
        Assert.Contains("7 values do not divide into 2 rows", Assert.Throws<ArgumentException>(() => Initialization.Orthogonal(new float[7], 2, 0, 0)).Message, StringComparison.Ordinal);
}
