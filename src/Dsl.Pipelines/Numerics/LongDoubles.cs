using System;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// What <see cref="Doubles"/> does, of long runs chunk by chunk over all threads: sums are the chunks' sums, added in their order, so that they depend on the length alone. What fits into
/// two chunks is one sum, bit for bit that of <see cref="Doubles"/>.
/// </summary>
internal static class LongDoubles
{
    // 16 KiB of each run: some tenths of a microsecond, several times what handing it out takes.
    private const int Chunk = 2048;

    /// <summary>Calls <paramref name="body"/> for neighbouring elements, first and count.</summary>
    public static void Run(int length, Action<int, int> body)
    {
        int chunks = ChunksOf(length);
        if (chunks == 1)
            body(0, length);
        else
            ParallelParts.Run(chunks, chunk => body(chunk * Chunk, Math.Min(Chunk, length - (chunk * Chunk))));
    }

    /// <summary>The sum of what <paramref name="body"/> returns of neighbouring elements, first and count.</summary>
    public static double Sum(int length, Func<int, int, double> body)
    {
        int chunks = ChunksOf(length);
        if (chunks == 1)
            return body(0, length);
        double[] sums = new double[chunks];
        ParallelParts.Run(chunks, chunk => sums[chunk] = body(chunk * Chunk, Math.Min(Chunk, length - (chunk * Chunk))));
        double total = 0;
        foreach (double sum in sums)
            total += sum;
        return total;
    }

    /// <summary>Σ aᵢ·bᵢ</summary>
    public static double Dot(double[] a, double[] b) => Sum(a.Length, (first, count) => Doubles.Dot(a.AsSpan(first, count), b.AsSpan(first, count)));

    /// <summary>√ Σ aᵢ².</summary>
    public static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    /// <summary>target += factor·a; and then Σ targetᵢ·bᵢ, while a chunk is in the cache.</summary>
    public static double AddScaledAndDot(double[] target, double factor, double[] a, double[] b) => Sum(target.Length, (first, count) =>
    {
        Doubles.AddScaled(target.AsSpan(first, count), factor, a.AsSpan(first, count));
        return Doubles.Dot(b.AsSpan(first, count), target.AsSpan(first, count));
    });

    /// <summary>target += factor·a</summary>
    public static void AddScaled(double[] target, double factor, double[] a) =>
        Run(target.Length, (first, count) => Doubles.AddScaled(target.AsSpan(first, count), factor, a.AsSpan(first, count)));

    /// <summary>target *= factor</summary>
    public static void Scale(double[] target, double factor) => Run(target.Length, (first, count) => Doubles.Scale(target.AsSpan(first, count), factor));

    private static int ChunksOf(int length) => length <= 2 * Chunk ? 1 : (length + Chunk - 1) / Chunk;
}
