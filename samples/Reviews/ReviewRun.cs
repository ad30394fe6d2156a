using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl;
using SamplePrograms;
using Sentiment;
using Spectre.Console;

namespace Reviews;

/// <summary>How good a model is on the test sentences.</summary>
internal sealed record ReviewFigures(string Name, double Auc, double Accuracy, double Precision, double Recall, double F1, double Seconds);

/// <summary>Fits the pipeline, beside the networks of the sample Sentiment on the same sentences.</summary>
internal sealed class ReviewRun(SampleProgram program, ulong seed, CancellationToken cancellation)
{
    /// <summary>Fits and shows; the caller disposes the pipeline.</summary>
    /// <param name="sentences">The sentences in their parts.</param>
    /// <param name="epochs">How many epochs the LSTM is trained for at most; 0: it is left out.</param>
    public (ReviewPipeline Pipeline, IReadOnlyList<ReviewFigures> Figures) Execute(ReviewSentences sentences, int epochs)
    {
        // What says when to stop is for the weights here: nothing of it is needed for that.
        Review[] train = [.. sentences.Train.Concat(sentences.Validation).Select(Of)];
        Review[] test = [.. sentences.Test.Select(Of)];
        long begin = Stopwatch.GetTimestamp();
        ReviewPipeline pipeline = ReviewPipeline.Fit(train, new PipelineOptions { Seed = seed }, cancellationToken: cancellation);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        program.Say($"{train.Length} sentences to learn from, {test.Length} to test on; both models fitted in {seconds:F1} s; seed {seed}, threads {Compute.Threads}");
        ReviewPipeline.Scores scores = pipeline.Evaluate(test);
        List<ReviewFigures> figures =
        [
            new("logistic regression", scores.LogisticAreaUnderRoc, scores.LogisticAccuracy, scores.LogisticPrecision, scores.LogisticRecall, scores.LogisticF1, seconds),
            new("SGD classifier, hinge", scores.SgdAreaUnderRoc, scores.SgdAccuracy, scores.SgdPrecision, scores.SgdRecall, scores.SgdF1, seconds),
        ];
        if (epochs > 0)
        {
            SentimentResult networks = new SentimentRun(TextWriter.Null, epochs, seed).Execute(sentences, cancellation);
            figures.Add(Of("LSTM (Sentiment)", networks.Network, networks.Seconds));
            figures.Add(Of("bag of words (Sentiment)", networks.Baseline, double.NaN));
        }

        Show(figures);
        foreach (Review review in new Review[] { new("a wonderful , moving and honest film .", true), new("a dull and tedious mess .", false) })
            program.Say($"\"{review.Text}\": positive with probability {pipeline.Predict(review).LogisticProbability[1]:P1}");
        return (pipeline, figures);
    }

    private static Review Of(ReviewSentence sentence) => new(string.Join(' ', sentence.Words), sentence.IsPositive);

    private static ReviewFigures Of(string name, SentimentFigures figures, double seconds) =>
        new(name, figures.Auc, figures.Confusion.Accuracy, figures.Confusion.Precision(1), figures.Confusion.Recall(1), figures.Confusion.F1(1), seconds);

    private void Show(List<ReviewFigures> figures)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("[bold]on the test sentences[/]");
        table.AddColumn("model");
        foreach (string name in new[] { "AUC", "accuracy", "precision", "recall", "F1" })
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (ReviewFigures one in figures)
            table.AddRow([one.Name, .. new[] { one.Auc, one.Accuracy, one.Precision, one.Recall, one.F1 }.Select(figure => FormattableString.Invariant($"{figure:F4}"))]);
        program.Console.Write(table);
    }
}
