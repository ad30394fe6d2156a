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

    /// <summary>Σ of values by b at their places: bit for bit what <see cref="Dot"/> gives of the same elements with zeros between, as it sums in the same order.</summary>
    /// <param name="places">Ascending.</param>
    /// <param name="values">As many.</param>
    /// <param name="b">All of the other factor, finite.</param>
    public static double SparseDot(ReadOnlySpan<int> places, ReadOnlySpan<double> values, ReadOnlySpan<double> b)
    {
        int lanes = Vector<double>.Count;
        int whole = b.Length - (b.Length % lanes);
        int ofFour = b.Length - (b.Length % (4 * lanes));
        Span<Vector<double>> sums = stackalloc Vector<double>[4];
        sums.Clear();
        Span<double> elements = MemoryMarshal.Cast<Vector<double>, double>(sums);
        int i = 0;
        for (; i < places.Length && places[i] < whole; i++)
        {
            int place = places[i];
            ref double sum = ref elements[place & ((place < ofFour ? 4 * lanes : lanes) - 1)];
            sum = Math.FusedMultiplyAdd(values[i], b[place], sum);
        }

        double total = Simd.Sum(sums[0] + sums[1] + (sums[2] + sums[3]));
        for (; i < places.Length; i++)
            total += values[i] * b[places[i]];
        return total;
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

    /// <summary>result = a - b</summary>
    public static void Subtract(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> y = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
        Span<Vector<double>> z = MemoryMarshal.Cast<double, Vector<double>>(result[..a.Length]);
        for (int i = 0; i < x.Length; i++)
            z[i] = x[i] - y[i];
        for (int rest = x.Length * Vector<double>.Count; rest < a.Length; rest++)
            result[rest] = a[rest] - b[rest];
    }

    /// <summary>result = factor·a</summary>
    public static void Product(double factor, ReadOnlySpan<double> a, Span<double> result)
    {
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a);
        Span<Vector<double>> z = MemoryMarshal.Cast<double, Vector<double>>(result[..a.Length]);
        Vector<double> f = new(factor);
        for (int i = 0; i < x.Length; i++)
            z[i] = x[i] * f;
        for (int rest = x.Length * Vector<double>.Count; rest < a.Length; rest++)
            result[rest] = a[rest] * factor;
    }

    /// <summary>Whether no element is NaN or infinite: only those leave something of themselves by zero.</summary>
    public static bool AreFinite(ReadOnlySpan<double> a)
    {
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a);
        Vector<double> s0 = Vector<double>.Zero;
        Vector<double> s1 = Vector<double>.Zero;
        int i = 0;
        for (; i + 1 < x.Length; i += 2)
        {
            s0 = Simd.FusedMultiplyAdd(x[i], Vector<double>.Zero, s0);
            s1 = Simd.FusedMultiplyAdd(x[i + 1], Vector<double>.Zero, s1);
        }

        double sum = Simd.Sum(s0 + s1);
        for (int rest = i * Vector<double>.Count; rest < a.Length; rest++)
            sum += a[rest] * 0;
        return sum == 0;
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
