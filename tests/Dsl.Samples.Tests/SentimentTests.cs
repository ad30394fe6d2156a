using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Xml.Linq;
using Sentiment;
using Xunit;

namespace SampleTests;

public sealed class SentimentTests : IDisposable
{
    private static readonly string[] Good = ["wonderful", "moving", "honest"];
    private static readonly string[] Bad = ["dull", "tedious", "mess"];
    private static readonly string[] Neither = ["the", "film", "a", "story", "of", "is", "and", ",", "with", "scenes"];

    private readonly string folder = Directory.CreateTempSubdirectory("sentiment").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_short_run_tells_made_up_sentences_apart_by_the_words_that_they_differ_in()
    {
        using StringWriter output = new();
        SentimentResult result = new SentimentRun(output, epochs: 4, seed: 1).Execute(ReviewSentences.Of(Sentences(Good, 1), Sentences(Bad, 2)), CancellationToken.None);
        Assert.InRange(result.Network.Auc, 0.97, 1);
        Assert.InRange(result.Baseline.Auc, 0.97, 1);
        Assert.Contains("480 sentences to train on, 60 for when to stop, 60 to test on; seed 1", output.ToString(), StringComparison.Ordinal);
        (ReadSentence positive, ReadSentence negative) = (result.Examples[0], result.Examples[1]);
        Assert.True(positive.Score > 0 && negative.Score < 0);
        Assert.Contains(positive.Sentence.Words[Array.IndexOf(positive.Weights, positive.Weights.Max())], Good);
        Assert.Contains(negative.Sentence.Words[Array.IndexOf(negative.Weights, negative.Weights.Min())], Bad);
        XElement page = XDocument.Parse(SentimentPage.Of(result).ToHtml()).Root!;
        Assert.Equal(2, page.Descendants("p").Count(text => (string?)text.Attribute("class") == "words"));
        Assert.Contains(page.Descendants("span"), span => (string?)span.Attribute("class") == "for" && Good.Contains(span.Value));
        Assert.Contains(page.Descendants("span"), span => (string?)span.Attribute("class") == "against" && Bad.Contains(span.Value));
    }

    [Fact]
    public void What_the_words_move_adds_up_to_the_score_less_that_of_no_words()
    {
        Vocabulary vocabulary = new(ReviewSentences.Of(Sentences(Good, 1), Sentences(Bad, 2)).Train);
        using SentimentNet network = new(3);
        int[] ids = vocabulary.IdsOf(new ReviewSentence("the film is a wonderful story and a dull film unheard".Split(' '), true));
        WordWeights weights = new(network);
        double[] moved = weights.Of(ids);
        float[] score = new float[1];
        network.Predict(ids, score);
        Assert.Equal(11, moved.Length);
        Assert.Equal(score[0] - weights.Baseline(ids), moved.Sum(), 2e-3);
        Assert.Equal(moved[1], moved[9]);
        Assert.True(moved.Max(Math.Abs) > 0.01, string.Join(' ', moved));
    }

    [Fact]
    public void Words_come_from_the_training_sentences_alone_the_most_frequent_first()
    {
        ReviewSentences sentences = ReviewSentences.Of(Enumerable.Range(0, 20).Select(i => $"Yes {i}"), Enumerable.Range(0, 20).Select(i => $"no no {i}"));
        Assert.Equal((32, 4, 4), (sentences.Train.Count, sentences.Validation.Count, sentences.Test.Count));
        Assert.Equal(["yes", "0"], sentences.Test[0].Words);
        Assert.Equal(["yes", "11"], sentences.Validation[1].Words);
        Vocabulary vocabulary = new(sentences.Train);
        Assert.Equal((2, 3), (vocabulary.IdOf("no"), vocabulary.IdOf("yes")));
        Assert.Equal(Vocabulary.Unknown, vocabulary.IdOf("0"));
        Assert.Equal(Vocabulary.Unknown, vocabulary.IdOf("11"));
        Assert.Equal([3, Vocabulary.Unknown, 0, 0], vocabulary.IdsOf(sentences.Test[0])[..4]);
        Assert.Equal(Enumerable.Repeat(2, 48), vocabulary.IdsOf(new ReviewSentence([.. Enumerable.Repeat("no", 60)], false)));
    }

    [Fact]
    public void A_zip_file_is_read_and_one_that_lacks_a_part_is_told()
    {
        string path = Path.Combine(folder, "few.zip");
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
            Add(archive, "data/rt.pos", Enumerable.Repeat("caf\u00E9 !", 10));
        Assert.Equal($"{path} has no file that ends in .neg; the sentences come as one file .pos and one .neg.", Assert.Throws<InvalidDataException>(() => ReviewSentences.Read(path)).Message);
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Update))
            Add(archive, "data/rt.neg", Enumerable.Repeat("no", 9));
        Assert.Equal($"rt.neg in {path} has 9 sentences; at least 10 are wanted.", Assert.Throws<InvalidDataException>(() => ReviewSentences.Read(path)).Message);
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            archive.GetEntry("data/rt.neg")!.Delete();
            Add(archive, "data/rt.neg", Enumerable.Repeat("no", 10));
        }

        Assert.Equal(["caf\u00E9", "!"], ReviewSentences.Read(path).Train[0].Words);
        File.WriteAllText(path, "no zip");
        Assert.Throws<InvalidDataException>(() => ReviewSentences.Read(path));
    }

    [FactWhereTheSentencesAre]
    public void Three_epochs_of_the_review_sentences_go_part_of_the_way()
    {
        SentimentResult result = new SentimentRun(TextWriter.Null, epochs: 3, seed: 0).Execute(ReviewSentences.Read(SharedFile()!), CancellationToken.None);
        Assert.Equal(1068, result.Network.Confusion.Count);
        Assert.InRange(result.Network.Auc, 0.72, 0.9);
        Assert.InRange(result.Baseline.Auc, 0.82, 0.9);
    }

    private static string? SharedFile([CallerFilePath] string source = "")
    {
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "..", "shared", "data", "text", "sentence_polarity.zip"));
        return File.Exists(path) ? path : null;
    }

    private static string[] Sentences(string[] telling, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, 300).Select(_ =>
        {
            string[] words = [.. Enumerable.Range(0, random.Next(5, 15)).Select(_ => Neither[random.Next(Neither.Length)])];
            words[random.Next(words.Length)] = telling[random.Next(telling.Length)];
            return string.Join(' ', words);
        })];
    }

    private static void Add(ZipArchive archive, string name, System.Collections.Generic.IEnumerable<string> lines)
    {
        using StreamWriter writer = new(archive.CreateEntry(name).Open(), System.Text.Encoding.Latin1);
        foreach (string line in lines)
            writer.WriteLine(line);
    }

    private sealed class FactWhereTheSentencesAreAttribute : FactAttribute
    {
        public FactWhereTheSentencesAreAttribute()
        {
            if (SharedFile() is null)
                Skip = "There is no ../shared/data/text/sentence_polarity.zip beside the checkout.";
        }
    }
}
