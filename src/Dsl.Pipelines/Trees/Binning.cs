using System;
using System.Buffers;
using System.Collections.Generic;
using System.Numerics;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Runtime;

namespace Dsl.Pipelines.Trees;

/// <summary>
/// Sorts values into at most so many bins of about equal weight, from all rows. Between which values is cut is as in Spark MLlib (which looks at a sample only of more than 10,000 rows).
/// </summary>
internal static unsafe class Binning
{
    // In doubles.
    private const int CacheLine = 8;
    private const int SharesPerThread = 4;

    /// <summary>The bins of all rows.</summary>
    /// <param name="rows">The rows, finite; a categorical feature's values are its categories.</param>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    /// <param name="categories">How many categories each feature has, 0 of a continuous one; at most as many as bins.</param>
    /// <param name="maxBins">The most bins; also bounded by the number of rows.</param>
    /// <param name="beside">What else one thread may do meanwhile; null: nothing.</param>
    public static BinnedRows Of(FeatureRows rows, double[]? weights, int[] categories, int maxBins, Action? beside = null)
    {
        int bins = Math.Min(maxBins, rows.Count);
        BinnedFeature[] features = new BinnedFeature[rows.Size];
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;

        // What lies in one cache line is read at once, where that leaves every thread enough to do.
        int together = Math.Clamp(rows.Size / (SharesPerThread * Compute.Threads), 1, CacheLine);
        ParallelParts.Run(((rows.Size + together - 1) / together) + 1, part =>
        {
            if (part == 0)
                beside?.Invoke();
            else
                Cut((part - 1) * together, Math.Min(rows.Size, part * together));
        });
        BinnedRows binned = new(features, rows.Count);
        ThresholdTable table = new(features);
        ParallelParts.Run(blocks.Count, block =>
        {
            if (binned.IsWide)
                table.Bin(blocks[block], binned.Words, binned.Stride);
            else
                table.Bin(blocks[block], binned.Bytes, binned.Stride);
            binned.Turn(blocks[block].First, blocks[block].Rows);
        });
        return binned;

        void Cut(int first, int end)
        {
            List<int> continuous = [];
            for (int feature = first; feature < end; feature++)
            {
                features[feature] = new BinnedFeature([], categories[feature]);
                if (categories[feature] == 0)
                    continuous.Add(feature);
            }

            double[][] columns = new double[continuous.Count][];
            for (int i = 0; i < columns.Length; i++)
                columns[i] = ArrayPool<double>.Shared.Rent(rows.Count);
            CopyColumns(blocks, continuous, columns);
            for (int i = 0; i < columns.Length; i++)
            {
                features[continuous[i]] = new BinnedFeature(Thresholds.Of(columns[i].AsSpan(0, rows.Count), weights, bins), 0);
                ArrayPool<double>.Shared.Return(columns[i]);
            }
        }
    }

    private static void CopyColumns(IReadOnlyList<FeatureBlock> blocks, List<int> features, double[][] columns)
    {
        foreach (FeatureBlock block in blocks)
        {
            if (block.Indices is null)
            {
                for (int row = 0, at = 0; row < block.Rows; row++, at += block.Size)
                {
                    for (int i = 0; i < columns.Length; i++)
                        columns[i][block.First + row] = block.Values[at + features[i]];
                }

                continue;
            }

            for (int row = 0; row < block.Rows; row++)
            {
                int at = block.Starts![row];
                int end = block.Starts[row + 1];
                for (int i = 0; i < columns.Length; i++)
                {
                    int found = Array.BinarySearch(block.Indices, at, end - at, features[i]);
                    columns[i][block.First + row] = found >= 0 ? block.Values[found] : 0;
                    at = found >= 0 ? found : ~found;
                }
            }
        }
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
