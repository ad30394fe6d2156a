using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;
using Dsl.Report;

namespace Sentiment;

/// <summary>The page about a run.</summary>
internal static class SentimentPage
{
    /// <summary>Puts it together.</summary>
    public static ReportPage Of(SentimentResult result)
    {
        using SentimentNet network = new();
        ConfusionMatrix confusion = result.Network.Confusion;
        return new ReportPage("An LSTM reads sentences of film reviews")
        {
            Lead = FormattableString.Invariant($"Which sentences speak well of their film? Tested on {confusion.Count} that were used neither for the weights nor for the words known nor for when to stop."),
            Footer = "Sentences: B. Pang, L. Lee, Seeing Stars, ACL 2005 (sentence polarity dataset 1.0).",
        }
            .Figures(
                new(Number(result.Network.Auc), "AUC of the LSTM"),
                new(Number(result.Baseline.Auc), "AUC of a bag of words"),
                new(Number(confusion.F1(1)), FormattableString.Invariant($"F1: precision {confusion.Precision(1):F3}, recall {confusion.Recall(1):F3}")),
                new(FormattableString.Invariant($"{result.Seconds:F0} s"), $"for {result.History.Epochs.Count} epochs, {Compute.Threads} threads"))
            .Words(
                "What moved the two sentences that it is surest of",
                result.Examples.Select(TextOf),
                "Integrated gradients from embeddings of zero: green words speak for a good review, red ones (dotted) against it.")
            .Curves(result.History)
            .Confusion(confusion, ["negative", "positive"])
            .Table("Beside a bag of words", ["figure", "LSTM", "bag of words"], Rows(result))
            .Network(network);
    }

    private static IEnumerable<object[]> Rows(SentimentResult result)
    {
        foreach ((string name, Func<SentimentFigures, double> figure) in new (string, Func<SentimentFigures, double>)[]
        {
            ("AUC", figures => figures.Auc),
            ("accuracy", figures => figures.Confusion.Accuracy),
            ("precision", figures => figures.Confusion.Precision(1)),
            ("recall", figures => figures.Confusion.Recall(1)),
            ("F1", figures => figures.Confusion.F1(1)),
        })
        {
            yield return [name, Exactly(figure(result.Network)), Exactly(figure(result.Baseline))];
        }
    }

    private static WeightedText TextOf(ReadSentence sentence) => new(
        FormattableString.Invariant($"{(sentence.Sentence.IsPositive ? "a positive" : "a negative")} sentence, held positive with probability {sentence.Probability:F3}"),
        [.. sentence.Sentence.Words.Select((word, i) => new WeightedWord(word, i < sentence.Weights.Length ? sentence.Weights[i] : 0))]);

    private static string Exactly(double figure) => FormattableString.Invariant($"{figure:F4}");

    private static string Number(double figure) => FormattableString.Invariant($"{figure:F3}");
}
