using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace Sentiment;

/// <summary>A sentence of a review.</summary>
/// <param name="Words">Its words and punctuation marks, in small letters.</param>
/// <param name="IsPositive">Whether it speaks well of its film.</param>
internal sealed record ReviewSentence(string[] Words, bool IsPositive);

/// <summary>Sentences of film reviews, and their three parts: every tenth of either kind is for the test, the one behind it for when to stop.</summary>
internal sealed class ReviewSentences
{
    /// <summary>Words of a sentence that are read; the rest of longer ones is left out.</summary>
    public const int MostWords = 48;

    private const int PartOf = 10;

    private ReviewSentences(IReadOnlyList<ReviewSentence>[] kinds)
    {
        Test = Part(kinds, rest => rest == 0);
        Validation = Part(kinds, rest => rest == 1);
        Train = Part(kinds, rest => rest > 1);
    }

    /// <summary>For the weights and the vocabulary.</summary>
    public IReadOnlyList<ReviewSentence> Train { get; }

    /// <summary>For when to stop.</summary>
    public IReadOnlyList<ReviewSentence> Validation { get; }

    /// <summary>For the figures.</summary>
    public IReadOnlyList<ReviewSentence> Test { get; }

    /// <summary>Reads a zip file with one file of positive and one of negative sentences, a line each.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="InvalidDataException">It is no zip file, or has not both.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ReviewSentences Read(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return new([.. new[] { (".pos", true), (".neg", false) }.Select(kind => Read(archive, path, kind.Item1, kind.Item2))]);
    }

    /// <summary>Parts sentences, for tests.</summary>
    public static ReviewSentences Of(IEnumerable<string> positive, IEnumerable<string> negative) => new([Sentences(positive, true), Sentences(negative, false)]);

    private static List<ReviewSentence> Read(ZipArchive archive, string path, string ending, bool isPositive)
    {
        ZipArchiveEntry entry = archive.Entries.SingleOrDefault(one => one.Name.EndsWith(ending, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{path} has no file that ends in {ending}; the sentences come as one file .pos and one .neg.");
        using StreamReader reader = new(entry.Open(), Encoding.Latin1);
        List<ReviewSentence> sentences = Sentences(Lines(reader), isPositive);
        return sentences.Count >= PartOf ? sentences : throw new InvalidDataException($"{entry.Name} in {path} has {sentences.Count} sentences; at least {PartOf} are wanted.");
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static List<ReviewSentence> Sentences(IEnumerable<string> lines, bool isPositive) =>
        [.. lines.Select(line => line.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0).Select(words => new ReviewSentence(words, isPositive))];

    private static ReviewSentence[] Part(IReadOnlyList<ReviewSentence>[] kinds, Func<int, bool> isIn) => [.. kinds.SelectMany(kind => kind.Where((_, i) => isIn(i % PartOf)))];
}
