using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Simd = System.Numerics.Vector;

namespace Dsl.Pipelines.Numerics;

/// <summary>Sums and products of runs of doubles, in vectors as wide as the machine's; sums in an order that depends on the length alone.</summary>
internal static class Doubles
{
    /// <summary>Σ aᵢ·bᵢ, in four sums side by side.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> y = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
        Vector<double> s0 = Vector<double>.Zero;
        Vector<double> s1 = Vector<double>.Zero;
        Vector<double> s2 = Vector<double>.Zero;
        Vector<double> s3 = Vector<double>.Zero;
        int i = 0;
        for (; i + 3 < x.Length; i += 4)
        {
            s0 = Simd.FusedMultiplyAdd(x[i], y[i], s0);
            s1 = Simd.FusedMultiplyAdd(x[i + 1], y[i + 1], s1);
            s2 = Simd.FusedMultiplyAdd(x[i + 2], y[i + 2], s2);
            s3 = Simd.FusedMultiplyAdd(x[i + 3], y[i + 3], s3);
        }

        for (; i < x.Length; i++)
            s0 = Simd.FusedMultiplyAdd(x[i], y[i], s0);
        double sum = Simd.Sum(s0 + s1 + (s2 + s3));
        for (int rest = x.Length * Vector<double>.Count; rest < a.Length; rest++)
            sum += a[rest] * b[rest];
        return sum;
    }

    /// <summary>√ Σ aᵢ².</summary>
    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>target += factor·a</summary>
    public static void AddScaled(Span<double> target, double factor, ReadOnlySpan<double> a)
    {
        Span<Vector<double>> y = MemoryMarshal.Cast<double, Vector<double>>(target[..a.Length]);
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a);
        Vector<double> f = new(factor);
        for (int i = 0; i < x.Length; i++)
            y[i] = Simd.FusedMultiplyAdd(x[i], f, y[i]);
        for (int rest = x.Length * Vector<double>.Count; rest < a.Length; rest++)
            target[rest] += factor * a[rest];
    }

    /// <summary>target *= factor</summary>
    public static void Scale(Span<double> target, double factor)
    {
        foreach (ref double element in target)
            element *= factor;
    }

    /// <summary>The largest element; NaN where one is.</summary>
    public static double Max(ReadOnlySpan<double> a)
    {
        double most = double.NegativeInfinity;
        foreach (double element in a)
            most = Math.Max(most, element);
        return most;
    }
}
