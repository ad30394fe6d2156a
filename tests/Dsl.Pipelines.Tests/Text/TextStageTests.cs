using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Text;
using Xunit;

namespace Dsl.Pipelines.Tests.Text;

/// <summary>Stages from texts to tokens beside Spark MLlib's.</summary>
public sealed class TextStageTests
{
    private static readonly string[] Texts = TextFigures.Of<string[]>("texts");

    [Fact]
    public void Tokens_are_those_of_MLlib()
    {
        string[][] wanted = TextFigures.Of<string[][]>("lower");
        for (int i = 0; i < Texts.Length; i++)
            Assert.Equal(wanted[i], TokenizerStage.Transform("Tokenizer1", Texts[i]));
        SameInBatches<string>(Texts, (batch, input, output) => TokenizerStage.Transform("Tokenizer1", batch, input, output), text => TokenizerStage.Transform("Tokenizer1", text));
    }

    [Fact]
    public void Expressions_split_as_those_of_MLlib()
    {
        foreach (JsonElement figure in TextFigures.Part("regex").EnumerateArray())
        {
            RegexTokenizerStage stage = Regex(figure.GetProperty("options").Deserialize<FigureOptions>()!);
            string[][] wanted = figure.GetProperty("tokens").Deserialize<string[][]>()!;
            // Where nothing matches between letters, Java tears surrogate pairs apart, and Spark writes question marks; .NET sees no letter in half a pair.
            bool isOfUnits = figure.GetProperty("options").GetRawText().Contains("\\b", StringComparison.Ordinal);
            for (int i = 0; i < Texts.Length; i++)
                Assert.True(wanted[i].Contains("?") || (isOfUnits && Texts[i].Any(char.IsSurrogate)) || wanted[i].SequenceEqual(stage.Transform(Texts[i])), $"{figure.GetProperty("options")} on \"{Texts[i]}\": {string.Join('|', stage.Transform(Texts[i]))}");
            SameInBatches<string>(Texts, stage.Transform, stage.Transform);
        }
    }

    [Fact]
    public void Pairs_of_surrogates_stay_together()
    {
        Assert.Equal(["a", "😀", "b"], new RegexTokenizerStage("R", "", true, 0, true).Transform("a😀b"));
        Assert.Equal(["a", "😀", "b"], new RegexTokenizerStage("R", ".", false, 1, true).Transform("a😀b"));
        Assert.Equal(["a", "b"], new RegexTokenizerStage("R", @"\W", true, 0, true).Transform("a😀b"));
    }

    [Theory]
    [InlineData(@"\s", @"[\x09-\x0D\x20]")]
    [InlineData(@"\\s\d", @"\\s[0-9]")]
    [InlineData(@"[\w-[\d]]x\W", @"[a-zA-Z_0-9-[0-9]]x[\x00-\x2F\x3A-\x40\x5B-\x5E\x60\x7B-\uFFFF]")]
    [InlineData(@"[]\s]\s", @"[]\x09-\x0D\x20][\x09-\x0D\x20]")]
    [InlineData(@"[^]\]\S[]\D", @"[^]\]\x00-\x08\x0E-\x1F\x21-\uFFFF[][\x00-\x2F\x3A-\uFFFF]")]
    public void Classes_are_those_of_ASCII(string pattern, string written) => Assert.Equal(written, JavaPattern.WithAsciiClasses(pattern));

    [Fact]
    public void Stop_words_are_those_of_MLlib()
    {
        foreach ((string language, JsonElement[] figure) in TextFigures.Of<Dictionary<string, JsonElement[]>>("stopWords"))
        {
            Assert.Equal(figure[0].GetInt32(), StopWordLists.Of(language).Count);
            Assert.Equal(figure[1].GetString(), TextFigures.Digest(StopWordLists.Of(language)));
        }

        Assert.Equal(14, StopWordLanguages.All.Count);
        Assert.All(StopWordLanguages.All, language => Assert.NotEmpty(StopWordLists.Of(language)));
    }

    [Fact]
    public void Stop_words_go_as_in_MLlib()
    {
        string[] words = ["The", "the", "İ", "i̇", "DON'T", "Cat", "", "not"];
        StopWordsRemoverStage[] stages =
        [
            new("StopWordsRemover1", "english", [], false), new("StopWordsRemover1", "english", [], true), new("StopWordsRemover1", "english", ["İ", "cat"], false),
            new("StopWordsRemover1", "english", ["i̇", "Cat"], true),
        ];
        foreach ((string[] wanted, StopWordsRemoverStage stage) in TextFigures.Of<string[][]>("removed").Zip(stages))
        {
            Assert.Equal(wanted, stage.Transform(words));
            SameInBatches<string[]>([words, [], [new string('x', 100)]], stage.Transform, stage.Transform);
        }

        Assert.Equal([new string('X', 100)], stages[0].Transform([new string('X', 100)]));
    }

    [Fact]
    public void Grams_are_those_of_MLlib()
    {
        string[][] documents = TextFigures.Of<string[][]>("documents");
        foreach (JsonElement figure in TextFigures.Part("grams").EnumerateArray())
        {
            int n = figure[0].GetInt32();
            string[][] wanted = figure[1].Deserialize<string[][]>()!;
            for (int i = 0; i < documents.Length; i++)
                Assert.Equal(wanted[i], NGramStage.Transform("NGram1", documents[i], n));
            SameInBatches<string[]>(documents, (batch, input, output) => NGramStage.Transform("NGram1", batch, input, output, n), tokens => NGramStage.Transform("NGram1", tokens, n));
        }
    }

    [Fact]
    public void Capital_letters_that_become_more_than_one()
    {
        Assert.Equal("i\u0307x", JavaCase.ToLower("İX"));
        Assert.Equal("σ", JavaCase.ToLower("Σ"));
        Assert.Equal("ας ασα", JavaCase.ToLower("ΑΣ ΑΣΑ"));
        string lower = "as it is";
        Assert.Same(lower, JavaCase.ToLower(lower));
    }

    [Fact]
    public void Hashes_are_those_of_MLlib()
    {
        foreach (JsonElement figure in TextFigures.Part("hashes").EnumerateArray())
            Assert.Equal(figure[1].GetInt32(), TokenHash.Bucket(figure[0].GetString(), int.MaxValue));
        // Half of a surrogate pair is a question mark to Java.
        Assert.Equal(Murmur3.Bucket("a?b"u8, 262144), TokenHash.Bucket("a\uD800b", 262144));
    }

    [Fact]
    public void What_is_no_text_is_an_error_that_names_the_row()
    {
        ColumnBatch texts = new(["Review", "Words"], 2, 10);
        texts.Set<string?>(0, ["a", null]);
        Assert.Equal("Row 11: Tokenizer1 needs a text, but got null", Batches.Message(() => TokenizerStage.Transform("Tokenizer1", texts, 0, 1)));
        Assert.Equal("Row 11: RegexTokenizer1 needs a text, but got null", Batches.Message(() => new RegexTokenizerStage("RegexTokenizer1", ",", true, 1, true).Transform(texts, 0, 1)));
        ColumnBatch tokens = new(["Words", "Kept"], 3, 10);
        tokens.Set<string[]?>(0, [["a"], ["b", null!], null]);
        Assert.Equal(
            "Row 11: StopWordsRemover1 needs tokens that are texts, but token 1 of 2 is null",
            Batches.Message(() => new StopWordsRemoverStage("StopWordsRemover1", "english", [], false).Transform(tokens, 0, 1)));
        tokens.Keep([true, false, true]);
        Assert.Equal("Row 12: NGram1 needs tokens, but got null", Batches.Message(() => NGramStage.Transform("NGram1", tokens, 0, 1, 2)));
        Assert.Equal("Row 12: HashingTF1 needs tokens, but got null", Batches.Message(() => HashingTFStage.Transform("HashingTF1", tokens, 0, 1, 16, false)));
        Assert.Equal("Tokenizer1 needs a text, but got null", Batches.Message(() => TokenizerStage.Transform("Tokenizer1", null)));
        Assert.StartsWith("There are stop words of danish, dutch", Assert.Throws<ArgumentException>(() => new StopWordsRemoverStage("S", "klingon", [], false)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => new RegexTokenizerStage("R", "(", true, 1, true));
    }

    private static RegexTokenizerStage Regex(FigureOptions options) => new(
        "RegexTokenizer1", options.Text("pattern") ?? @"\s+", options.Flag("gaps", true), (int)options.Number("minTokenLength", 1), options.Flag("toLowercase", true));

    private static void SameInBatches<T>(T[] rows, Action<ColumnBatch, int, int> batchForm, Func<T, string[]> rowForm)
    {
        string[] made = Batches.WithOneAndTwoThreads(() =>
        {
            ColumnBatch batch = new(["In", "Out"], rows.Length, 0);
            batch.Set(0, rows);
            batchForm(batch, 0, 1);
            return batch.Tokens(1).ToArray().Select(tokens => string.Join('|', tokens!)).ToArray();
        });
        Assert.Equal(rows.Select(row => string.Join('|', rowForm(row))), made);
    }
}
