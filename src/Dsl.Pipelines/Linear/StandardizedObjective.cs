using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Optimizing;

namespace Dsl.Pipelines.Linear;

/// <summary>What stands for the means of the features.</summary>
internal enum Centring
{
    /// <summary>Features are not centred, and there is no intercept.</summary>
    None,

    /// <summary>Features are centred, and the intercept of centred features is known to be 0.</summary>
    WithoutIntercept,

    /// <summary>Features are centred, which changes the way and not the end, and the point has an intercept for each set.</summary>
    WithIntercept,
}

/// <summary>
/// A linear model's loss as a function of the coefficients of standardised features, x' = (x - μ) / s, with a penalty on their squares. The rows stay as they are: coefficients
/// are divided by s on the way in, gradients on the way out, and the offsets take up the means. A column with s = 0 counts as 0. A point is sets × columns, then an intercept a set.
/// </summary>
/// <param name="rows">The rows.</param>
/// <param name="loss">What margins cost.</param>
/// <param name="moments">Means and deviations of the columns.</param>
/// <param name="centring">What stands for the means.</param>
/// <param name="squares">The penalty: half of it by each squared coefficient.</param>
/// <param name="ofStandardised">The penalty is on the coefficients of x'; else on those of x.</param>
internal sealed unsafe class StandardizedObjective(LinearRows rows, ILinearLoss loss, ColumnMoments moments, Centring centring, double squares, bool ofStandardised) : IObjective
{
    private readonly double[] factors = FactorsOf(moments);
    private readonly double[] plain = new double[loss.Sets * rows.Columns];
    private readonly double[] plainGradient = new double[loss.Sets * rows.Columns];
    private readonly double[] offsets = new double[loss.Sets];
    private readonly double[] offsetGradient = new double[loss.Sets];
    private readonly double[] sums = new double[loss.Sums];

    /// <summary>How many variables there are.</summary>
    public int Size => plain.Length + (centring == Centring.WithIntercept ? loss.Sets : 0);

    /// <summary>The loss's further sums at the last point.</summary>
    public ReadOnlySpan<double> Sums => sums;

    /// <summary>Σ μ / s: what the intercept of centred features has more than that of the features as they are, where all coefficients are 1.</summary>
    public double MeanOfOnes => centring == Centring.None ? 0 : Doubles.Dot(factors, moments.Mean);

    /// <summary>1 / s of each column, 0 where s = 0. Of squares that have left a double's range NaN, so that the fit comes to nothing: by 0 it would go on without the column.</summary>
    private static double[] FactorsOf(ColumnMoments moments) => Array.ConvertAll(moments.Deviation, s => s == 0 ? 0 : double.IsFinite(s) ? 1 / s : double.NaN);

    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        ToPlain(point, plain, offsets);
        double value = rows.Evaluate(loss, plain, offsets, plainGradient, offsetGradient, sums);
        fixed (double* from = point)
        fixed (double* to = gradient)
        {
            value += Standardise(from, to);
            if (centring == Centring.WithIntercept)
                offsetGradient.CopyTo(gradient[plain.Length..]);
        }

        return value;
    }

    /// <summary>Penalties on the absolute values of the coefficients, of x' or of x as those on squares are; none on intercepts.</summary>
    public double[] Penalties(double absolute)
    {
        double[] penalties = new double[Size];
        for (int at = 0; at < plain.Length; at++)
            penalties[at] = ofStandardised ? absolute : absolute * factors[at % rows.Columns];
        return penalties;
    }

    /// <summary>What a point means for the rows as they are.</summary>
    public LinearFitted Fitted(ReadOnlySpan<double> point)
    {
        LinearFitted fitted = new(loss.Sets, new double[plain.Length], new double[loss.Sets]);
        ToPlain(point, fitted.Coefficients, fitted.Intercepts);
        return fitted;
    }

    private void ToPlain(ReadOnlySpan<double> point, double[] coefficients, double[] intercepts)
    {
        int columns = rows.Columns;
        fixed (double* start = point)
        {
            for (int set = 0; set < loss.Sets; set++)
            {
                double* from = start + ((nint)set * columns);
                int ofSet = set * columns;
                double withMeans = LongDoubles.Sum(columns, (first, count) =>
                {
                    Span<double> to = coefficients.AsSpan(ofSet + first, count);
                    for (int i = 0; i < count; i++)
                        to[i] = from[first + i] * factors[first + i];
                    return centring == Centring.None ? 0 : Doubles.Dot(to, moments.Mean.AsSpan(first, count));
                });
                double intercept = centring == Centring.WithIntercept ? start[coefficients.Length + set] : 0;
                intercepts[set] = centring == Centring.None ? 0 : intercept - withMeans;
            }
        }
    }

    /// <summary>Makes of the plain gradient that by the coefficients of x', with the penalty's; the penalty.</summary>
    private double Standardise(double* point, double* gradient)
    {
        int columns = rows.Columns;

        // Of sparse rows without any element nothing is left but intercepts.
        if (columns == 0)
            return 0;
        return LongDoubles.Sum(plain.Length, (first, count) =>
        {
            int set = first / columns;
            int column = first % columns;
            double penalty = 0;
            for (int at = first; at < first + count; at++)
            {
                double slope = plainGradient[at];
                if (centring != Centring.None)
                    slope -= moments.Mean[column] * offsetGradient[set];
                slope *= factors[column];
                if (squares > 0)
                {
                    double factor = ofStandardised ? 1 : factors[column];
                    double own = squares * point[at] * factor * factor;
                    penalty += own * point[at];
                    slope += own;
                }

                gradient[at] = slope;
                if (++column == columns)
                    (set, column) = (set + 1, 0);
            }

            return penalty;
        }) / 2;
    }
}
