using System;
using System.Collections.Generic;
using System.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Runtime;
using Simd = System.Numerics.Vector;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// Some neighbouring columns of rows by rank. Each column's values are parted into buckets that part their range evenly: one pass over the rows finds the ranges, one counts, and one keeps
/// the values of those buckets in which ranks will be asked for. No column is copied, and each pass is shared out by rows; the counts are whole numbers, so that nothing depends on how.
/// </summary>
internal sealed unsafe class RankedColumns
{
    /// <summary>The most columns at a time: their counts are 1 MiB a thread.</summary>
    public const int Most = 64;

    // A bucket of a million even values has 250 then, and its counts stay near.
    private const int MostBuckets = 4096;
    private const int ValuesPerBucket = 64;

    // Added to this, a number has its whole part in its lowest bits.
    private const double WholeBits = 1L << 52;

    private readonly FeatureRows rows;
    private readonly IReadOnlyList<FeatureBlock> blocks;
    private readonly int first;
    private readonly int count;
    private readonly int parts;
    private readonly int buckets;

    // Of halves, as the difference of two doubles may be none.
    private readonly double[] least;
    private readonly double[] scale;

    // Of each part by column and bucket: how many values, later where its next one goes (-1: nowhere).
    private readonly int[][] counts;
    private readonly int[][] ends;
    private readonly int[] starts;
    private double[] held = [];

    /// <summary>Looks at the ranges and counts.</summary>
    /// <param name="rows">The rows, at least one, all finite.</param>
    /// <param name="first">The first column.</param>
    /// <param name="count">How many columns, up to <see cref="Most"/>.</param>
    public RankedColumns(FeatureRows rows, int first, int count)
    {
        this.rows = rows;
        this.first = first;
        this.count = count;
        blocks = rows.Blocks;
        parts = Math.Min(blocks.Count, Compute.Threads);
        buckets = Math.Clamp(rows.Count / ValuesPerBucket, 1, MostBuckets);
        (least, scale) = Ranges();
        counts = new int[parts][];
        ParallelParts.Run(parts, part =>
        {
            counts[part] = new int[count * buckets];
            Each(part, new Counting(counts[part]));
        });
        ends = new int[count][];
        starts = new int[count * buckets];
        ParallelParts.Run(count, column => ends[column] = Ends(column));
    }

    /// <summary>Keeps the values about the ranks that part a column into even shares.</summary>
    public void Hold(int shares)
    {
        Array.Fill(starts, -1);
        ParallelParts.Run(count, column => Choose(column, shares));
        int all = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            if (starts[i] < 0)
            {
                foreach (int[] ofPart in counts)
                    ofPart[i] = -1;
                continue;
            }

            starts[i] = all;
            foreach (int[] ofPart in counts)
                (ofPart[i], all) = (all, checked(all + ofPart[i]));
        }

        held = new double[all];
        ParallelParts.Run(parts, part => Each(part, new Keeping(counts[part], held)));
    }

    /// <summary>A column by rank.</summary>
    /// <param name="column">Which, from 0.</param>
    public RankedValues Of(int column) => new(ends[column], bucket =>
    {
        int start = starts[(column * buckets) + bucket];
        int length = ends[column][bucket] - (bucket == 0 ? 0 : ends[column][bucket - 1]);
        return start >= 0 ? new ArraySegment<double>(held, start, length) : Found(column, bucket, length);
    });

    private (double[] Least, double[] Scale) Ranges()
    {
        double[][] lows = new double[parts][];
        double[][] highs = new double[parts][];
        ParallelParts.Run(parts, part =>
        {
            lows[part] = new double[count];
            highs[part] = new double[count];
            Array.Fill(lows[part], double.PositiveInfinity);
            Array.Fill(highs[part], double.NegativeInfinity);
            for (int block = FirstBlock(part); block < FirstBlock(part + 1); block++)
            {
                if (blocks[block].IsSparse)
                    EachOfSparse(blocks[block], new Widening(lows[part], highs[part]));
                else
                    Widen(blocks[block], lows[part], highs[part]);
            }
        });
        double[] scales = new double[count];
        for (int column = 0; column < count; column++)
        {
            for (int part = 1; part < parts; part++)
            {
                lows[0][column] = Math.Min(lows[0][column], lows[part][column]);
                highs[0][column] = Math.Max(highs[0][column], highs[part][column]);
            }

            lows[0][column] /= 2;
            double scale = buckets / ((highs[0][column] / 2) - lows[0][column]);
            scales[column] = double.IsFinite(scale) ? scale : 0;
        }

        return (lows[0], scales);
    }

    private int FirstBlock(int part) => (int)((long)blocks.Count * part / parts);

    private void Widen(FeatureBlock block, double[] low, double[] high)
    {
        int lanes = Vector<double>.Count;
        for (int row = 0; row < block.Rows; row++)
        {
            ReadOnlySpan<double> own = block.Values.AsSpan((row * block.Size) + first, count);
            int column = 0;
            for (; column + lanes <= count; column += lanes)
            {
                Vector<double> value = new(own[column..]);
                Simd.Min(new Vector<double>(low, column), value).CopyTo(low, column);
                Simd.Max(new Vector<double>(high, column), value).CopyTo(high, column);
            }

            for (; column < count; column++)
                (low[column], high[column]) = (Math.Min(low[column], own[column]), Math.Max(high[column], own[column]));
        }
    }

    private int FirstAt(FeatureBlock block, int row)
    {
        int at = Array.BinarySearch(block.Indices!, block.Starts![row], block.Starts[row + 1] - block.Starts[row], first);
        return at < 0 ? ~at : at;
    }

    /// <summary>Puts every value of a part's rows into its bucket.</summary>
    private void Each<TVisit>(int part, TVisit visit)
        where TVisit : struct, IVisit
    {
        for (int block = FirstBlock(part); block < FirstBlock(part + 1); block++)
        {
            if (blocks[block].IsSparse)
                EachOfSparse(blocks[block], new Bucketing<TVisit>(this, visit));
            else
                EachOfDense(blocks[block], visit);
        }
    }

    private void EachOfDense<TVisit>(FeatureBlock block, TVisit visit)
        where TVisit : struct, IVisit
    {
        int lanes = Vector<double>.Count;
        int whole = count - (count % lanes);
        long* places = stackalloc long[Most];
        fixed (double* values = block.Values)
        fixed (double* low = least)
        fixed (double* by = scale)
        {
            Vector<double> half = new(0.5);
            Vector<double> top = new(buckets - 1);
            Vector<double> bits = new(WholeBits);
            Vector<long> noBits = new(BitConverter.DoubleToInt64Bits(WholeBits));
            double* own = values + first;
            for (int row = 0; row < block.Rows; row++, own += block.Size)
            {
                for (int column = 0; column < whole; column += lanes)
                {
                    Vector<double> bucket = Simd.Min(((Simd.Load(own + column) * half) - Simd.Load(low + column)) * Simd.Load(by + column), top);
                    (Simd.AsVectorInt64(bucket + bits) - noBits).Store(places + column);
                }

                for (int column = whole; column < count; column++)
                    places[column] = BucketOf(column, own[column]);
                for (int column = 0; column < count; column++)
                    visit.Value((column * buckets) + (int)places[column], own[column]);
            }
        }
    }

    /// <summary>Shows the values of a sparse block by column: those that are written row by row, then how many zeros are not.</summary>
    private void EachOfSparse<TVisit>(FeatureBlock block, TVisit visit)
        where TVisit : struct, IVisit
    {
        int[] written = new int[count];
        for (int row = 0; row < block.Rows; row++)
        {
            for (int at = FirstAt(block, row); at < block.Starts![row + 1] && block.Indices![at] < first + count; at++)
            {
                int column = block.Indices[at] - first;
                written[column]++;
                visit.Value(column, block.Values[at]);
            }
        }

        for (int column = 0; column < count; column++)
        {
            if (written[column] < block.Rows)
                visit.Zeros(column, block.Rows - written[column]);
        }
    }

    // Rounding keeps the order: a larger value is never in a lower bucket.
    private int BucketOf(int column, double value) =>
        (int)(BitConverter.DoubleToInt64Bits(Math.Min(((value * 0.5) - least[column]) * scale[column], buckets - 1) + WholeBits) - BitConverter.DoubleToInt64Bits(WholeBits));

    private int[] Ends(int column)
    {
        int[] own = new int[buckets];
        int before = 0;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            foreach (int[] ofPart in counts)
                before += ofPart[(column * buckets) + bucket];
            own[bucket] = before;
        }

        return own;
    }

    /// <summary>
    /// Marks the first buckets and those in which the even shares end, and the next ones before and behind that have values; as many behind as shares end in the same. A column with few buckets that have
    /// values may have few different ones: it is kept whole.
    /// </summary>
    private void Choose(int column, int shares)
    {
        Span<int> own = starts.AsSpan(column * buckets, buckets);
        List<int> filled = [];
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            if (ends[column][bucket] > (bucket == 0 ? 0 : ends[column][bucket - 1]))
                filled.Add(bucket);
        }

        if (filled.Count <= shares)
        {
            foreach (int bucket in filled)
                own[bucket] = 0;
            return;
        }

        own[filled[0]] = 0;
        own[filled[1]] = 0;
        int place = 0;
        int together = 0;
        for (int share = 1; share <= shares; share++)
        {
            int rank = Math.Clamp((int)((double)rows.Count / shares * share) - 1, 0, rows.Count - 1);
            int before = place;
            while (ends[column][filled[place]] <= rank)
                place++;
            together = place == before ? together + 1 : 1;
            for (int near = Math.Max(0, place - 1); near <= Math.Min(filled.Count - 1, place + together + 1); near++)
                own[filled[near]] = 0;
        }
    }

    /// <summary>The values of a bucket that was not kept.</summary>
    private double[] Found(int column, int bucket, int length)
    {
        int[] places = new int[count * buckets];
        Array.Fill(places, -1);
        places[(column * buckets) + bucket] = 0;
        double[] found = new double[length];
        for (int part = 0; part < parts; part++)
            Each(part, new Keeping(places, found));
        return found;
    }

    /// <summary>What is done with the values of a place: of a column, or of a bucket of one.</summary>
    private interface IVisit
    {
        void Value(int place, double value);

        void Zeros(int place, int times);
    }

    private readonly struct Widening(double[] low, double[] high) : IVisit
    {
        public void Value(int place, double value) => (low[place], high[place]) = (Math.Min(low[place], value), Math.Max(high[place], value));

        public void Zeros(int place, int times) => Value(place, 0);
    }

    /// <summary>From a column to the bucket in which its value lies.</summary>
    private readonly struct Bucketing<TVisit>(RankedColumns columns, TVisit visit) : IVisit
        where TVisit : struct, IVisit
    {
        public void Value(int place, double value) => visit.Value((place * columns.buckets) + columns.BucketOf(place, value), value);

        public void Zeros(int place, int times) => visit.Zeros((place * columns.buckets) + columns.BucketOf(place, 0), times);
    }

    private readonly struct Counting(int[] counts) : IVisit
    {
        public void Value(int place, double value) => counts[place]++;

        public void Zeros(int place, int times) => counts[place] += times;
    }

    /// <summary>Values to where they are held, which is 0 until then.</summary>
    private readonly struct Keeping(int[] next, double[] held) : IVisit
    {
        public void Value(int place, double value)
        {
            int at = next[place];
            if (at < 0)
                return;
            held[at] = value;
            next[place] = at + 1;
        }

        public void Zeros(int place, int times)
        {
            if (next[place] >= 0)
                next[place] += times;
        }
    }
}
