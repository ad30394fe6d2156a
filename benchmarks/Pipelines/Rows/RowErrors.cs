using System;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines.Rows;

/// <summary>How far predictions are from values.</summary>
internal static class RowErrors
{
    /// <summary>The mean square over all rows of a batch.</summary>
    public static double MeanSquared(BenchData data, ColumnBatch batch)
    {
        ReadOnlySpan<double> predictions = batch.Numbers(BenchData.Prediction);
        double sum = 0;
        for (int row = 0; row < data.Rows; row++)
            sum += (data.Values[row] - predictions[row]) * (data.Values[row] - predictions[row]);
        return sum / data.Rows;
    }
}
