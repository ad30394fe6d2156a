using System;

namespace Dsl.Pipelines.Linear;

/// <summary>What the margins of a row say about its class.</summary>
internal abstract class MarginRule
{
    /// <summary>How many classes there are, at least 2.</summary>
    public abstract int Classes { get; }

    /// <summary>The class, and what else is asked for.</summary>
    /// <param name="margins">One of two classes, else one a class.</param>
    /// <param name="probability">Gets the classes' probabilities; empty: not asked for.</param>
    public abstract double Decide(ReadOnlySpan<double> margins, Span<double> probability);

    /// <summary>The raw scores of the classes: of one margin its two signs.</summary>
    public static void Score(ReadOnlySpan<double> margins, Span<double> raw)
    {
        if (margins.Length > 1)
        {
            margins.CopyTo(raw);
            return;
        }

        raw[0] = -margins[0];
        raw[1] = margins[0];
    }

    /// <summary>1 / (1 + e⁻ᵐ), by a power that cannot overflow.</summary>
    protected static double Sigmoid(double margin)
    {
        double z = Math.Exp(-Math.Abs(margin));
        return (margin >= 0 ? 1 : z) / (1 + z);
    }

    /// <summary>The place of the largest, of equals the first.</summary>
    protected static int Largest(ReadOnlySpan<double> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
                largest = i;
        }

        return largest;
    }
}
