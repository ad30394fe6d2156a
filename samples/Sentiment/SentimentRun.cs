using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl;

namespace Sentiment;

/// <summary>The program: a vocabulary, an LSTM, a bag of words beside it, and the words that moved two sentences.</summary>
/// <param name="output">Where it is told.</param>
/// <param name="epochs">How many times every training sentence is seen at most.</param>
/// <param name="seed">Seed of weights, dropout and order.</param>
internal sealed class SentimentRun(TextWriter output, int epochs, ulong seed)
{
    /// <summary>Epochs unless the user says otherwise.</summary>
    public const int DefaultEpochs = 10;

    private const int BagEpochs = 30;
    private const int WordsTold = 5;

    /// <summary>Does everything but the page.</summary>
    public SentimentResult Execute(ReviewSentences sentences, CancellationToken cancellation)
    {
        Vocabulary vocabulary = new(sentences.Train);
        Samples train = vocabulary.SamplesOf(sentences.Train);
        Samples validation = vocabulary.SamplesOf(sentences.Validation);
        Say($"{train.Count} sentences to train on, {validation.Count} for when to stop, {sentences.Test.Count} to test on; seed {seed}, threads {Compute.Threads}");

        using WordBag bag = new(seed);
        bag.Fit(train, Options(BagEpochs, validation), cancellationToken: cancellation);
        SentimentFigures baseline = Figures(bag.Predict, vocabulary, sentences.Test, out _);
        Say($"bag of words  {baseline}");

        using SentimentNet network = new(seed);
        long begin = Stopwatch.GetTimestamp();
        History history = network.Fit(train, Options(epochs, validation), new EpochLines(Say), cancellation);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        SentimentFigures figures = Figures(network.Predict, vocabulary, sentences.Test, out float[] scores);
        Say($"LSTM          {figures}; trained in {seconds:F0} s");

        ReadSentence[] examples = [Read(Array.IndexOf(scores, scores.Max())), Read(Array.IndexOf(scores, scores.Min()))];
        foreach (ReadSentence example in examples)
            Say($"{(example.Score > 0 ? "most positive" : "most negative")}: {string.Join(' ', example.Sentence.Words)}\n    moved by {Strongest(example)}");
        return new SentimentResult(figures, baseline, history, examples, seconds);

        ReadSentence Read(int index) => new(sentences.Test[index], scores[index], new WordWeights(network).Of(vocabulary.IdsOf(sentences.Test[index])));
    }

    private delegate void Predicting(ReadOnlySpan<int> ids, Span<float> scores);

    private static SentimentFigures Figures(Predicting predict, Vocabulary vocabulary, IReadOnlyList<ReviewSentence> sentences, out float[] scores)
    {
        int[] ids = [.. sentences.SelectMany(vocabulary.IdsOf)];
        scores = new float[sentences.Count];
        predict(ids, scores);
        return new SentimentFigures(scores, sentences);
    }

    private static string Strongest(ReadSentence sentence) => string.Join(", ", sentence.Weights
        .Select((weight, i) => (Word: sentence.Sentence.Words[i], Weight: weight))
        .OrderByDescending(word => Math.Abs(word.Weight))
        .Take(WordsTold)
        .Select(word => FormattableString.Invariant($"{word.Word} {word.Weight:+0.00;-0.00}")));

    private FitOptions Options(int most, Samples validation) => new()
    {
        Epochs = most,
        BatchSize = 32,
        Seed = seed,
        Validation = validation,
        EarlyStopping = new EarlyStopping { Patience = 2 },
        RestoreBestWeights = true,
    };

    private void Say(FormattableString line) => output.WriteLine(FormattableString.Invariant(line));

    private sealed class EpochLines(Action<FormattableString> say) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Record is { } record)
                say($"epoch {record.Epoch}/{value.Epochs}  loss {record.Loss:F4}  accuracy {record.Accuracy:F4}  validation loss {record.ValidationLoss:F4}  accuracy {record.ValidationAccuracy:F4}  {record.Seconds:F1} s");
        }
    }
}
