using System;
using System.Threading;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>
/// Linear regression by Huber's loss: 1/W Σ w h + r/2 |b'|² over coefficients of features divided by their sample deviations, intercept and scale, by L-BFGS-B, which keeps the scale
/// above 0. All of it starts at 1, as in Spark MLlib, and ends where that does: where the gradient is below 1e-5, some 1e-4 from the least.
/// </summary>
internal static class HuberFit
{
    /// <summary>Fits rows with labels and weights (null: 1 each); beside the coefficients the scale of the errors.</summary>
    public static (LinearFitted Fitted, double Scale) Fit(
        FeatureRows features, double[] labels, double[]? weights, LinearFitOptions options, double epsilon, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        ColumnMoments ofLabel = ColumnMoments.Of(labels, weights);
        if (ofLabel.Deviation[0] == 0 && (options.FitIntercept || ofLabel.Mean[0] == 0))
            return (new LinearFitted(1, new double[features.Size], [ofLabel.Mean[0]]), 1);

        // A penalised coefficient of a column that is zero everywhere goes from 1 to 0, and where the search ends depends on its way.
        LinearRows rows = LinearRows.Of(features, ofAllColumns: options.RegParam > 0 && options.Standardization);
        ColumnMoments moments = rows.Moments(weights);
        HuberLoss loss = new(labels, weights, moments.Total, epsilon);
        StandardizedObjective inner = new(rows, loss, moments, options.FitIntercept ? Centring.WithIntercept : Centring.None, options.RegParam, options.Standardization);
        double[] start = new double[inner.Size + 1];
        start.AsSpan().Fill(1);
        if (options.FitIntercept)
            start[inner.Size - 1] += inner.MeanOfOnes;
        double[] lower = new double[start.Length];
        lower.AsSpan().Fill(double.NegativeInfinity);
        lower[^1] = double.Epsilon;
        double[] point = BoundedQuasiNewton.Minimize(new WithScale(inner, loss), start, lower, options.MaxIter, options.Tol, progress, cancellation);
        return (inner.Fitted(point.AsSpan(0, inner.Size)).Spread(rows.Occurring, features.Size), point[^1]);
    }

    /// <summary>The loss as a function of coefficients, intercept and, last, the scale.</summary>
    private sealed class WithScale(StandardizedObjective inner, HuberLoss loss) : IObjective
    {
        public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
        {
            loss.Scale = point[^1];
            double value = inner.Evaluate(point[..^1], gradient[..^1]);
            gradient[^1] = inner.Sums[0];
            return value;
        }
    }
}
