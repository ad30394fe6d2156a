using System;
using System.Threading;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>
/// Logistic regression by L-BFGS, or with a penalty on absolute values by OWL-QN: 1/W Σ w·logloss + r(α|b'|₁ + (1 - α)/2 |b'|²), b' the coefficients of features divided by their sample
/// deviations. The intercept is not penalised. From where it starts and what is centred behind it, as in Spark MLlib.
/// </summary>
internal static class LogisticFit
{
    /// <summary>Two classes, with one set of coefficients.</summary>
    /// <param name="features">The rows.</param>
    /// <param name="labels">0 or 1, one a row.</param>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each step; null for nobody.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static LinearFitted Binomial(FeatureRows features, double[] labels, double[]? weights, LinearFitOptions options, IProgress<Iterate>? progress, CancellationToken cancellation) =>
        Fit(features, labels, weights, 2, isBinomial: true, options, progress, cancellation);

    /// <summary>Any number of classes, a set of coefficients each.</summary>
    /// <inheritdoc cref="Binomial"/>
    public static LinearFitted Multinomial(
        FeatureRows features, double[] labels, double[]? weights, int classes, LinearFitOptions options, IProgress<Iterate>? progress, CancellationToken cancellation) =>
        Fit(features, labels, weights, classes, isBinomial: false, options, progress, cancellation);

    private static LinearFitted Fit(
        FeatureRows features, double[] labels, double[]? weights, int classes, bool isBinomial, LinearFitOptions options, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        double[] counts = CountsOf(labels, weights, classes);
        int sets = isBinomial ? 1 : classes;
        if (options.FitIntercept && Array.FindAll(counts, count => count > 0).Length == 1)
            return OneLabel(features.Size, sets, Array.FindIndex(counts, count => count > 0));
        LinearRows rows = LinearRows.Of(features);
        ColumnMoments moments = rows.Moments(weights);
        ILinearLoss loss = isBinomial ? new LogisticLoss(labels, weights, moments.Total) : new SoftmaxLoss(labels, classes, weights, moments.Total);
        double absolute = options.ElasticNetParam * options.RegParam;
        Centring centring = options.FitIntercept ? Centring.WithIntercept : Centring.None;
        StandardizedObjective objective = new(rows, loss, moments, centring, options.RegParam - absolute, options.Standardization);
        double[] start = new double[objective.Size];
        if (options.FitIntercept)
            Start(counts, isBinomial).CopyTo(start, sets * rows.Columns);
        double[]? penalties = absolute > 0 ? objective.Penalties(absolute) : null;
        double[] point = QuasiNewton.Minimize(objective, start, penalties, options.MaxIter, options.Tol, progress, cancellation);
        LinearFitted fitted = objective.Fitted(point);
        if (!isBinomial)
            Centre(fitted, options);
        return fitted.Spread(rows.Occurring, features.Size);
    }

    private static double[] CountsOf(double[] labels, double[]? weights, int classes)
    {
        double[] counts = new double[classes];
        for (int row = 0; row < labels.Length; row++)
            counts[(int)labels[row]] += weights is null ? 1 : weights[row];
        return counts;
    }

    /// <summary>Where there is nothing to tell apart, the one label is certain.</summary>
    private static LinearFitted OneLabel(int size, int sets, int label)
    {
        double[] intercepts = new double[sets];
        if (sets == 1)
            intercepts[0] = label == 1 ? double.PositiveInfinity : double.NegativeInfinity;
        else
            intercepts[label] = double.PositiveInfinity;
        return new LinearFitted(sets, new double[sets * size], intercepts);
    }

    /// <summary>The intercepts that fit the classes' shares; of several classes each counts one more, so that none is infinite. Known classes beyond the highest that occurs start at 0.</summary>
    private static double[] Start(double[] counts, bool isBinomial)
    {
        if (isBinomial)
            return [Math.Log(counts[1] / counts[0])];
        double[] logs = Array.ConvertAll(counts[..(Array.FindLastIndex(counts, count => count > 0) + 1)], count => Math.Log(1 + count));
        double mean = MeanOf(logs);
        return Array.ConvertAll(logs, log => log - mean);
    }

    /// <summary>A constant added to all classes changes no probability: the sets are given whose mean is zero, of the coefficients where no penalty has chosen already.</summary>
    private static void Centre(LinearFitted fitted, LinearFitOptions options)
    {
        int size = fitted.Coefficients.Length / fitted.Sets;
        if (options.RegParam == 0)
        {
            for (int column = 0; column < size; column++)
            {
                double sum = 0;
                for (int at = column; at < fitted.Coefficients.Length; at += size)
                    sum += fitted.Coefficients[at];
                for (int at = column; at < fitted.Coefficients.Length; at += size)
                    fitted.Coefficients[at] -= sum / fitted.Sets;
            }
        }

        double mean = MeanOf(fitted.Intercepts);
        for (int set = 0; set < fitted.Sets && options.FitIntercept; set++)
            fitted.Intercepts[set] -= mean;
    }

    private static double MeanOf(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }
}
