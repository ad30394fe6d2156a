using System;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear.Stochastic;

/// <summary>Coefficients behind a common factor, so that shrinking all of them costs nothing and a sparse row costs what it holds (Shalev-Shwartz, Singer and Srebro, Pegasos, 2007).</summary>
internal sealed class ScaledWeights
{
    // Below it digits would be lost; scikit-learn's.
    private const double LeastScale = 1e-9;

    private readonly double[] values;

    // What absolute values have already cost each coefficient.
    private readonly double[] paid;
    private double scale = 1;

    /// <summary>Zeros.</summary>
    public ScaledWeights(int size)
    {
        values = new double[size];
        paid = new double[size];
    }

    /// <summary>Σ of a row's elements by their coefficients.</summary>
    public double Dot(RowElements row) => scale * row.Dot(values);

    /// <summary>Adds a multiple of a row.</summary>
    public void Add(RowElements row, double factor)
    {
        double scaled = factor / scale;
        if (!row.IsSparse)
        {
            Doubles.AddScaled(values, scaled, row.Values);
            return;
        }

        for (int i = 0; i < row.Indices.Length; i++)
            values[row.Indices[i]] += scaled * row.Values[i];
    }

    /// <summary>Multiplies all coefficients.</summary>
    public void Scale(double factor)
    {
        scale *= factor;
        if (scale >= LeastScale)
            return;
        Doubles.Scale(values, scale);
        scale = 1;
    }

    /// <summary>
    /// Takes from the coefficients of a row's elements what is due by their absolute values, never across zero; those of a sparse row that it does not hold pay when their turn comes
    /// (Tsuruoka, Tsujii and Ananiadou, Stochastic Gradient Descent Training for L1-regularized Log-linear Models with Cumulative Penalty, 2009).
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="due">What each coefficient owes since the beginning.</param>
    public void Shrink(RowElements row, double due)
    {
        int count = row.Values.Length;
        for (int i = 0; i < count; i++)
        {
            int at = row.IsSparse ? row.Indices[i] : i;
            double before = values[at];
            double after = before * scale > 0 ? Math.Max(0, before - ((due + paid[at]) / scale))
                : before * scale < 0 ? Math.Min(0, before + ((due - paid[at]) / scale))
                : before;
            values[at] = after;
            paid[at] += scale * (after - before);
        }
    }

    /// <summary>Whether all are finite.</summary>
    public bool AreFinite
    {
        get
        {
            foreach (double value in values)
            {
                if (!double.IsFinite(value))
                    return false;
            }

            return true;
        }
    }

    /// <summary>The coefficients.</summary>
    public void CopyTo(Span<double> coefficients)
    {
        values.CopyTo(coefficients);
        Doubles.Scale(coefficients, scale);
    }
}
