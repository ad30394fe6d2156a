using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dsl.Tests;

namespace Dsl.Pipelines.Tests.Text;

/// <summary>What Spark MLlib 4.3.0 made of texts, clusters and naive Bayes, as tests/fixtures/mllib/make_text.py wrote it.</summary>
internal static class TextFigures
{
    private static readonly Lazy<JsonDocument> Document = new(() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mllib", "text.json"))));

    private static readonly Lazy<string[]?> Polarity = new(ReadSentences);

    /// <summary>One part of the figures.</summary>
    public static JsonElement Part(string name) => Document.Value.RootElement.GetProperty(name);

    /// <summary>A part that is of one type.</summary>
    public static T Of<T>(string name) => Part(name).Deserialize<T>(JsonSerializerOptions.Web)!;

    /// <summary>The sentences of film reviews, the negative ones first; null where they are not on this machine.</summary>
    public static string[]? Sentences => Polarity.Value;

    /// <summary>A line a row, a place and the bits of its double for every element that is held: its SHA-256.</summary>
    public static string Digest(IEnumerable<Vector> vectors)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Vector vector in vectors)
        {
            StringBuilder line = new();
            for (int i = 0; i < vector.Indices.Length; i++)
                line.Append(i == 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{vector.Indices[i]}:{BitConverter.DoubleToInt64Bits(vector.Values[i]):x16}");
            hash.AppendData(Encoding.UTF8.GetBytes(line.Append('\n').ToString()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of texts in lines their SHA-256.</summary>
    public static string Digest(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    /// <summary>A sparse vector of pairs of place and value.</summary>
    public static Vector Sparse(int size, double[][] pairs) => Vector.Sparse(size, [.. pairs.Select(pair => (int)pair[0])], [.. pairs.Select(pair => pair[1])]);

    private static string[]? ReadSentences()
    {
        if (SharedFolder.Find("data/text/sentence_polarity.zip") is not { } path)
            return null;
        using ZipArchive archive = ZipFile.OpenRead(path);
        List<string> sentences = [];
        foreach (string name in (string[])["neg", "pos"])
        {
            using StreamReader reader = new(archive.GetEntry($"sentence_polarity/rt-polarity.{name}")!.Open(), Encoding.Latin1);
            sentences.AddRange(reader.ReadToEnd().Split('\n').Where(line => line.Length > 0));
        }

        return [.. sentences];
    }
}
