using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Simd = System.Numerics.Vector;

namespace Dsl.Pipelines.Linear;

/// <summary>Two classes: Σ w·(ln(1 + eᵐ) - y·m) / W, in vectors of rows.</summary>
/// <param name="labels">0 or 1, one a row.</param>
/// <param name="weights">Weight of each row; null: 1 each.</param>
/// <param name="total">W, the sum of the weights.</param>
internal sealed class LogisticLoss(double[] labels, double[]? weights, double total) : ILinearLoss
{
    private readonly double share = 1 / total;

    public int Sets => 1;

    public double Evaluate(int first, int rows, Span<double> margins, Span<double> sums)
    {
        int lanes = Vector<double>.Count;
        Span<Vector<double>> whole = MemoryMarshal.Cast<double, Vector<double>>(margins[..rows]);
        ReadOnlySpan<double> ys = labels.AsSpan(first, rows);
        ReadOnlySpan<double> ws = weights is null ? default : weights.AsSpan(first, rows);
        Vector<double> sum = Vector<double>.Zero;
        for (int i = 0; i < whole.Length; i++)
        {
            Vector<double> w = ws.IsEmpty ? new Vector<double>(share) : new Vector<double>(ws[(i * lanes)..]) * share;
            sum += One(whole[i], new Vector<double>(ys[(i * lanes)..]), w, out whole[i]);
        }

        double loss = Simd.Sum(sum);
        for (int row = whole.Length * lanes; row < rows; row++)
        {
            double w = ws.IsEmpty ? share : ws[row] * share;
            loss += One(new Vector<double>(margins[row]), new Vector<double>(ys[row]), new Vector<double>(w), out Vector<double> slope)[0];
            margins[row] = slope[0];
        }

        return loss;
    }

    /// <summary>With z = e^-|m|: ln(1 + eᵐ) = max(m, 0) + ln(1 + z), and the probability is 1 / (1 + z) or z / (1 + z); nothing overflows.</summary>
    private static Vector<double> One(Vector<double> m, Vector<double> y, Vector<double> w, out Vector<double> slope)
    {
        Vector<double> z = Simd.Exp(-Simd.Abs(m));
        Vector<double> u = Vector<double>.One + z;

        // What 1 + z has lost of a small z is added to its logarithm again (Kahan).
        Vector<double> log = Simd.Log(u) + ((z - (u - Vector<double>.One)) / u);
        Vector<double> probability = Simd.ConditionalSelect(Simd.GreaterThanOrEqual(m, Vector<double>.Zero), Vector<double>.One, z) / u;
        slope = w * (probability - y);
        return w * (Simd.Max(m, Vector<double>.Zero) + log - (y * m));
    }
}
