using System;
using System.ComponentModel;
using Dsl.Runtime;

namespace Dsl.Pipelines;

/// <summary>
/// What a network's outputs for one row say, by its loss: what generated <c>Predict</c> calls, and <see cref="NetworkStage"/> for every row of a batch. Nothing is allocated.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NetworkOutputs
{
    /// <summary>Elements of a vector as a network takes them.</summary>
    /// <param name="elements">The vector.</param>
    /// <param name="values">As many, rounded to float32.</param>
    public static void ToFloats(ReadOnlySpan<double> elements, Span<float> values)
    {
        values = values[..elements.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)elements[i];
    }

    /// <summary>Likewise of a vector that may be sparse.</summary>
    public static void ToFloats(Vector vector, Span<float> values)
    {
        if (!vector.IsSparse)
        {
            ToFloats(vector.AsSpan(), values);
            return;
        }

        values[..vector.Size].Clear();
        for (int i = 0; i < vector.Indices.Length; i++)
            values[vector.Indices[i]] = (float)vector.Values[i];
    }

    /// <summary>Outputs as they are: of regressions with several, and of <c>Reconstruction</c>; also exposed codes.</summary>
    public static void ToDoubles(ReadOnlySpan<float> outputs, Span<double> elements)
    {
        elements = elements[..outputs.Length];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = outputs[i];
    }

    /// <summary>Of <c>CrossEntropy</c>: the class of the highest logit.</summary>
    /// <param name="logits">A logit a class.</param>
    /// <param name="probability">Softmax of them; or empty.</param>
    public static double Classes(ReadOnlySpan<float> logits, Span<double> probability)
    {
        int best = Choice.Label(logits);
        if (probability.IsEmpty)
            return best;
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
            sum += probability[i] = Math.Exp((double)logits[i] - logits[best]);
        for (int i = 0; i < logits.Length; i++)
            probability[i] /= sum;
        return best;
    }

    /// <summary>Of <c>BinaryCrossEntropy</c> with one output: class 1 where the logit is above 0.</summary>
    /// <param name="logit">The logit.</param>
    /// <param name="probability">Those of class 0 and 1; or empty.</param>
    public static double Decision(float logit, Span<double> probability)
    {
        if (!probability.IsEmpty)
            (probability[0], probability[1]) = (Sigmoid(-logit), Sigmoid(logit));
        return Choice.IsMet(logit, 1) ? 1 : 0;
    }

    /// <summary>Of <c>Hinge</c>: class 1 (+1) from 0 on, else class 0 (-1).</summary>
    public static double Sign(float output) => Choice.Label([output]) > 0 ? 1 : 0;

    /// <summary>Of <c>BinaryCrossEntropy</c> with several outputs: the probability of each.</summary>
    public static void Probabilities(ReadOnlySpan<float> logits, Span<double> probabilities)
    {
        for (int i = 0; i < logits.Length; i++)
            probabilities[i] = Sigmoid(logits[i]);
    }

    /// <summary>Of <c>KLDivergence</c>, whose outputs are logarithms of probabilities.</summary>
    public static void FromLogarithms(ReadOnlySpan<float> logarithms, Span<double> probabilities)
    {
        for (int i = 0; i < logarithms.Length; i++)
            probabilities[i] = Math.Exp(logarithms[i]);
    }

    // Of large logits of either sign, too, without an overflow.
    private static double Sigmoid(double logit) => logit >= 0 ? 1 / (1 + Math.Exp(-logit)) : Math.Exp(logit) / (1 + Math.Exp(logit));
}
