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
internal sealed class StandardizedObjective(LinearRows rows, ILinearLoss loss, ColumnMoments moments, Centring centring, double squares, bool ofStandardised) : IObjective
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

    /// <summary>1 / s of each column, 0 where s = 0.</summary>
    private static double[] FactorsOf(ColumnMoments moments) => Array.ConvertAll(moments.Deviation, s => s > 0 ? 1 / s : 0);

    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        ToPlain(point, plain, offsets);
        double value = rows.Evaluate(loss, plain, offsets, plainGradient, offsetGradient, sums);
        int columns = rows.Columns;
        for (int set = 0; set < loss.Sets; set++)
        {
            for (int column = 0; column < columns; column++)
            {
                int at = (set * columns) + column;
                double sum = plainGradient[at];
                if (centring != Centring.None)
                    sum -= moments.Mean[column] * offsetGradient[set];
                gradient[at] = sum * factors[column];
            }

            if (centring == Centring.WithIntercept)
                gradient[plain.Length + set] = offsetGradient[set];
        }

        return squares > 0 ? value + AddPenalty(point, gradient) : value;
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
        for (int set = 0; set < loss.Sets; set++)
        {
            Span<double> ofSet = coefficients.AsSpan(set * columns, columns);
            for (int column = 0; column < columns; column++)
                ofSet[column] = point[(set * columns) + column] * factors[column];
            double intercept = centring == Centring.WithIntercept ? point[coefficients.Length + set] : 0;
            intercepts[set] = centring == Centring.None ? 0 : intercept - Doubles.Dot(ofSet, moments.Mean);
        }
    }

    private double AddPenalty(ReadOnlySpan<double> point, Span<double> gradient)
    {
        double sum = 0;
        for (int at = 0; at < plain.Length; at++)
        {
            double factor = ofStandardised ? 1 : factors[at % rows.Columns];
            double slope = squares * point[at] * factor * factor;
            sum += slope * point[at];
            gradient[at] += slope;
        }

        return sum / 2;
    }
}
