using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Digits;
using Xunit;

namespace SampleTests;

/// <summary>The sample as its user calls it. One class, so that no two tests change the console at once.</summary>
public sealed class DigitsProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("digits").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_epoch_trains_saves_reloads_and_reports()
    {
        string weights = Path.Combine(_folder, "net.safetensors");
        string report = Path.Combine(_folder, "report.html");
        (int code, string output, string errors) = Run("--epochs", "1", "--seed", "7", "--threads", "1", "--save", weights, "--report", report);
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.True(File.Exists(weights));
        Assert.Contains("Conv2d3", output, StringComparison.Ordinal);
        Assert.Contains("1343 samples to train on, 454 to test on; seed 7, threads 1", output, StringComparison.Ordinal);
        Assert.Contains("which digit was read as which", output, StringComparison.Ordinal);
        Assert.Contains("saved " + weights + Environment.NewLine, output, StringComparison.Ordinal);
        Assert.Contains("reloaded: all 4540 test outputs have the same bits", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        Assert.Matches(@"epoch +1/1  loss \d\.\d{4}  accuracy 0\.\d{4}  test accuracy 0\.\d{4} +\d+ samples/s  0\.0 s left", output);
        double accuracy = double.Parse(Regex.Match(output, @"^test accuracy (0\.\d+)", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(accuracy, 0.8, 1);
        Holds(File.ReadAllText(report), accuracy);
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_for_one_thread_and_two()
    {
        byte[][] files = [.. new[] { "1", "2" }.Select(threads =>
        {
            string weights = Path.Combine(_folder, threads + ".safetensors");
            Assert.Equal(0, Run("--epochs", "1", "--threads", threads, "--save", weights).Code);
            return File.ReadAllBytes(weights);
        })];
        Assert.Equal(files[0], files[1]);
    }

    [Theory]
    [InlineData("--epochs", "0", "--epochs must be from 1 to 10000, but is 0.")]
    [InlineData("--threads", "65", "--threads must be from 1 to 64, but is 65.")]
    [InlineData("--seed", "x", "Cannot parse argument 'x' for option '--seed'")]
    public void A_wrong_option_is_told(string option, string value, string message)
    {
        (int code, _, string errors) = Run(option, value);
        Assert.Equal(1, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_told_in_one_line()
    {
        (int code, _, string errors) = Run("--epochs", "1", "--save", Path.Combine(_folder, "none", "net.safetensors"));
        Assert.Equal(1, code);
        Assert.Contains(Path.Combine(_folder, "none"), errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    /// <summary>The page is well-formed, holds what the console said, and asks for nothing from elsewhere.</summary>
    private static void Holds(string page, double accuracy)
    {
        foreach (string outside in (string[])["http", "<script", "<link", "url(", "@import", "href", "javascript:"])
            Assert.DoesNotContain(outside, page, StringComparison.OrdinalIgnoreCase);
        XElement root = XDocument.Parse(page).Root!;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{accuracy * 100:F2} %"), root.Value, StringComparison.Ordinal);
        Assert.Equal(4, root.Descendants("path").Count(path => ((string?)path.Attribute("class"))!.StartsWith("curve", StringComparison.Ordinal)));
        int wrong = root.Descendants("figure").Count();
        Assert.Equal(454 - (int)Math.Round(accuracy * 454), wrong);
        Assert.All(root.Descendants("img"), image => Assert.StartsWith("data:image/png;base64,", (string?)image.Attribute("src"), StringComparison.Ordinal));
        Assert.Equal(1 + 10 + 1, root.Descendants("table").Single(table => (string?)table.Attribute("class") == "confusion").Elements("tr").Count());
        Assert.Equal(454, root.Descendants("td").Where(cell => ((string?)cell.Attribute("class") ?? "").Split(' ')[0] is "right" or "wrong").Sum(cell => (int)cell));
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        TextWriter output = Console.Out;
        TextWriter errors = Console.Error;
        using StringWriter outputText = new();
        using StringWriter errorText = new();
        int threads = Dsl.Compute.Threads;
        Console.SetOut(outputText);
        Console.SetError(errorText);
        try
        {
            return (Program.Main(arguments), outputText.ToString(), errorText.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
            Dsl.Compute.Threads = threads;
        }
    }
}
