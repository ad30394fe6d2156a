using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Dsl.Package.Tests;

/// <summary>The packages with which a program uses Spark: the library with the small worker, and the worker with its own .NET.</summary>
public sealed class SparkPackageTests(SparkFeed feed) : IClassFixture<SparkFeed>
{
    private const string Program = """
        using Dsl;
        using Dsl.Spark.Executors;
        using Dsl.Spark.Sql;
        using static Dsl.Spark.Sql.Functions;

        Console.WriteLine($"worker: {(File.Exists(Path.Combine(AppContext.BaseDirectory, "dsl-spark-worker-linux-x64.tar.gz")) ? "own .NET" : "small")}");
        _ = SparkWorker.Default;
        if (Environment.GetEnvironmentVariable("SPARK_HOME") is null)
        {
            Console.WriteLine("no Spark");
            return;
        }

        string folder = args[0];
        await using var spark = await SparkSession.LocalAsync("local[2]", new Dictionary<string, string>
        {
            ["spark.driver.memory"] = "1g", ["spark.driver.extraJavaOptions"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", ["spark.local.dir"] = folder, ["spark.sql.warehouse.dir"] = folder,
        });
        using var net = new Larger(seed: 3);
        DataFrame table = spark.Range(0, 2000, 1, 2).Select(Col("id"), Expr("array(CAST(id AS FLOAT), 7F)").As("x"));
        DataFrame scored = table.Select(Udfs.Square(Col("id")).As("square"), Col("x"), net.Predict(Col("x")).As("y"));
        long sum = 0;
        int right = 0;
        float[] expected = new float[2];
        foreach (Row row in await scored.CollectAsync())
        {
            sum += row.Get<long>("square");
            net.Predict(row.Get<float[]>("x"), expected);
            right += row.Get<float[]>("y").Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) < 1e-4) ? 1 : 0;
        }

        Console.WriteLine($"sum {sum}, {right} as here");

        public static partial class Udfs
        {
            [SparkUdf] public static long Square(long x) => x * x;
        }

        [Model]
        [Input(2)]
        [Linear(16), ReLU, Linear(2)]
        [CrossEntropy, Adam(1e-2)]
        public partial class Larger;
        """;

    [Fact]
    public void The_library_travels_with_the_small_worker()
    {
        Assert.Equal(
            [
                "Dsl.Spark.nuspec", "README.md", "build/Dsl.Spark.targets", "buildTransitive/Dsl.Spark.targets", "lib/net10.0/Dsl.Spark.dll", "lib/net10.0/Dsl.Spark.xml",
                "tools/Dsl.Spark.Worker.dll", "tools/Dsl.Spark.Worker.runtimeconfig.json",
            ],
            FilesOf("Dsl.Spark"));
        string specification = SpecificationOf("Dsl.Spark");
        Assert.Contains("<dependency id=\"Dsl\" version=\"0.1.0\" include=\"All\" />", specification, StringComparison.Ordinal);
        foreach (string package in SparkFeed.Others)
            Assert.Contains($"<dependency id=\"{package}\"", specification, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worker_with_its_own_NET_is_one_archive()
    {
        if (!feed.HasRuntime)
            return;
        Assert.Equal(
            [
                "Dsl.Spark.Worker.linux-x64.nuspec", "README.md", "build/Dsl.Spark.Worker.linux-x64.targets", "buildTransitive/Dsl.Spark.Worker.linux-x64.targets",
                "tools/dsl-spark-worker-linux-x64.tar.gz",
            ],
            FilesOf("Dsl.Spark.Worker.linux-x64"));
        Assert.Contains("<dependency id=\"Dsl.Spark\" version=\"0.1.0\" include=\"All\" />", SpecificationOf("Dsl.Spark.Worker.linux-x64"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_project_runs_a_function_and_a_network_in_executors()
    {
        string package = feed.HasRuntime ? "Dsl.Spark.Worker.linux-x64" : "Dsl.Spark";
        DotNet run = await feed.Packages.Run(
            "Scoring", [package], "<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><TreatWarningsAsErrors>true</TreatWarningsAsErrors>", Program, "build", "-c", "Release", "-o", "out");
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.DoesNotContain("warning", run.Output, StringComparison.Ordinal);
        string folder = Path.Combine(feed.Packages.Root, "Scoring");
        DotNet scored = await DotNet.Run(folder, null, Path.Combine("out", "Scoring.dll"), Directory.CreateDirectory(Path.Combine(folder, "spark")).FullName);
        Assert.True(scored.ExitCode == 0, scored.Output);
        Assert.Contains(feed.HasRuntime ? "worker: own .NET" : "worker: small", scored.Output, StringComparison.Ordinal);
        Assert.Contains(SharedFolder.SparkMissing is null ? "sum 2664667000, 2000 as here" : "no Spark", scored.Output, StringComparison.Ordinal);
    }

    private List<string> FilesOf(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.Packages.PackageOf(package));
        string[] ofEveryPackage = ["_rels/", "package/", "[Content_Types].xml"];
        return [.. archive.Entries.Select(entry => entry.FullName).Where(name => !ofEveryPackage.Any(start => name.StartsWith(start, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
    }

    private string SpecificationOf(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.Packages.PackageOf(package));
        using StreamReader reader = new(archive.GetEntry(package + ".nuspec")!.Open());
        return reader.ReadToEnd();
    }
}

/// <summary>A feed with the packages for Spark, and those of others that they need.</summary>
public sealed class SparkFeed : IAsyncLifetime
{
    /// <summary>Packages of others.</summary>
    public static string[] Others { get; } = ["Google.Protobuf", "Polly.Core", "Spectre.Console"];

    /// <summary>The feed.</summary>
    public PackedFeed Packages { get; } = new();

    /// <summary>Whether there is a worker with its own .NET; without the runtime's package there is none.</summary>
    public bool HasRuntime { get; private set; }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (SharedFolder.SparkMissing is null)
            Environment.SetEnvironmentVariable("SPARK_HOME", SharedFolder.SparkHome);
        Task<string?> archive = PublishedWorker.ArchiveAsync();
        await Packages.InitializeAsync();
        await Packages.PackAsync("Dsl.Spark");
        foreach (string package in Others)
            Packages.Copy(package);
        HasRuntime = await archive is not null;
        if (HasRuntime)
            await Packages.PackAsync("Dsl.Spark.Worker.linux-x64");
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Packages.DisposeAsync();
}
