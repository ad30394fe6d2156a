using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dsl.Pipelines.Randomness;

/// <summary>How often each row is in each tree of a forest, drawn as Spark draws it: row by row, and for each tree. One number follows another, so that one thread draws, some rows at a time.</summary>
internal abstract class RowCopies
{
    private const int BytesAtOnce = 1 << 13;

    private readonly int rows;
    private int drawn;

    private RowCopies(int rows, int trees)
    {
        this.rows = rows;
        RowsAtOnce = Math.Max(1, BytesAtOnce / trees);
        ByTree = new byte[trees][];
        for (int tree = 0; tree < trees; tree++)
            ByTree[tree] = new byte[rows];
    }

    /// <summary>Of each tree how often it has each row, of those that are drawn.</summary>
    public byte[][] ByTree { get; }

    /// <summary>The most rows that are drawn at once.</summary>
    protected int RowsAtOnce { get; }

    /// <summary>Drawn with replacement: by Poisson's distribution.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="trees">How many trees.</param>
    /// <param name="rate">The mean, above 0 and at most 1.</param>
    /// <param name="seed">The forest's seed.</param>
    public static RowCopies Bootstrap(int rows, int trees, double rate, long seed) =>
        1000 * rate >= Poisson.Unreached ? new Poisson(rows, trees, rate, seed) : new EndedPoisson(rows, trees, rate, seed);

    /// <summary>Drawn without replacement: each row with that probability; null where all are in.</summary>
    /// <inheritdoc cref="Bootstrap"/>
    public static RowCopies? Sample(int rows, int trees, double rate, long seed) => rate >= 1 ? null : new Bernoulli(rows, trees, rate, seed);

    /// <summary>Draws some more rows; false where none was left.</summary>
    public bool Next()
    {
        if (drawn == rows)
            return false;
        int count = Math.Min(RowsAtOnce, rows - drawn);
        Draw(drawn, count);
        drawn += count;
        return true;
    }

    /// <summary>Draws all that are left.</summary>
    public byte[][] All()
    {
        while (Next())
        {
        }

        return ByTree;
    }

    /// <summary>Draws rows, which follow those drawn before.</summary>
    protected abstract void Draw(int first, int count);

    private sealed class Bernoulli(int rows, int trees, double rate, long seed) : RowCopies(rows, trees)
    {
        private readonly XorShiftRandom random = new(unchecked(seed + 1));

        protected override void Draw(int first, int count)
        {
            for (int row = first; row < first + count; row++)
            {
                foreach (byte[] own in ByTree)
                    own[row] = random.NextDouble() < rate ? (byte)1 : (byte)0;
            }
        }
    }

    /// <summary>Knuth's way, The Art of Computer Programming 3.4.1, with commons-math's end: beyond 1,000 times the mean it is given up.</summary>
    private sealed class EndedPoisson(int rows, int trees, double mean, long seed) : RowCopies(rows, trees)
    {
        private readonly Well19937c random = new(unchecked(seed + 1));
        private readonly double none = Math.Exp(-mean);

        protected override void Draw(int first, int count)
        {
            for (int row = first; row < first + count; row++)
            {
                foreach (byte[] own in ByTree)
                    own[row] = (byte)Math.Min(byte.MaxValue, CountOfOne());
            }
        }

        private int CountOfOne()
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
    }

    /// <summary>The same without that end, for many rows at once.</summary>
    private sealed class Poisson : RowCopies
    {
        // A mean of at most 1 is never drawn so high: the chance is below 1 in 256!.
        public const int Unreached = 256;

        private readonly Well19937c random;
        private readonly double none;
        private readonly byte[] counts;
        private int ended;
        private double product = 1;

        public Poisson(int rows, int trees, double mean, long seed)
            : base(rows, trees)
        {
            random = new Well19937c(unchecked(seed + 1));
            none = Math.Exp(-mean);
            counts = new byte[(RowsAtOnce * trees) + Well19937c.Batch + 1];
        }

        protected override void Draw(int first, int count)
        {
            int trees = ByTree.Length;
            Span<double> numbers = stackalloc double[Well19937c.Batch];
            while (ended < RowsAtOnce * trees)
            {
                random.Next(numbers);
                ended += Count(numbers, none, ref product, counts.AsSpan(ended));
            }

            for (int tree = 0; tree < trees; tree++)
            {
                Span<byte> own = ByTree[tree].AsSpan(first, count);
                for (int i = 0; i < own.Length; i++)
                    own[i] = counts[(i * trees) + tree];
            }

            // What was drawn for the next rows already, and the count that has not ended.
            ended -= RowsAtOnce * trees;
            counts.AsSpan(RowsAtOnce * trees, ended + 1).CopyTo(counts);
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
}
