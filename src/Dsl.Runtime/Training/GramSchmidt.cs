using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>Random orthonormal vectors.</summary>
internal static class GramSchmidt
{
    /// <summary>Makes vectors of normal numbers orthonormal, one after the other.</summary>
    /// <param name="vectors">How many, at most <paramref name="length"/>.</param>
    /// <param name="length">How long each is.</param>
    /// <param name="seed">The seed of the normal numbers.</param>
    /// <param name="stream">Their stream: vector v starts at its number v·length, rounded up to even per vector.</param>
    /// <returns>The vectors, one after the other.</returns>
    public static double[] Orthonormal(int vectors, int length, ulong seed, ulong stream)
    {
        double[] basis = new double[checked(vectors * length)];
        ulong block = 0;
        for (int vector = 0; vector < vectors; vector++)
        {
            Span<double> current = basis.AsSpan(vector * length, length);
            do
            {
                for (int i = 0; i < length; i += 2)
                {
                    (current[i], double second) = Initialization.NormalPair(seed, stream, block++);
                    if (i + 1 < length)
                        current[i + 1] = second;
                }
            }
            while (!MakeOrthonormal(basis.AsSpan(0, vector * length), current));
        }

        return basis;
    }

    /// <summary>Takes the earlier vectors' part out of one, and scales it to length 1; false if next to nothing is left (then draw again).</summary>
    private static bool MakeOrthonormal(ReadOnlySpan<double> earlier, Span<double> current)
    {
        double before = Dot(current, current);

        // Twice is enough: what rounding leaves of the earlier vectors after the first pass, the second takes (Giraud et al. 2005).
        for (int pass = 0; pass < 2; pass++)
        {
            for (int start = 0; start < earlier.Length; start += current.Length)
            {
                ReadOnlySpan<double> other = earlier.Slice(start, current.Length);
                SubtractScaled(current, other, Dot(current, other));
            }
        }

        double left = Dot(current, current);
        if (!(left > before * 1e-20))
            return false;
        double scale = 1 / Math.Sqrt(left);
        foreach (ref double value in current)
            value *= scale;
        return true;
    }

    // Vector256 whatever the machine has, so that the sums' order, and with it every bit, is the same everywhere.
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> wideB = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> sums = Vector256<double>.Zero;
        for (int i = 0; i < wideA.Length; i++)
            sums += wideA[i] * wideB[i];
        double sum = Vector256.Sum(sums);
        for (int i = wideA.Length * Vector256<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void SubtractScaled(Span<double> values, ReadOnlySpan<double> other, double scale)
    {
        Span<Vector256<double>> wide = MemoryMarshal.Cast<double, Vector256<double>>(values);
        ReadOnlySpan<Vector256<double>> wideOther = MemoryMarshal.Cast<double, Vector256<double>>(other);
        for (int i = 0; i < wide.Length; i++)
            wide[i] -= wideOther[i] * scale;
        for (int i = wide.Length * Vector256<double>.Count; i < values.Length; i++)
            values[i] -= other[i] * scale;
    }
}
