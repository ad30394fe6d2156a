using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Dsl;
using Names;
using Xunit;

namespace SampleTests;

[Collection(nameof(ConsoleRun))]
public sealed class NamesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("names").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_short_run_learns_more_than_the_alphabet_and_makes_names()
    {
        string file = Path.Combine(folder, "few.txt");
        File.WriteAllLines(file, Few());
        (int code, string output, string errors) = Run(file, "--epochs", "30", "--count", "3", "--threads", "1", "--seed", "4", "--report", Path.Combine(folder, "page.html"));
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Contains("360 names to train on, 40 held out (240 characters, each name's end counted)", output, StringComparison.Ordinal);
        Match losses = Regex.Match(output, @"^held-out loss (\d\.\d+) nats a character, (\d\.\d+) by counts", RegexOptions.Multiline);
        double loss = double.Parse(losses.Groups[1].Value, CultureInfo.InvariantCulture);

        // Each of the five letters is one of ten or one of two, and the end is certain: 3·ln 10 + 2·ln 2 over six characters.
        double least = ((3 * Math.Log(10)) + (2 * Math.Log(2))) / 6;
        Assert.InRange(loss, least, double.Parse(losses.Groups[2].Value, CultureInfo.InvariantCulture));
        Assert.Equal(20, Regex.Count(output[output.IndexOf('╭', StringComparison.Ordinal)..output.IndexOf('╯', StringComparison.Ordinal)], "[a-z]+"));
        Assert.Matches(@"\d+ of 20 stand nowhere in the file", output);
        Assert.Matches(@"on one thread \d+ characters/s one name at a time, \d+ with 64 names side by side", output);
        string page = File.ReadAllText(Path.Combine(folder, "page.html"));
        Assert.Contains(losses.Groups[1].Value[..5], page, StringComparison.Ordinal);
        Assert.All(Regex.Matches(output[output.IndexOf('╭', StringComparison.Ordinal)..output.IndexOf('╯', StringComparison.Ordinal)], "[a-z]+"), name => Assert.Contains(name.Value, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Labels_are_the_next_characters_and_the_end()
    {
        Samples samples = NameText.Of(["abc", "z"]);
        Assert.Equal(2, samples.Count);
        Assert.Equal([0, 1, 2, 3, 0], samples.Ids(0)[..5].ToArray());
        Assert.Equal([1, 2, 3, 0, 0], samples.Labels(0)[..5].ToArray());
        Assert.Equal([0, 26, 0], samples.Ids(1)[..3].ToArray());
        Assert.Equal([26, 0, 0], samples.Labels(1)[..3].ToArray());
        Assert.Equal("abcz", NameText.Of([1, 2, 3, 26]));
        Assert.Equal(6, NameText.CharactersOf(["abc", "z"]));
    }

    [Fact]
    public void No_name_stands_on_both_sides()
    {
        string[] names = [.. Few(), .. Few().Take(77)];
        NameSplit split = NameSplit.Of(names);
        Assert.Equal(names.Length, split.Training.Count + split.HeldOut.Count);
        Assert.Equal(40, split.HeldOut.Distinct().Count());
        Assert.Empty(split.Training.Intersect(split.HeldOut));
    }

    [Fact]
    public void Counts_of_pairs_have_the_loss_of_their_shares()
    {
        // ab, ab: behind the mark a 3 of 29, behind a b 3 of 29, behind b the mark 3 of 29.
        Assert.Equal(Math.Log(29 / 3.0), new BigramCounts(["ab", "ab"]).Loss(["ab"]), 1e-12);
    }

    [Theory]
    [InlineData("emma\nO'Neil\n", "few.txt, line 2: 'O'Neil' is no name of 1 to 15 letters a to z.")]
    [InlineData("emma\n", "few.txt has 1 names; at least 20 are wanted, one a line.")]
    public void A_wrong_file_is_told(string text, string message)
    {
        string file = Path.Combine(folder, "few.txt");
        File.WriteAllText(file, text);
        (int code, _, string errors) = Run(file);
        Assert.Equal(1, code);
        Assert.Equal(message, errors.Trim());
        Assert.Equal(1, Run(Path.Combine(folder, "none.txt")).Code);
    }

    /// <summary>400 names of five letters, consonants and vowels by turns.</summary>
    private static string[] Few()
    {
        const string Consonants = "bdfgklmnrs";
        return [.. Enumerable.Range(0, 400).Select(i => i * 9 % 4000).Select(i =>
            $"{Consonants[i % 10]}{"ao"[i / 1000 % 2]}{Consonants[i / 10 % 10]}{"ei"[i / 2000]}{Consonants[i / 100 % 10]}")];
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments) => ConsoleRun.Of(Names.Program.Main, arguments);
}
