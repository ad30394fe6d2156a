using System.Numerics;
using Simd = System.Numerics.Vector;

namespace Dsl.Pipelines.Numerics;

/// <summary>Products of a few dense rows with one vector, both ways, four rows at a time.</summary>
internal static unsafe class RowProducts
{
    /// <summary>y[row] = Σ x[row, i]·w[i] + offset; rows lie one behind the other.</summary>
    public static void Dots(double* x, int rows, int size, double* w, double offset, double* y)
    {
        int lanes = Vector<double>.Count;
        int whole = size - (size % lanes);
        int row = 0;
        for (; row + 3 < rows; row += 4, x += 4 * (nint)size)
        {
            double* x1 = x + size;
            double* x2 = x1 + size;
            double* x3 = x2 + size;
            Vector<double> s0 = Vector<double>.Zero;
            Vector<double> s1 = Vector<double>.Zero;
            Vector<double> s2 = Vector<double>.Zero;
            Vector<double> s3 = Vector<double>.Zero;
            for (int i = 0; i < whole; i += lanes)
            {
                Vector<double> v = Simd.Load(w + i);
                s0 = Simd.FusedMultiplyAdd(Simd.Load(x + i), v, s0);
                s1 = Simd.FusedMultiplyAdd(Simd.Load(x1 + i), v, s1);
                s2 = Simd.FusedMultiplyAdd(Simd.Load(x2 + i), v, s2);
                s3 = Simd.FusedMultiplyAdd(Simd.Load(x3 + i), v, s3);
            }

            double t0 = Simd.Sum(s0) + offset;
            double t1 = Simd.Sum(s1) + offset;
            double t2 = Simd.Sum(s2) + offset;
            double t3 = Simd.Sum(s3) + offset;
            for (int i = whole; i < size; i++)
            {
                double v = w[i];
                t0 += x[i] * v;
                t1 += x1[i] * v;
                t2 += x2[i] * v;
                t3 += x3[i] * v;
            }

            y[row] = t0;
            y[row + 1] = t1;
            y[row + 2] = t2;
            y[row + 3] = t3;
        }

        for (; row < rows; row++, x += size)
        {
            Vector<double> sum = Vector<double>.Zero;
            for (int i = 0; i < whole; i += lanes)
                sum = Simd.FusedMultiplyAdd(Simd.Load(x + i), Simd.Load(w + i), sum);
            double total = Simd.Sum(sum) + offset;
            for (int i = whole; i < size; i++)
                total += x[i] * w[i];
            y[row] = total;
        }
    }

    /// <summary>y[i] += Σ over rows of m[row]·x[row, i].</summary>
    public static void AddRows(double* x, int rows, int size, double* m, double* y)
    {
        int lanes = Vector<double>.Count;
        int whole = size - (size % lanes);
        int row = 0;
        for (; row + 3 < rows; row += 4, x += 4 * (nint)size)
        {
            double* x1 = x + size;
            double* x2 = x1 + size;
            double* x3 = x2 + size;
            Vector<double> m0 = new(m[row]);
            Vector<double> m1 = new(m[row + 1]);
            Vector<double> m2 = new(m[row + 2]);
            Vector<double> m3 = new(m[row + 3]);
            for (int i = 0; i < whole; i += lanes)
            {
                Vector<double> sum = Simd.FusedMultiplyAdd(Simd.Load(x + i), m0, Simd.Load(y + i));
                sum = Simd.FusedMultiplyAdd(Simd.Load(x1 + i), m1, sum);
                sum = Simd.FusedMultiplyAdd(Simd.Load(x2 + i), m2, sum);
                Simd.FusedMultiplyAdd(Simd.Load(x3 + i), m3, sum).Store(y + i);
            }

            for (int i = whole; i < size; i++)
                y[i] += (m[row] * x[i]) + (m[row + 1] * x1[i]) + (m[row + 2] * x2[i]) + (m[row + 3] * x3[i]);
        }

        for (; row < rows; row++, x += size)
        {
            Vector<double> factor = new(m[row]);
            for (int i = 0; i < whole; i += lanes)
                Simd.FusedMultiplyAdd(Simd.Load(x + i), factor, Simd.Load(y + i)).Store(y + i);
            for (int i = whole; i < size; i++)
                y[i] += m[row] * x[i];
        }
    }

    /// <summary>y[i] += Σ over rows of w[row]·(x[row, i] - o[i]).</summary>
    public static void AddDifferences(double* x, int rows, int size, double* o, double* w, double* y)
    {
        int lanes = Vector<double>.Count;
        int whole = size - (size % lanes);
        int row = 0;
        for (; row + 3 < rows; row += 4, x += 4 * (nint)size)
        {
            double* x1 = x + size;
            double* x2 = x1 + size;
            double* x3 = x2 + size;
            Vector<double> w0 = new(w[row]);
            Vector<double> w1 = new(w[row + 1]);
            Vector<double> w2 = new(w[row + 2]);
            Vector<double> w3 = new(w[row + 3]);
            for (int i = 0; i < whole; i += lanes)
            {
                Vector<double> from = Simd.Load(o + i);
                Vector<double> sum = Simd.FusedMultiplyAdd(Simd.Load(x + i) - from, w0, Simd.Load(y + i));
                sum = Simd.FusedMultiplyAdd(Simd.Load(x1 + i) - from, w1, sum);
                sum = Simd.FusedMultiplyAdd(Simd.Load(x2 + i) - from, w2, sum);
                Simd.FusedMultiplyAdd(Simd.Load(x3 + i) - from, w3, sum).Store(y + i);
            }

            for (int i = whole; i < size; i++)
                y[i] += (w[row] * (x[i] - o[i])) + (w[row + 1] * (x1[i] - o[i])) + (w[row + 2] * (x2[i] - o[i])) + (w[row + 3] * (x3[i] - o[i]));
        }

        for (; row < rows; row++, x += size)
        {
            for (int i = 0; i < size; i++)
                y[i] += w[row] * (x[i] - o[i]);
        }
    }

    /// <summary>y[i] += Σ over rows of w[row]·(x[row, i] - o[i])².</summary>
    public static void AddSquaredDifferences(double* x, int rows, int size, double* o, double* w, double* y)
    {
        int lanes = Vector<double>.Count;
        int whole = size - (size % lanes);
        int row = 0;
        for (; row + 1 < rows; row += 2, x += 2 * (nint)size)
        {
            double* x1 = x + size;
            Vector<double> w0 = new(w[row]);
            Vector<double> w1 = new(w[row + 1]);
            for (int i = 0; i < whole; i += lanes)
            {
                Vector<double> from = Simd.Load(o + i);
                Vector<double> d0 = Simd.Load(x + i) - from;
                Vector<double> d1 = Simd.Load(x1 + i) - from;
                Simd.FusedMultiplyAdd(d1 * w1, d1, Simd.FusedMultiplyAdd(d0 * w0, d0, Simd.Load(y + i))).Store(y + i);
            }

            for (int i = whole; i < size; i++)
                y[i] += (w[row] * (x[i] - o[i]) * (x[i] - o[i])) + (w[row + 1] * (x1[i] - o[i]) * (x1[i] - o[i]));
        }

        for (; row < rows; row++, x += size)
        {
            for (int i = 0; i < size; i++)
                y[i] += w[row] * (x[i] - o[i]) * (x[i] - o[i]);
        }
    }

    /// <summary>y[row, i] = x[row, i] - o[i], where y's rows lie <paramref name="stride"/> apart.</summary>
    public static void SubtractFromRows(double* x, int rows, int size, double* o, double* y, int stride)
    {
        int lanes = Vector<double>.Count;
        int whole = size - (size % lanes);
        for (int row = 0; row < rows; row++, x += size, y += stride)
        {
            for (int i = 0; i < whole; i += lanes)
                (Simd.Load(x + i) - Simd.Load(o + i)).Store(y + i);
            for (int i = whole; i < size; i++)
                y[i] = x[i] - o[i];
        }
    }
}
