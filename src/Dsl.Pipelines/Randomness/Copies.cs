using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dsl.Pipelines.Randomness;

/// <summary>How often each row is in each tree of a forest, drawn as Spark draws it.</summary>
internal static class Copies
{
    // A mean of at most 1 is never drawn so high: the chance is below 1 in 256!.
    private const int Unreached = 256;

    private const int BytesAtOnce = 1 << 14;

    /// <summary>Drawn with replacement: by Poisson's distribution, row by row and for each tree.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="trees">How many trees.</param>
    /// <param name="rate">The mean, above 0 and at most 1.</param>
    /// <param name="seed">The forest's seed.</param>
    public static byte[][] Bootstrap(int rows, int trees, double rate, long seed)
    {
        Well19937c random = new(unchecked(seed + 1));
        byte[][] copies = None(rows, trees);
        double none = Math.Exp(-rate);
        if (1000 * rate >= Unreached)
        {
            Bootstrap(random, copies, rows, none);
            return copies;
        }

        for (int row = 0; row < rows; row++)
        {
            for (int tree = 0; tree < trees; tree++)
                copies[tree][row] = (byte)Math.Min(byte.MaxValue, Poisson(random, none, rate));
        }

        return copies;
    }

    /// <summary>Drawn without replacement: each row with that probability; null where all are in.</summary>
    /// <inheritdoc cref="Bootstrap(int, int, double, long)"/>
    public static byte[][]? Sample(int rows, int trees, double rate, long seed)
    {
        if (rate >= 1)
            return null;
        XorShiftRandom random = new(unchecked(seed + 1));
        byte[][] copies = None(rows, trees);
        for (int row = 0; row < rows; row++)
        {
            for (int tree = 0; tree < trees; tree++)
                copies[tree][row] = random.NextDouble() < rate ? (byte)1 : (byte)0;
        }

        return copies;
    }

    private static byte[][] None(int rows, int trees)
    {
        byte[][] copies = new byte[trees][];
        for (int tree = 0; tree < trees; tree++)
            copies[tree] = new byte[rows];
        return copies;
    }

    /// <summary>Knuth's way, The Art of Computer Programming 3.4.1, with commons-math's end: beyond 1,000 times the mean it is given up.</summary>
    private static int Poisson(Well19937c random, double none, double mean)
    {
        double product = 1;
        int count = 0;
        while (count < 1000 * mean)
        {
            product *= random.NextDouble();
            if (product < none)
                return count;
            count++;
        }

        return count;
    }

    /// <summary>The same without that end, for all rows at once.</summary>
    private static void Bootstrap(Well19937c random, byte[][] copies, int rows, double none)
    {
        int trees = copies.Length;
        int rowsAtOnce = Math.Max(1, BytesAtOnce / trees);
        Span<double> numbers = stackalloc double[Well19937c.Batch];
        Span<byte> counts = new byte[(rowsAtOnce * trees) + Well19937c.Batch + 1];
        int ended = 0;
        double product = 1;
        for (int row = 0; row < rows;)
        {
            while (ended < rowsAtOnce * trees)
            {
                random.Next(numbers);
                ended += Count(numbers, none, ref product, counts[ended..]);
            }

            int taken = Math.Min(rowsAtOnce, rows - row);
            for (int tree = 0; tree < trees; tree++)
            {
                Span<byte> own = copies[tree].AsSpan(row, taken);
                for (int i = 0; i < own.Length; i++)
                    own[i] = counts[(i * trees) + tree];
            }

            // What was drawn for the next rows already, and the count that has not ended.
            ended -= rowsAtOnce * trees;
            counts.Slice(rowsAtOnce * trees, ended + 1).CopyTo(counts);
            row += taken;
        }
    }

    /// <summary>Takes some numbers without a branch: where a count ends cannot be foretold, and guessing wrongly takes longer than drawing.</summary>
    /// <param name="numbers">What is drawn.</param>
    /// <param name="none">Below it a product ends its count.</param>
    /// <param name="product">That of the numbers since the last end.</param>
    /// <param name="counts">The first is how many those were, and goes on; others follow.</param>
    /// <returns>How many counts have ended.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Count(ReadOnlySpan<double> numbers, double none, ref double product, Span<byte> counts)
    {
        Vector128<double> one = Vector128.Create(1.0);
        Vector128<double> bound = Vector128.Create(none);
        Vector128<double> running = Vector128.CreateScalarUnsafe(product);
        ref byte first = ref MemoryMarshal.GetReference(counts[..(numbers.Length + 1)]);
        int at = 0;
        int count = first;
        foreach (double number in numbers)
        {
            running *= Vector128.CreateScalarUnsafe(number);
            Vector128<double> isLess = Vector128.LessThan(running, bound);
            running = Vector128.ConditionalSelect(isLess, one, running);
            int ends = -(int)isLess.AsInt64().ToScalar();
            Unsafe.Add(ref first, at) = (byte)count;
            count = (count + 1) & (ends - 1);
            at += ends;
        }

        Unsafe.Add(ref first, at) = (byte)count;
        product = running.ToScalar();
        return at;
    }
}
