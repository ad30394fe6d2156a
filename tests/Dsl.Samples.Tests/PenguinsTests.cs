using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Penguins;
using Xunit;

namespace SampleTests;

[Collection(nameof(ConsoleRun))]
public sealed class PenguinsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("penguins").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_program_fits_scores_predicts_saves_and_loads_and_makes_a_page()
    {
        string path = Path.Combine(folder, "page.html");
        (int code, string output, string errors) = ConsoleRun.Of(arguments => Program.Main(arguments).GetAwaiter().GetResult(), "--report", path);
        Assert.True(code == 0, errors);
        Assert.Contains("344 penguins, 2 without a bill's length; seed 0", output, StringComparison.Ordinal);
        Assert.Contains("SpeciesNet.LearningRate  DeepAccuracy  deviation", output, StringComparison.Ordinal);
        Assert.Contains("SpeciesNet.LearningRate = 0.003: ", output, StringComparison.Ordinal);
        string[] predicted = [.. output.Split('\n').Where(line => line.Contains("Gentoo by the network", StringComparison.Ordinal))];
        Assert.Equal(2, predicted.Length);
        Assert.StartsWith("saved (SpeciesNet.safetensors, metadata.json, pipeline.safetensors), loaded:", predicted[1], StringComparison.Ordinal);
        Assert.Equal(predicted[0][predicted[0].IndexOf(": ", StringComparison.Ordinal)..], predicted[1][predicted[1].IndexOf("loaded: ", StringComparison.Ordinal)..]["loaded".Length..]);

        XElement page = XDocument.Parse(File.ReadAllText(path)).Root!;
        Assert.Contains(page.Descendants("svg"), picture => (string?)picture.Attribute("class") == "pipeline" && picture.Value.Contains("LogisticRegression1", StringComparison.Ordinal));
        Assert.Equal(2, page.Descendants("table").Count(table => ((string?)table.Attribute("class"))?.Contains("confusion", StringComparison.Ordinal) == true));
        Assert.Contains("IslandVector_Biscoe", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Most_of_the_penguins_that_were_held_back_are_recognised()
    {
        Penguin[] penguins = PenguinRun.Read(Path.Combine(AppContext.BaseDirectory, "penguins.csv"));
        Assert.Equal(11, penguins.Count(penguin => penguin.Sex is null));
        using SpeciesPipeline pipeline = SpeciesPipeline.Fit(penguins);
        Assert.All(ModelFigures.Of(pipeline.TestScores!), model => Assert.InRange(model.Accuracy, 0.94, 1));
    }

    [Fact]
    public void A_file_that_is_none_is_one_line()
    {
        (int code, _, string errors) = ConsoleRun.Of(arguments => Program.Main(arguments).GetAwaiter().GetResult(), "--data", Path.Combine(folder, "nowhere.csv"));
        Assert.Equal(1, code);
        Assert.Contains("nowhere.csv", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
