using System;

namespace Dsl.Pipelines.Linear;

/// <summary>Logistic regression: sigmoid of one margin, softmax of several.</summary>
/// <param name="classes">How many classes, at least 2.</param>
/// <param name="threshold">Of the binomial family: class 1 where its probability is above this. The multinomial family does not know it, of two classes either, as in MLlib.</param>
internal sealed class LogisticRule(int classes, double threshold) : MarginRule
{
    public override int Classes => classes;

    /// <summary>Of the binomial family: class 1 where its probability is above this.</summary>
    public double Threshold => threshold;

    public override double Decide(ReadOnlySpan<double> margins, Span<double> probability)
    {
        if (classes == 2)
        {
            // Two margins say by their difference what one says.
            bool isBinomial = margins.Length == 1;
            double margin = isBinomial ? margins[0] : margins[1] - margins[0];
            double ofOne = Sigmoid(margin);
            if (!probability.IsEmpty)
            {
                probability[0] = Sigmoid(-margin);
                probability[1] = ofOne;
            }

            return isBinomial ? ofOne > threshold ? 1 : 0 : Largest(margins);
        }

        int largest = Largest(margins);
        if (!probability.IsEmpty)
            Softmax(margins, margins[largest], probability);
        return largest;
    }

    private static void Softmax(ReadOnlySpan<double> margins, double largest, Span<double> probability)
    {
        double sum = 0;
        for (int i = 0; i < margins.Length; i++)
        {
            // A class that is certain: infinite beside all others.
            probability[i] = margins[i] == largest ? 1 : Math.Exp(margins[i] - largest);
            sum += probability[i];
        }

        for (int i = 0; i < margins.Length; i++)
            probability[i] /= sum;
    }
}
