using System;
using System.IO;
using System.Linq;
using Digits;
using Dsl;
using Xunit;

namespace SampleTests;

public sealed class DigitFileTests
{
    private static readonly string s_path = Path.Combine(AppContext.BaseDirectory, "digits.csv");

    [Fact]
    public void The_shipped_file_holds_the_figures_of_its_description()
    {
        Samples digits = DigitFile.Read(s_path);
        Assert.Equal(1797, digits.Count);
        int[] labels = [.. Enumerable.Range(0, digits.Count).Select(digits.Label)];
        // Counted with scikit-learn: np.bincount(load_digits().target) and load_digits().data.sum().
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], Enumerable.Range(0, 10).Select(digit => labels.Count(label => label == digit)));
        Assert.Equal(561718, Enumerable.Range(0, digits.Count).Sum(sample => digits.Input(sample).ToArray().Sum(pixel => (double)pixel)) * 16);
        Assert.Equal([0f, 0f, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0f, 0f], digits.Input(0)[..8].ToArray());
    }

    [Fact]
    public void Every_fourth_sample_of_each_class_in_file_order_is_held_out()
    {
        Samples digits = DigitFile.Read(s_path);
        (Samples train, Samples test) = digits.SplitEvery(DigitRun.HeldOut);
        int[] seen = new int[10];
        int nextTest = 0;
        int nextTrain = 0;
        for (int sample = 0; sample < digits.Count; sample++)
        {
            bool held = seen[digits.Label(sample)]++ % 4 == 0;
            Samples part = held ? test : train;
            int place = held ? nextTest++ : nextTrain++;
            Assert.Equal(digits.Label(sample), part.Label(place));
            Assert.True(digits.Input(sample).SequenceEqual(part.Input(place)));
        }

        Assert.Equal((1343, 454), (train.Count, test.Count));
        Assert.Equal((1343, 454), (nextTrain, nextTest));
    }

    [Theory]
    [InlineData(0, "17", "d.csv, line 2, column 1: '17' is not a pixel, a whole number from 0 to 16.")]
    [InlineData(63, "-1", "d.csv, line 2, column 64: '-1' is not a pixel, a whole number from 0 to 16.")]
    [InlineData(5, "1.5", "d.csv, line 2, column 6: '1.5' is not a pixel, a whole number from 0 to 16.")]
    [InlineData(7, "", "d.csv, line 2, column 8: '' is not a pixel, a whole number from 0 to 16.")]
    [InlineData(64, "10", "d.csv, line 2, column 65: '10' is not the digit, a whole number from 0 to 9.")]
    [InlineData(64, "x", "d.csv, line 2, column 65: 'x' is not the digit, a whole number from 0 to 9.")]
    [InlineData(64, "99999999999", "d.csv, line 2, column 65: '99999999999' is not the digit, a whole number from 0 to 9.")]
    public void A_wrong_value_is_told_with_line_and_column(int column, string value, string message)
    {
        string[] fields = [.. Enumerable.Repeat("3", 65)];
        string good = string.Join(',', fields);
        fields[column] = value;
        Assert.Equal(message, Failure(good + "\n" + string.Join(',', fields) + "\n"));
    }

    [Theory]
    [InlineData("", "d.csv is empty; a line a sample is wanted.")]
    [InlineData("\n", "d.csv, line 1: the line is empty; 64 pixels from 0 to 16 and the digit are wanted, with commas between.")]
    [InlineData("1,2,3\n", "d.csv, line 1: 3 values; 64 pixels from 0 to 16 and the digit are wanted, with commas between.")]
    [InlineData("1;2;3\n", "d.csv, line 1: 1 value; 64 pixels from 0 to 16 and the digit are wanted, with commas between.")]
    public void A_line_of_another_length_is_told(string text, string message) => Assert.Equal(message, Failure(text));

    [Fact]
    public void A_line_too_long_is_told() =>
        Assert.Equal(
            "d.csv, line 1: 66 values; 64 pixels from 0 to 16 and the digit are wanted, with commas between.",
            Failure(string.Join(',', Enumerable.Repeat("0", 66))));

    [Fact]
    public void Windows_line_ends_and_blanks_are_taken()
    {
        string line = string.Join(" , ", Enumerable.Repeat("8", 65));
        Samples digits = DigitFile.Read(new StringReader(line + "\r\n" + line), "d.csv");
        Assert.Equal(2, digits.Count);
        Assert.Equal(8, digits.Label(1));
        Assert.Equal(0.5f, digits.Input(1)[63]);
    }

    private static string Failure(string text) => Assert.Throws<InvalidDataException>(() => DigitFile.Read(new StringReader(text), "d.csv")).Message;
}
