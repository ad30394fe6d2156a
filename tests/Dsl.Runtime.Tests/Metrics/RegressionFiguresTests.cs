using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests;

/// <summary>Errors summed up batch by batch, against sums worked out by hand and over all samples at once.</summary>
public class RegressionFiguresTests
{
    /// <summary>scikit-learn's own example of r2_score: 0.9486…; errors 0.5, 0.5, 0, 1.</summary>
    [Fact]
    public void An_output_counts_in_the_samples_that_have_it()
    {
        RegressionFigures figures = new(3);
        figures.Add([1, 2, 3, 5, 9, 9], [2, 4, 3, 4, float.NaN, float.NaN], [3, 1]);
        figures.Add([2, 2, 9], [3, 3, float.NaN], [2]);
        Assert.Equal((1 + 2 + 0 + 1 + 1 + 1) / 6.0, figures.MeanAbsoluteError, 1e-12);
        Assert.Equal(Math.Sqrt((1 + 4 + 0 + 1 + 1 + 1) / 6.0), figures.RootMeanSquaredError, 1e-12);

        // The last output has one sample: no R².
        Assert.Equal((Dsl.Metrics.R2([1, 5, 2], [2, 4, 3]) + Dsl.Metrics.R2([2, 2], [4, 3])) / 2, figures.R2!.Value, 1e-12);
    }

    [Fact]
    public void One_output()
    {
        RegressionFigures figures = new(1);
        figures.Add([2.5f, 0], [3, -0.5f]);
        figures.Add([2, 8], [2, 7]);
        Assert.Equal(0.5, figures.MeanAbsoluteError, 1e-12);
        Assert.Equal(Math.Sqrt(0.375), figures.RootMeanSquaredError, 1e-12);
        Assert.Equal(1 - (1.5 / 29.1875), figures.R2!.Value, 1e-12);
    }

    /// <summary>Two outputs: 1 - 1.5/29.1875 and 0 of a constant target that is missed: the mean, as scikit-learn's uniform average.</summary>
    [Fact]
    public void Several_outputs_count_alike()
    {
        RegressionFigures figures = new(2);
        figures.Add([2.5f, 1, 0, 1], [3, 1, -0.5f, 1]);
        figures.Add([2, 2, 8, 1], [2, 1, 7, 1]);
        Assert.Equal((1 - (1.5 / 29.1875)) / 2, figures.R2!.Value, 1e-12);
        Assert.Equal(3.0 / 8, figures.MeanAbsoluteError, 1e-12);
        Assert.Equal(Math.Sqrt(2.5 / 8), figures.RootMeanSquaredError, 1e-12);
    }

    [Fact]
    public void Constant_targets_are_met_or_not()
    {
        RegressionFigures met = new(1);
        met.Add([3, 3, 3], [3, 3, 3]);
        Assert.Equal(1, met.R2);
        RegressionFigures missed = new(1);
        missed.Add([3, 3.5f, 3], [3, 3, 3]);
        Assert.Equal(0, missed.R2);
    }

    [Fact]
    public void One_sample_has_no_spread()
    {
        RegressionFigures figures = new(2);
        figures.Add([1, 2], [1, 3]);
        Assert.Null(figures.R2);
        Assert.Equal(0.5, figures.MeanAbsoluteError);
    }

    /// <summary>Far from zero, where Σt² - n·mean² would have no digit left.</summary>
    [Fact]
    public void Any_batches_give_the_figures_of_all_at_once()
    {
        Random random = new(3);
        float[] targets = [.. Enumerable.Range(0, 1000).Select(_ => 1_000_000 + random.NextSingle())];
        float[] predicted = [.. targets.Select(target => target + (random.NextSingle() / 4))];
        foreach (int batch in new[] { 1, 7, 64, 1000 })
        {
            RegressionFigures figures = new(1);
            for (int start = 0; start < targets.Length; start += batch)
                figures.Add(predicted.AsSpan(start, Math.Min(batch, targets.Length - start)), targets.AsSpan(start, Math.Min(batch, targets.Length - start)));
            Assert.Equal(Metrics.MeanAbsoluteError(predicted, targets), figures.MeanAbsoluteError, 1e-10);
            Assert.Equal(Metrics.RootMeanSquaredError(predicted, targets), figures.RootMeanSquaredError, 1e-10);
            Assert.Equal(Metrics.R2(predicted, targets), figures.R2!.Value, 1e-8);
        }
    }
}
