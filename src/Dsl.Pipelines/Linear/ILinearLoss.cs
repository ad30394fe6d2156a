using System;

namespace Dsl.Pipelines.Linear;

/// <summary>A sum over rows of what their margins, the products with one or several sets of coefficients, cost.</summary>
internal interface ILinearLoss
{
    /// <summary>How many sets of coefficients there are.</summary>
    int Sets { get; }

    /// <summary>How many more sums over the rows the loss has, derivatives by what it knows beside the margins.</summary>
    int Sums => 0;

    /// <summary>What some rows cost; in place of their margins come the derivatives by them. Called by several threads, each for other rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="margins">Of the first set row by row, then of the next.</param>
    /// <param name="sums">Where to each of <see cref="Sums"/> that of these rows is added.</param>
    double Evaluate(int first, int rows, Span<double> margins, Span<double> sums);
}
