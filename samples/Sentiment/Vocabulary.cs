using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;

namespace Sentiment;

/// <summary>The words that a network knows: the most frequent of its training sentences.</summary>
internal sealed class Vocabulary
{
    /// <summary>How many ids there are.</summary>
    public const int Size = 8000;

    /// <summary>The id behind a sentence's end.</summary>
    public const int Padding = 0;

    /// <summary>The id of every other word.</summary>
    public const int Unknown = 1;

    private readonly Dictionary<string, int> ids;

    /// <summary>Takes the words of sentences; of equally frequent ones those that come first by their letters.</summary>
    public Vocabulary(IEnumerable<ReviewSentence> sentences) => ids = sentences
        .SelectMany(sentence => sentence.Words)
        .GroupBy(word => word, StringComparer.Ordinal)
        .OrderByDescending(word => word.Count())
        .ThenBy(word => word.Key, StringComparer.Ordinal)
        .Take(Size - Unknown - 1)
        .Select((word, rank) => (word.Key, Id: rank + Unknown + 1))
        .ToDictionary(word => word.Key, word => word.Id, StringComparer.Ordinal);

    /// <summary>The id of a word.</summary>
    public int IdOf(string word) => ids.GetValueOrDefault(word, Unknown);

    /// <summary>The ids of a sentence, padded.</summary>
    public int[] IdsOf(ReviewSentence sentence)
    {
        int[] result = new int[ReviewSentences.MostWords];
        for (int i = 0; i < Math.Min(sentence.Words.Length, result.Length); i++)
            result[i] = IdOf(sentence.Words[i]);
        return result;
    }

    /// <summary>Sentences as ids with a target each: 1 for a positive one.</summary>
    public Samples SamplesOf(IReadOnlyList<ReviewSentence> sentences)
    {
        int[] all = [.. sentences.SelectMany(IdsOf)];
        float[] targets = [.. sentences.Select(sentence => sentence.IsPositive ? 1f : 0)];
        return new Samples(sentences.Count, all, targets);
    }
}
