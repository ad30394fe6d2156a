using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Dsl.Spark.Tests.Streaming;

/// <summary>The sample SparkScoring as its user calls it.</summary>
[Collection(SparkCollection.Name)]
public sealed class ScoringSampleTests(RealSpark spark)
{
    [FactWithSpark]
    public void It_reads_on_the_cluster_what_it_reads_here_and_every_digit_once()
    {
        (int code, string output, string errors) = Run("--spark", spark.ConnectionString, "--folder", spark.NewFolder(), "--epochs", "1", "--seed", "2");
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Contains("batch: 1797 digits scored in", output, StringComparison.Ordinal);
        Assert.Contains("started again from its checkpoint (the same stream)", output, StringComparison.Ordinal);
        string[][] rows = [.. output.Split('\n').Select(line => line.Split('│', StringSplitOptions.TrimEntries)).Where(cells => cells.Length > 6 && cells[2] is "held out" or "of training").Select(cells => cells[1..^1])];
        Assert.Equal(["here", "Spark, batch", "Spark, stream"], rows.Select(cells => cells[0]).Distinct());
        foreach (IGrouping<string, string[]> group in rows.GroupBy(cells => cells[1]))
        {
            Assert.Equal(3, group.Count());
            string count = group.Key == "held out" ? "454" : "1343";
            Assert.All(group, cells => Assert.Equal([count, count], cells[2..4]));
            Assert.Single(group.Select(cells => cells[4] + " " + cells[5]).Distinct());
            Assert.InRange(double.Parse(group.First()[4], System.Globalization.CultureInfo.InvariantCulture), 0.7, 1);
        }
    }

    [Fact]
    public void Without_a_Spark_it_says_in_one_line_how_to_get_one()
    {
        (int code, string output, string errors) = Run();
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("set SPARK_HOME to its folder, or name a Spark Connect server by --spark", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "SparkScoring.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("SPARK_HOME");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
