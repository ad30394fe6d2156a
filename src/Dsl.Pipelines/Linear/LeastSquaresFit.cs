using System;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>
/// Linear regression by squared errors: 1/(2W) Σ w (y/σ - b'x' - c)² + (r/σ)(α|b'|₁ + (1 - α)/2 |b'|²), x' = x / s. Up to <see cref="MostNormal"/> columns by the normal equations, one
/// pass over the rows, with population deviations; where those are singular or absolute values are penalised by quasi-Newton steps on the same moments. Beyond by quasi-Newton steps over
/// the rows, with sample deviations. All of it as Spark MLlib's, whose coefficients depend on which deviation it is.
/// </summary>
internal static class LeastSquaresFit
{
    /// <summary>The most columns of normal equations: their moments are columns × columns.</summary>
    public const int MostNormal = 4096;

    /// <summary>Fits rows with labels and weights (null: 1 each).</summary>
    /// <param name="features">The rows.</param>
    /// <param name="labels">One a row.</param>
    /// <param name="weights">Weight of each row; null: 1 each.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each step; null for nobody.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <param name="check">Refuses rows that are not finite, called only where they may not be: a second pass over the rows would take a quarter of the fit. Null: they are.</param>
    public static LinearFitted Fit(
        FeatureRows features, double[] labels, double[]? weights, LinearFitOptions options, IProgress<Iterate>? progress, CancellationToken cancellation, Action? check = null)
    {
        if (features.Size > MostNormal)
        {
            check?.Invoke();
            return OverRows(features, labels, weights, options, progress, cancellation);
        }

        NormalMoments moments = NormalMoments.Of(features, labels, weights);
        if (!Doubles.AreFinite(moments.Mean))
            check?.Invoke();
        return Normal(moments, options, progress, cancellation);
    }

    /// <summary>What labels are divided by: their deviation; of a constant label through the origin its own size. 0 where there is nothing to fit.</summary>
    private static double ScaleOf(double deviation, double mean, LinearFitOptions options) => deviation > 0 || options.FitIntercept ? deviation : Math.Abs(mean);

    private static LinearFitted Constant(int size, double mean, LinearFitOptions options) => new(1, new double[size], [options.FitIntercept ? mean : 0]);

    private static LinearFitted Normal(NormalMoments moments, LinearFitOptions options, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        int size = moments.Size;
        double sigma = ScaleOf(Math.Sqrt(moments.LabelVariance), moments.LabelMean, options);
        if (sigma == 0)
            return Constant(size, moments.LabelMean, options);

        double[] factors = new double[size];
        for (int i = 0; i < size; i++)
        {
            double s = Math.Sqrt(Math.Max(0, moments.Covariance[(i * size) + i]));
            // Squares that have left a double's range are nothing to fit, and no constant column.
            if (!double.IsFinite(s))
                return new LinearFitted(1, [.. Enumerable.Repeat(double.NaN, size)], [double.NaN]);
            factors[i] = s > 0 ? 1 / s : 0;
        }

        // Without an intercept the products are of the values themselves; with one its optimum takes the means off.
        double[] products = new double[size * size];
        double[] withLabel = new double[size];
        double meanOf(int i) => options.FitIntercept ? 0 : moments.Mean[i];
        double labelMean = options.FitIntercept ? 0 : moments.LabelMean;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                products[(i * size) + j] = (moments.Covariance[(i * size) + j] + (meanOf(i) * meanOf(j))) * factors[i] * factors[j];
            withLabel[i] = (moments.WithLabel[i] + (meanOf(i) * labelMean)) * factors[i] / sigma;
        }

        double r = options.RegParam / sigma;
        double squares = (1 - options.ElasticNetParam) * r;
        for (int i = 0; i < size; i++)
            products[(i * size) + i] += options.Standardization ? squares : squares * factors[i] * factors[i];
        double absolute = options.ElasticNetParam * r;
        double[]? solution = absolute > 0 ? null : Solve(products, withLabel, factors);
        if (solution is null)
        {
            double[]? penalties = absolute > 0 ? Array.ConvertAll(factors, factor => options.Standardization ? absolute : absolute * factor) : null;
            MomentObjective objective = new(products, withLabel, (moments.LabelVariance + (labelMean * labelMean)) / (sigma * sigma));
            solution = QuasiNewton.Minimize(objective, new double[size], penalties, options.MaxIter, options.Tol, progress, cancellation);
        }

        for (int i = 0; i < size; i++)
            solution[i] *= factors[i] * sigma;
        double intercept = options.FitIntercept ? moments.LabelMean - Doubles.Dot(solution, moments.Mean) : 0;
        return new LinearFitted(1, solution, [intercept]);
    }

    /// <summary>By Cholesky, constant columns left out: they have nothing to say. Null where the rest is singular.</summary>
    private static double[]? Solve(double[] products, double[] withLabel, double[] factors)
    {
        int size = withLabel.Length;
        int[] kept = [.. Enumerable.Range(0, size).Where(i => factors[i] > 0)];
        double[] a = new double[kept.Length * kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            for (int j = 0; j < kept.Length; j++)
                a[(i * kept.Length) + j] = products[(kept[i] * size) + kept[j]];
        }

        if (Cholesky.Solve(a, Array.ConvertAll(kept, i => withLabel[i])) is not { } x)
            return null;
        double[] solution = new double[size];
        for (int i = 0; i < kept.Length; i++)
            solution[kept[i]] = x[i];
        return solution;
    }

    /// <summary>By quasi-Newton steps over the rows, whatever their number of columns.</summary>
    public static LinearFitted OverRows(FeatureRows features, double[] labels, double[]? weights, LinearFitOptions options, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        ColumnMoments ofLabel = ColumnMoments.Of(labels, weights);
        double sigma = ScaleOf(ofLabel.Deviation[0], ofLabel.Mean[0], options);
        if (sigma == 0)
            return Constant(features.Size, ofLabel.Mean[0], options);

        double r = options.RegParam / sigma;
        double absolute = options.ElasticNetParam * r;
        LinearRows rows = LinearRows.Of(features);
        ColumnMoments moments = rows.Moments(weights);
        SquaredLoss loss = new(labels, weights, moments.Total, options.FitIntercept ? ofLabel.Mean[0] : 0, sigma);
        StandardizedObjective objective = new(rows, loss, moments, options.FitIntercept ? Centring.WithoutIntercept : Centring.None, r - absolute, options.Standardization);
        double[]? penalties = absolute > 0 ? objective.Penalties(absolute) : null;
        double[] point = QuasiNewton.Minimize(objective, new double[objective.Size], penalties, options.MaxIter, options.Tol, progress, cancellation);
        LinearFitted fitted = objective.Fitted(point);
        Doubles.Scale(fitted.Coefficients, sigma);
        double intercept = options.FitIntercept ? ofLabel.Mean[0] - Doubles.Dot(fitted.Coefficients, moments.Mean) : 0;
        return (fitted with { Intercepts = [intercept] }).Spread(rows.Occurring, features.Size);
    }
}
