using System;

namespace Dsl.Pipelines.Linear.Stochastic;

/// <summary>Classifiers by stochastic gradient descent: of two classes the margin's sign, of more the largest margin, and what scikit-learn takes for probabilities.</summary>
/// <param name="classes">How many classes, at least 2.</param>
/// <param name="loss">What was made small: <see cref="SgdLoss.LogLoss"/> and <see cref="SgdLoss.ModifiedHuber"/> have probabilities.</param>
internal sealed class SgdRule(int classes, SgdLoss loss) : MarginRule
{
    public override int Classes => classes;

    /// <summary>What was made small.</summary>
    public SgdLoss Loss => loss;

    public override double Decide(ReadOnlySpan<double> margins, Span<double> probability)
    {
        if (!probability.IsEmpty)
            SetProbability(margins, probability);
        return margins.Length > 1 ? Largest(margins) : margins[0] > 0 ? 1 : 0;
    }

    /// <summary>Each class's by its own margin; of several classes divided by their sum (Zadrozny and Elkan, 2002).</summary>
    private void SetProbability(ReadOnlySpan<double> margins, Span<double> probability)
    {
        if (margins.Length == 1)
        {
            probability[0] = Share(-margins[0]);
            probability[1] = Share(margins[0]);
            return;
        }

        double sum = 0;
        for (int i = 0; i < margins.Length; i++)
            sum += probability[i] = Share(margins[i]);
        for (int i = 0; i < margins.Length; i++)
            probability[i] = sum > 0 ? probability[i] / sum : 1.0 / margins.Length;
    }

    private double Share(double margin) => loss switch
    {
        SgdLoss.LogLoss => Sigmoid(margin),
        SgdLoss.ModifiedHuber => (Math.Clamp(margin, -1, 1) + 1) / 2,
        _ => throw new ArgumentException($"By the loss {loss} there are no probabilities, which LogLoss and ModifiedHuber have.", nameof(margin)),
    };
}
