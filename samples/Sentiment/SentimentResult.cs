using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;

namespace Sentiment;

/// <summary>How good scores are, on the test sentences.</summary>
internal sealed class SentimentFigures
{
    /// <summary>Works them out.</summary>
    /// <param name="scores">A score a sentence, positive where it was taken for positive.</param>
    /// <param name="sentences">The sentences.</param>
    public SentimentFigures(float[] scores, IReadOnlyList<ReviewSentence> sentences)
    {
        int[] actual = [.. sentences.Select(sentence => sentence.IsPositive ? 1 : 0)];
        Auc = Metrics.RocAuc(scores, actual);
        Confusion = new ConfusionMatrix([.. scores.Select(score => score > 0 ? 1 : 0)], actual, 2);
    }

    /// <summary>How likely a positive sentence has a higher score than a negative one.</summary>
    public double Auc { get; }

    /// <summary>What was taken for what: 0 negative, 1 positive.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"AUC {Auc:F4}, accuracy {Confusion.Accuracy:F4}, precision {Confusion.Precision(1):F4}, recall {Confusion.Recall(1):F4}, F1 {Confusion.F1(1):F4}");
}

/// <summary>A test sentence with what moved its score.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Score">Its score.</param>
/// <param name="Weights">How much each of its words that were read moved the score.</param>
internal sealed record ReadSentence(ReviewSentence Sentence, float Score, double[] Weights)
{
    /// <summary>How likely it is positive, as the network holds it.</summary>
    public double Probability => 1 / (1 + Math.Exp(-Score));
}

/// <summary>What a run found.</summary>
/// <param name="Network">The network's figures.</param>
/// <param name="Baseline">The bag of words'.</param>
/// <param name="History">How the network was trained.</param>
/// <param name="Examples">The sentences that it is surest of, one that is positive and one that is negative.</param>
/// <param name="Seconds">How long its training took.</param>
internal sealed record SentimentResult(SentimentFigures Network, SentimentFigures Baseline, History History, IReadOnlyList<ReadSentence> Examples, double Seconds);
