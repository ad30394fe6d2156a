using System;
using System.Collections.Generic;
using System.Runtime.Intrinsics;
using Dsl.Runtime.Kernels;
using Xunit;
using Xunit.Abstractions;

namespace Dsl.Runtime.Tests.Kernels;

using Activation = Dsl.Runtime.Kernels.Activation; // nearer than the language's Dsl.Activation

/// <summary>Accuracy of the elementary functions over dense ranges, on every width that the machine has.</summary>
public sealed unsafe class VectorMathTests(ITestOutputHelper output)
{
    private interface IFunction : IMap1
    {
        static abstract double Exact(double x);
    }

    [Fact]
    public void Exp_is_exact_to_rounding() => Check<Exp>(-86.59, 88.72, relative: 1.2e-7);

    [Fact]
    public void Exp_is_exact_at_its_ends()
        => CheckValues<Exp>([-1e30f, -1000, -87, 0, -0f, 88.722f, 88.73f, 100, 1e30f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1e-40f, -1e-40f]);

    [Fact]
    public void ExpMinusOne_is_exact_near_zero() => Check<ExpMinusOne>(-60, 0, relative: 3e-7);

    [Fact]
    public void Tanh_is_exact_relatively() => Check<Tanh>(-20, 20, relative: 4e-7);

    [Fact]
    public void Sigmoid_is_exact_relatively() => Check<Sigmoid>(-86, 40, relative: 3e-7);

    [Fact]
    public void Log_is_exact() => Check<Log>(1e-30, 40, relative: 2.5e-7, absolute: 1e-7);

    [Fact]
    public void LogOnePlus_is_exact_relatively() => Check<LogOnePlus>(0, 1, relative: 3e-7);

    [Fact]
    public void Softplus_is_exact_relatively() => Check<Softplus>(-80, 100, relative: 4e-7);

    [Fact]
    public void Gelu_is_exact() => Check<Gelu>(-20, 20, relative: 1e-6, absolute: 1e-9);

    [Fact]
    public void NormalDistribution_is_exact_relatively() => Check<Normal>(-5, 20, relative: 1e-6);

    [Fact]
    public void Ends_of_the_range()
    {
        CheckValues<Sigmoid>([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, -88.8f, 0]);
        CheckValues<Tanh>([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 0, 1e-30f, -1e-30f]);
        CheckValues<Softplus>([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 0]);
        CheckValues<Normal>([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 0, 14.5f, -14.5f]);
    }

    private static IEnumerable<float> Dense(double from, double to)
    {
        for (int i = 0; i <= 200_000; i++)
        {
            yield return (float)(from + (to - from) * i / 200_000);
        }

        // And towards zero from either side.
        for (double x = 1; x > 1e-30; x *= 0.97)
        {
            if (x >= from && x <= to)
            {
                yield return (float)x;
            }

            if (-x >= from && -x <= to)
            {
                yield return (float)-x;
            }
        }
    }

    private void Check<F>(double from, double to, double relative, double absolute = 0)
        where F : struct, IFunction
    {
        float[] x = [.. Dense(from, to)];
        ForWidths<F>(x, (width, y) =>
        {
            double worst = 0, at = 0, worstAbsolute = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double exact = F.Exact(x[i]);
                double error = Math.Abs(y[i] - exact);
                worstAbsolute = Math.Max(worstAbsolute, error);
                double excess = error <= absolute ? 0 : error / Math.Abs(exact);
                if (exact != 0 && excess > worst)
                {
                    (worst, at) = (excess, x[i]);
                }
            }

            output.WriteLine($"{typeof(F).Name}, {width} bits: relative error {worst:E2} at {at}, absolute {worstAbsolute:E2}");
            Assert.True(worst <= relative, $"{typeof(F).Name}, {width} bits: relative error {worst:E2} at {at}");
        });
    }

    private static void CheckValues<F>(float[] x)
        where F : struct, IFunction
        => ForWidths<F>(x, (width, y) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                double exact = F.Exact(x[i]);
                float rounded = (float)exact;
                bool same = float.IsFinite(rounded) ? Math.Abs(y[i] - exact) <= 4e-7 * Math.Abs(exact) + 3e-38 : y[i].Equals(rounded);
                Assert.True(same, $"{typeof(F).Name}({x[i]}), {width} bits: got {y[i]}, want {rounded}");
            }
        });

    private static void ForWidths<F>(float[] x, Action<int, float[]> check)
        where F : struct, IFunction
    {
        float[] y = new float[x.Length];
        fixed (float* from = x, to = y)
        {
            Elementwise.Run<F, Simd128>(from, to, x.Length, 0);
            check(128, y);
            if (Vector256.IsHardwareAccelerated)
            {
                Elementwise.Run<F, Simd256>(from, to, x.Length, 0);
                check(256, y);
            }

            if (Vector512.IsHardwareAccelerated)
            {
                Elementwise.Run<F, Simd512>(from, to, x.Length, 0);
                check(512, y);
            }
        }
    }

    private readonly struct Exp : IFunction
    {
        static V IMap1.Apply<V>(V x, V parameter) => VectorMath.Exp(x);

        public static double Exact(double x) => Math.Exp(x);
    }

    private readonly struct ExpMinusOne : IFunction
    {
        static V IMap1.Apply<V>(V x, V parameter) => VectorMath.ExpMinusOneOfNegative(x);

        public static double Exact(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 : Math.Exp(x) - 1;
    }

    private readonly struct Tanh : IFunction
    {
        static V IMap1.Apply<V>(V x, V parameter) => VectorMath.Tanh(x);

        public static double Exact(double x) => Math.Tanh(x);
    }

    private readonly struct Sigmoid : IFunction
    {
        static V IMap1.Apply<V>(V x, V parameter) => VectorMath.Sigmoid(x);

        public static double Exact(double x) => 1 / (1 + Math.Exp(-x));
    }

    private readonly struct Log : IFunction
    {
        static V IMap1.Apply<V>(V x, V parameter) => VectorMath.Log(x);

        public static double Exact(double x) => Math.Log(x);
    }

    private readonly struct LogOnePlus : IFunction
    {
        static V IMap1.Apply<V>(V x, V parameter) => VectorMath.LogOnePlus(x);

        public static double Exact(double x) => Precise.LogOnePlus(x);
    }

    private readonly struct Softplus : IFunction
    {
        static V IMap1.Apply<V>(V x, V parameter) => VectorMath.Softplus(x);

        public static double Exact(double x) => Math.Max(x, 0) + Precise.LogOnePlus(Math.Exp(-Math.Abs(x)));
    }

    private readonly struct Normal : IFunction
    {
        static V IMap1.Apply<V>(V x, V parameter) => VectorMath.NormalDistribution(x, out _);

        public static double Exact(double x) => Precise.NormalDistribution(x);
    }

    private readonly struct Gelu : IFunction
    {
        static V IMap1.Apply<V>(V x, V parameter) => Activation.GELU.Apply(x, parameter);

        public static double Exact(double x) => x * Precise.NormalDistribution(x);
    }
}
