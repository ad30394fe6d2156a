using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>The example of the language's page, fitted and used.</summary>
public sealed class SpeciesRunTests
{
    private const string Drive = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using Dsl;
        public static class Driver
        {
            public static Penguin[] Rows(int count)
            {
                Random random = new(7);
                string[] islands = ["Biscoe", "Dream", "Torgersen"];
                return [.. Enumerable.Range(0, count).Select(i =>
                {
                    int species = i % 3;
                    double? Measured(double mean, double deviation) => random.Next(20) == 0 ? null : mean + (deviation * (random.NextDouble() - 0.5));
                    return new Penguin(
                        i % 5 == 0 ? null : "male", islands[(species + (i % 4 == 0 ? 1 : 0)) % 3], Measured(39 + (4 * species), 3), Measured(15 + species, 1), Measured(3700 + (500 * species), 400),
                        new[] { "Adelie", "Chinstrap", "Gentoo" }[species], "tag" + i);
                })];
            }

            public static SpeciesPipeline Fit(int count = 240) => SpeciesPipeline.Fit(Rows(count));

            public static (double Deep, double Linear) Scored()
            {
                using SpeciesPipeline pipeline = Fit();
                return (pipeline.TestScores!.DeepAccuracy, pipeline.TestScores.LinearF1);
            }

            public static string[] Conforms()
            {
                using SpeciesPipeline pipeline = Fit();
                Penguin[] rows = Rows(2500);
                string[] deep = ["DeepProbability"];
                return [.. pipeline.Transform(rows).SelectMany((row, i) => Comparing.Differences(i, pipeline.Predict(rows[i]), row, 1e-9, deep))];
            }

            public static string[] Loaded()
            {
                using SpeciesPipeline pipeline = Fit();
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                try
                {
                    pipeline.Save(folder);
                    using SpeciesPipeline loaded = SpeciesPipeline.Load(folder);
                    string[] differences = [.. Rows(40).SelectMany((row, i) => Comparing.Differences(i, pipeline.Predict(row), loaded.Predict(row), 0))];
                    return [.. differences, .. pipeline.Summary() == loaded.Summary() ? Array.Empty<string>() : ["summary"], .. Equals(pipeline.TestScores, loaded.TestScores) ? Array.Empty<string>() : ["scores"]];
                }
                finally
                {
                    Directory.Delete(folder, true);
                }
            }

            public static (long Predicted, long Row) Allocated()
            {
                using SpeciesPipeline pipeline = Fit();
                Penguin row = Rows(1)[0];
                SpeciesPipeline.OutputRow made = pipeline.Predict(row);
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 100; i++)
                    made = pipeline.Predict(row);
                long predicted = GC.GetAllocatedBytesForCurrentThread() - before;
                before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 100; i++)
                    made = made with { };
                return (predicted / 100, (GC.GetAllocatedBytesForCurrentThread() - before) / 100);
            }

            public static (string Summary, string Way) Texts()
            {
                using SpeciesPipeline pipeline = Fit();
                return (pipeline.Summary(), pipeline.Explain(Rows(1)[0]));
            }

            public static (int Rows, double Accuracy) Read(string file)
            {
                string copy = Path.GetTempFileName();
                try
                {
                    string[] lines = File.ReadAllLines(file);
                    File.WriteAllLines(copy, [lines[0].Replace("_mm", "").Replace("_g", "") + ",tag", .. lines.Skip(1).Select(line => line + ",x")]);
                    using SpeciesPipeline pipeline = SpeciesPipeline.Fit(SpeciesPipeline.ReadCsv(copy));
                    return (SpeciesPipeline.ReadCsv(copy).Count(), pipeline.TestScores!.LinearF1);
                }
                finally
                {
                    File.Delete(copy);
                }
            }

            public static string Wrong()
            {
                using SpeciesPipeline pipeline = Fit();
                Penguin[] rows = Rows(100);
                rows[77] = rows[77] with { Island = "Elsewhere" };
                try
                {
                    pipeline.Transform(rows).Count();
                    return "";
                }
                catch (PipelineException error)
                {
                    return error.Message;
                }
            }
        }
        """;

    private static readonly Lazy<Type> Driver = new(() => Fitted.Driver("using Dsl;\n" + SpeciesTests.Source, Drive));

    [Fact]
    public void Models_know_species_of_rows_that_were_held_back()
    {
        (double deep, double linear) = Call<(double, double)>("Scored");
        Assert.InRange(deep, 0.9, 1);
        Assert.InRange(linear, 0.9, 1);
    }

    [Fact]
    public void Batches_give_what_rows_give() => Assert.Empty(Call<string[]>("Conforms"));

    [Fact]
    public void What_was_saved_predicts_the_same_bits() => Assert.Empty(Call<string[]>("Loaded"));

    [Fact]
    public void A_row_allocates_its_record_and_one_array()
    {
        (long predicted, long row) = Call<(long, long)>("Allocated");
        const int Header = 24;
        const int Elements = 2 + 6 + 6 + 3 + 3;
        Assert.Equal(row + Header + (Elements * sizeof(double)), predicted);
    }

    [Fact]
    public void It_tells_its_stages_and_a_rows_way()
    {
        (string summary, string way) = Call<(string, string)>("Texts");
        Assert.Contains("StandardScaler1      Raw → Features (vector of 6)", summary, StringComparison.Ordinal);
        Assert.Contains("fitted on 192 rows", summary, StringComparison.Ordinal);
        Assert.Equal(
            ["Imputer1", "StringIndexer1", "StringIndexer2", "OneHotEncoder1", "Map1", "VectorAssembler1", "StandardScaler1", "LogisticRegression1", "SpeciesNet", "IndexToString1"],
            way.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void A_row_that_cannot_be_taken_is_named()
    {
        string message = Call<string>("Wrong");
        Assert.StartsWith("Row 77: StringIndexer2 knows 3 texts", message, StringComparison.Ordinal);
        Assert.Contains("but got 'Elsewhere'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Penguins_of_the_file_are_told_apart()
    {
        string file = Path.Combine(Repository(), "tests", "fixtures", "mllib", "penguins.csv");
        (int rows, double score) = ((int, double))Driver.Value.GetMethod("Read")!.Invoke(null, [file])!;
        Assert.Equal(344, rows);
        Assert.InRange(score, 0.95, 1);
    }

    private static T Call<T>(string method) => (T)Driver.Value.GetMethod(method)!.Invoke(null, [])!;

    private static string Repository([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", ".."));
}
