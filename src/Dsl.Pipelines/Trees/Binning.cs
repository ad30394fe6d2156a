using System;
using System.Buffers;
using System.Collections.Generic;
using System.Numerics;
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
    /// <param name="beside">What else one thread may do meanwhile; null: nothing.</param>
    public static BinnedRows Of(FeatureRows rows, double[]? weights, int[] categories, int maxBins, Action? beside = null)
    {
        int bins = Math.Min(maxBins, rows.Count);
        BinnedFeature[] features = new BinnedFeature[rows.Size];
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;
        ParallelParts.Run(rows.Size + 1, part =>
        {
            if (part == 0)
                beside?.Invoke();
            else
                features[part - 1] = Feature(part - 1);
        });
        BinnedRows binned = new(features, rows.Count);
        ThresholdTable table = new(features);
        ParallelParts.Run(blocks.Count, block =>
        {
            if (binned.IsWide)
                table.Bin(blocks[block], binned.Words, binned.Stride);
            else
                table.Bin(blocks[block], binned.Bytes, binned.Stride);
        });
        return binned;

        BinnedFeature Feature(int feature)
        {
            if (categories[feature] > 0)
                return new BinnedFeature([], categories[feature]);
            double[] column = ArrayPool<double>.Shared.Rent(rows.Count);
            Span<double> values = column.AsSpan(0, rows.Count);
            CopyColumn(blocks, feature, values);
            double[] thresholds = Thresholds.Of(values, weights, bins);
            ArrayPool<double>.Shared.Return(column);
            return new BinnedFeature(thresholds, 0);
        }
    }

    private static void CopyColumn(IReadOnlyList<FeatureBlock> blocks, int feature, Span<double> values)
    {
        foreach (FeatureBlock block in blocks)
        {
            Span<double> own = values.Slice(block.First, block.Rows);
            if (block.Indices is null)
            {
                for (int row = 0, at = feature; row < own.Length; row++, at += block.Size)
                    own[row] = block.Values[at];
                continue;
            }

            for (int row = 0; row < own.Length; row++)
            {
                int at = Array.BinarySearch(block.Indices, block.Starts![row], block.Starts[row + 1] - block.Starts[row], feature);
                own[row] = at >= 0 ? block.Values[at] : 0;
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
