using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Benchmarks.Peers;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Benchmarks.Spark;

/// <summary>A session of ours and one of PySpark's on one real Spark, and tables for both.</summary>
internal sealed class BothSparks : IAsyncDisposable
{
    /// <summary>Numbers of a row of <see cref="Vectors"/>.</summary>
    public const int Features = 64;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-spark-benchmark-");
    private readonly DigitsMlp network = new(seed: 1);
    private LocalServer? server;
    private SparkSession? session;
    private PySpark? peer;

    private BothSparks()
    {
    }

    public SparkSession Session => session!;

    public PySpark Peer => peer!;

    /// <summary>Parquet of arrays x.</summary>
    public string Vectors => Path.Combine(folder.FullName, "vectors.parquet");

    /// <summary>Parquet of numbers x and y.</summary>
    public string Pairs => Path.Combine(folder.FullName, "pairs.parquet");

    /// <summary>Starts them; null, and says why, where something is missing.</summary>
    /// <param name="tasks">How many at once, and parts of the tables.</param>
    /// <param name="rows">Rows of <see cref="Vectors"/>.</param>
    /// <param name="numbers">Rows of <see cref="Pairs"/>.</param>
    public static async Task<BothSparks?> StartAsync(int tasks, long rows, long numbers)
    {
        if (PeerPlaces.SparkHome(out string? missing) is not { } home || PeerPlaces.OnnxRuntimePath(out missing) is not { } packages)
        {
            Console.WriteLine($"Nothing is measured: {missing}.");
            return null;
        }

        BothSparks both = new();
        try
        {
            await both.StartAsync(home, packages, tasks, rows, numbers);
            return both;
        }
        catch
        {
            await both.DisposeAsync();
            throw;
        }
    }

    public double Total(string table, Column column) =>
        Convert.ToDouble(Session.Read.Parquet(table).Select(column.As("s")).Agg(Sum(Col("s"))).Collect()[0].Values[0], CultureInfo.InvariantCulture);

    /// <summary>Labels of the vectors, summed.</summary>
    public double Score() => Total(Vectors, network.Classify(Col("x")).GetField("label"));

    /// <summary>Lengths of the pairs, summed.</summary>
    public double Distance() => Total(Pairs, BenchmarkUdfs.Distance(Col("x"), Col("y")));

    public async ValueTask DisposeAsync()
    {
        peer?.Dispose();
        if (session is not null)
            await session.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        network.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task StartAsync(string home, string packages, int tasks, long rows, long numbers)
    {
        string pythonPath = $"{packages}:{Path.Combine(home, "python")}";

        // The server's Python workers find their packages by it; our own worker does not look.
        Environment.SetEnvironmentVariable("PYTHONPATH", pythonPath);
        Dictionary<string, string> settings = new()
        {
            ["spark.driver.memory"] = "4g",
            ["spark.local.dir"] = folder.CreateSubdirectory("local").FullName,
            ["spark.sql.warehouse.dir"] = folder.CreateSubdirectory("warehouse").FullName,
            ["spark.sql.execution.arrow.maxRecordsPerBatch"] = "10000",
        };
        server = await LocalServer.StartAsync(home, $"local[{tasks.ToString(CultureInfo.InvariantCulture)}]", settings, CancellationToken.None);
        session = await SparkSession.ConnectAsync(server.ConnectionString);
        DataFrame made = session.Range(0, rows, 1, tasks);
        made.Select(Expr($"transform(sequence(0, {Features - 1}), i -> CAST(((id * 31 + i * i * 17) % 97) / 97.0 AS FLOAT)) AS x")).Write.Parquet(Vectors);
        session.Range(0, numbers, 1, tasks).Select(Expr("rand(1) AS x"), Expr("rand(2) AS y")).Write.Parquet(Pairs);
        string model = Path.Combine(folder.FullName, "mlp.onnx");
        network.ExportOnnx(model);
        peer = PySpark.Start(pythonPath, server.ConnectionString, Vectors, model, Pairs, numbers);
    }
}
