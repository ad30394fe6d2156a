using System;
using System.Threading;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>
/// Linear support vector machine: 1/W Σ w max(0, 1 - y·m) + r/2 |b'|², b' the coefficients of features divided by their sample deviations; features are centred meanwhile. By OWL-QN
/// without penalties on absolute values, as in Spark MLlib: the hinge has kinks, so that its end after the default steps is not the least.
/// </summary>
internal static class HingeFit
{
    /// <summary>Fits rows with labels 0 and 1 and weights (null: 1 each).</summary>
    public static LinearFitted Fit(FeatureRows features, double[] labels, double[]? weights, LinearFitOptions options, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        LinearRows rows = LinearRows.Of(features);
        ColumnMoments moments = rows.Moments(weights);
        HingeLoss loss = new(labels, weights, moments.Total);
        StandardizedObjective objective = new(rows, loss, moments, options.FitIntercept ? Centring.WithIntercept : Centring.None, options.RegParam, options.Standardization);
        double[] start = new double[objective.Size];
        double[] point = QuasiNewton.Minimize(objective, start, new double[objective.Size], options.MaxIter, options.Tol, progress, cancellation);
        return objective.Fitted(point).Spread(rows.Occurring, features.Size);
    }
}
