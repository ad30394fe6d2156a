using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Dsl.Pipelines.Text;

/// <summary>The lists of stop words that Spark MLlib brings, by language; <c>StopWords/LICENSE.txt</c> says where they come from.</summary>
internal static class StopWordLists
{
    private static readonly Lazy<Dictionary<string, string[]>> All = new(Read);

    private static readonly ConcurrentDictionary<string, HashSet<string>> Lowered = new(StringComparer.Ordinal);

    /// <summary>The words of a language, in MLlib's order.</summary>
    /// <exception cref="ArgumentException">There is no list of it.</exception>
    public static IReadOnlyList<string> Of(string language) => All.Value.TryGetValue(language, out string[]? words)
        ? words
        : throw new ArgumentException($"There are stop words of {string.Join(", ", StopWordLanguages.All)}, but none of \"{language}\".", nameof(language));

    /// <summary>The words of a language in lower case, once for all who ask.</summary>
    public static HashSet<string> LoweredOf(string language) => Lowered.GetOrAdd(language, of => SetOf(Of(of), caseSensitive: false));

    /// <summary>A set of words that tells whether one is among them.</summary>
    public static HashSet<string> SetOf(IEnumerable<string> words, bool caseSensitive) => new(caseSensitive ? words : words.Select(JavaCase.ToLower), StringComparer.Ordinal);

    private static Dictionary<string, string[]> Read()
    {
        using Stream stream = typeof(StopWordLists).Assembly.GetManifestResourceStream("stopwords.txt") ?? throw new InvalidOperationException("The assembly lacks its stop words.");
        using StreamReader reader = new(stream);
        Dictionary<string, string[]> lists = new(StringComparer.Ordinal);
        string language = "";
        List<string> words = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                lists[language] = [.. words];
                language = line[1..^1];
                words.Clear();
            }
            else
            {
                words.Add(line);
            }
        }

        lists[language] = [.. words];
        lists.Remove("");
        return lists;
    }
}
