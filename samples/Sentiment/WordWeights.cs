using System;
using System.Linq;

namespace Sentiment;

/// <summary>
/// How much each word of a sentence moves the score: integrated gradients (Sundararajan, Taly and Yan, Axiomatic Attribution for Deep Networks, 2017) along the straight line from embeddings of
/// zero to the sentence's own. What reaches the embedding's weights as gradient is, row by row, what reaches the words' embeddings: a word that comes twice gets half of it each time.
/// </summary>
/// <param name="network">The trained network.</param>
internal sealed class WordWeights(SentimentNet network)
{
    private const int Steps = 64;

    /// <summary>The share of each word in the score; together they are the score less that of a sentence of zeros.</summary>
    /// <param name="ids">The ids of a sentence, padded.</param>
    /// <returns>A number a word of the sentence that is not padding.</returns>
    public double[] Of(int[] ids)
    {
        int[] words = [.. ids.TakeWhile(id => id != Vocabulary.Padding)];
        int features = network.Embedding1.Weight.Shape[1];
        float[] embedding = network.Embedding1.Weight.Values.ToArray();
        double[] moved = new double[words.Length];
        using SentimentSlope slope = new();
        for (int step = 0; step < Steps; step++)
        {
            // Middles of equal pieces of the way.
            CopyWeights(slope, embedding, (step + 0.5f) / Steps);
            slope.GradientsFrom(ids, [1]);
            ReadOnlySpan<float> gradients = slope.Embedding1.Weight.Gradients;
            for (int i = 0; i < words.Length; i++)
            {
                double product = 0;
                for (int k = words[i] * features; k < (words[i] + 1) * features; k++)
                    product += gradients[k] * embedding[k];
                moved[i] += product / Steps / words.Count(word => word == words[i]);
            }
        }

        return moved;
    }

    /// <summary>The score of a sentence whose words all have embeddings of zero.</summary>
    /// <param name="ids">The ids of a sentence, padded.</param>
    public double Baseline(int[] ids)
    {
        using SentimentSlope slope = new();
        CopyWeights(slope, network.Embedding1.Weight.Values.ToArray(), 0);
        float[] score = new float[1];
        slope.Predict(ids, score);
        return score[0];
    }

    private void CopyWeights(SentimentSlope slope, float[] embedding, float share)
    {
        foreach (Dsl.Parameter parameter in slope.Parameters)
            network.Parameters[parameter.Name].Values.CopyTo(parameter.Values);
        Span<float> scaled = slope.Embedding1.Weight.Values;
        for (int i = 0; i < embedding.Length; i++)
            scaled[i] = share * embedding[i];
    }
}
