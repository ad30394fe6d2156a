using System;
using System.Collections.Generic;
using System.Numerics;
using System.Threading;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Trees;

/// <summary>
/// Sorts values into at most so many bins of about equal weight, from all rows. Between which values is cut is as in Spark MLlib (which looks at a sample only of more than 10,000 rows).
/// </summary>
internal static unsafe class Binning
{
    /// <summary>The bins of all rows.</summary>
    /// <param name="rows">The rows, finite; a categorical feature's values are its categories.</param>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    /// <param name="categories">How many categories each feature has, 0 of a continuous one; at most as many as bins.</param>
    /// <param name="maxBins">The most bins; also bounded by the number of rows.</param>
    /// <param name="beside">A little of something else, done again and again by one thread while others are at work, and then until nothing is left of it, which it says by false; null: nothing.</param>
    public static BinnedRows Of(FeatureRows rows, double[]? weights, int[] categories, int maxBins, Func<bool>? beside = null)
    {
        int bins = Math.Min(maxBins, rows.Count);
        BinnedFeature[] features = new BinnedFeature[rows.Size];
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;

        for (int first = 0; first < rows.Size; first += RankedColumns.Most)
        {
            int group = first;
            int count = Math.Min(RankedColumns.Most, rows.Size - first);
            RankedColumns? ranked = weights is null && Array.IndexOf(categories, 0, first, count) >= 0 ? new RankedColumns(rows, first, count) : null;
            ranked?.Hold(bins);
            RunBeside(beside, isWhole: false, count, column =>
            {
                int feature = group + column;
                features[feature] = categories[feature] > 0 ? new BinnedFeature([], categories[feature])
                    : new BinnedFeature(ranked is null ? Thresholds.Of(Column(blocks, rows.Count, feature), weights!, bins) : Thresholds.Of(ranked.Of(column), bins), 0);
            });
        }

        BinnedRows binned = new(features, rows.Count);
        ThresholdTable table = new(features);
        RunBeside(beside, isWhole: true, blocks.Count, part =>
        {
            FeatureBlock block = blocks[part];
            if (binned.IsWide)
                table.Bin(block, binned.Words, binned.Stride);
            else
                table.Bin(block, binned.Bytes, binned.Stride);
            binned.Turn(block.First, block.Rows);
        });
        return binned;
    }

    /// <summary>Runs parts on all threads but the one that has taken the first number: what goes on beside is one thread's.</summary>
    private static void RunBeside(Func<bool>? beside, bool isWhole, int parts, Action<int> body)
    {
        int ended = 0;
        ParallelParts.Run(parts + 1, part =>
        {
            if (part > 0)
            {
                body(part - 1);
                Interlocked.Increment(ref ended);
                return;
            }

            while (beside is not null && (isWhole || Volatile.Read(ref ended) < parts) && beside())
            {
            }
        });
    }

    private static double[] Column(IReadOnlyList<FeatureBlock> blocks, int count, int feature)
    {
        double[] values = new double[count];
        foreach (FeatureBlock block in blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                if (!block.IsSparse)
                {
                    values[block.First + row] = block.Values[(row * block.Size) + feature];
                    continue;
                }

                int at = Array.BinarySearch(block.Indices!, block.Starts![row], block.Starts[row + 1] - block.Starts[row], feature);
                values[block.First + row] = at >= 0 ? block.Values[at] : 0;
            }
        }

        return values;
    }

    /// <summary>All features' thresholds, each feature's as many, with infinity behind them: a search takes the same steps everywhere, and no branch can be guessed wrongly.</summary>
    private sealed class ThresholdTable
    {
        private readonly BinnedFeature[] features;
        private readonly double[] thresholds;
        private readonly int[] zeroBins;
        private readonly int width;

        public ThresholdTable(BinnedFeature[] features)
        {
            this.features = features;
            int most = 1;
            foreach (BinnedFeature feature in features)
                most = Math.Max(most, feature.Thresholds.Length + 1);
            width = (int)BitOperations.RoundUpToPowerOf2((uint)most);
            thresholds = new double[features.Length * width];
            Array.Fill(thresholds, double.PositiveInfinity);
            zeroBins = new int[features.Length];
            for (int i = 0; i < features.Length; i++)
            {
                // Zero is made positive, as a difference is compared by its sign.
                for (int j = 0; j < features[i].Thresholds.Length; j++)
                    thresholds[(i * width) + j] = features[i].Thresholds[j] + 0.0;
            }

            fixed (double* first = thresholds)
            {
                for (int i = 0; i < features.Length; i++)
                    zeroBins[i] = BinOf(first, i, 0);
            }
        }

        public void Bin<TBin>(FeatureBlock block, TBin* all, int stride)
            where TBin : unmanaged
        {
            int size = features.Length;
            fixed (double* first = thresholds)
            fixed (double* values = block.Values)
            {
                for (int row = 0; row < block.Rows; row++)
                {
                    TBin* bins = all + ((nint)(block.First + row) * stride);
                    if (block.Indices is null)
                    {
                        double* own = values + (row * size);
                        for (int feature = 0; feature < size; feature++)
                            Set(bins + feature, BinOf(first, feature, own[feature]));
                        continue;
                    }

                    for (int feature = 0; feature < size; feature++)
                        Set(bins + feature, zeroBins[feature]);
                    for (int at = block.Starts![row]; at < block.Starts[row + 1]; at++)
                        Set(bins + block.Indices[at], BinOf(first, block.Indices[at], values[at]));
                }
            }
        }

        private static void Set<TBin>(TBin* bin, int value)
            where TBin : unmanaged
        {
            if (sizeof(TBin) == 1)
                *(byte*)bin = (byte)value;
            else
                *(ushort*)bin = (ushort)value;
        }

        /// <summary>How many thresholds are below a value; of a category itself.</summary>
        private int BinOf(double* first, int feature, double value)
        {
            if (features[feature].Categories > 0)
                return (int)value;
            double* own = first + ((nint)feature * width);
            nint below = 0;
            for (nint step = width / 2; step > 0; step >>= 1)
                below += step & (nint)(BitConverter.DoubleToInt64Bits(own[below + step - 1] - value) >> 63);
            return (int)below;
        }
    }
}
