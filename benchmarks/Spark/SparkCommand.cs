using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Benchmarks.Machine;
using Dsl.Benchmarks.Peers;
using Dsl.Spark.Arrow;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Benchmarks.Spark;

/// <summary>`spark [rows]`: C# in executors beside PySpark's functions, on one real Spark of two tasks, by turns.</summary>
internal static class SparkCommand
{
    private const int Rounds = 5;
    private const int Features = 64;
    private const long Numbers = 10_000_000;

    public static int Run(string[] arguments)
    {
        MachineReport.Print(Console.Out);
        if (PeerPlaces.SparkHome(out string? missing) is not { } home || PeerPlaces.OnnxRuntimePath(out missing) is not { } packages)
        {
            Console.WriteLine($"Nothing is measured: {missing}.");
            return 1;
        }

        long rows = arguments.Length > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        RunAsync(home, packages, rows).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task RunAsync(string home, string packages, long rows)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-spark-benchmark-");
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
        try
        {
            await using LocalServer server = await LocalServer.StartAsync(home, "local[2]", settings, CancellationToken.None);
            await using SparkSession spark = await SparkSession.ConnectAsync(server.ConnectionString);
            Console.WriteLine($"Spark {spark.Version}, local[2]; {rows:N0} rows of array<float> x {Features}, {Numbers:N0} numbers; medians of {Rounds} by turns");
            string vectors = Path.Combine(folder.FullName, "vectors.parquet");
            string pairs = Path.Combine(folder.FullName, "pairs.parquet");
            DataFrame made = spark.Range(0, rows, 1, 2);
            made.Select(Expr($"transform(sequence(0, {Features - 1}), i -> CAST(((id * 31 + i * i * 17) % 97) / 97.0 AS FLOAT)) AS x")).Write.Parquet(vectors);
            spark.Range(0, Numbers, 1, 2).Select(Expr("rand(1) AS x"), Expr("rand(2) AS y")).Write.Parquet(pairs);
            using DigitsMlp network = new(seed: 1);
            string model = Path.Combine(folder.FullName, "mlp.onnx");
            network.ExportOnnx(model);
            using PySpark peer = PySpark.Start(pythonPath, server.ConnectionString, vectors, model, pairs, Numbers);

            double Total(DataFrame table, Column column) => Convert.ToDouble(table.Select(column.As("s")).Agg(Sum(Col("s"))).Collect()[0].Values[0], CultureInfo.InvariantCulture);
            double Score() => Total(spark.Read.Parquet(vectors), network.Classify(Col("x")).GetField("label"));
            double Distance() => Total(spark.Read.Parquet(pairs), BenchmarkUdfs.Distance(Col("x"), Col("y")));
            double Copy() => Total(spark.Read.Parquet(pairs), BenchmarkUdfs.First(Col("x"), Col("y")));
            double Collect()
            {
                long count = 0;
                Task counting = CountAsync();
                counting.GetAwaiter().GetResult();
                return count;

                async Task CountAsync()
                {
                    await foreach (RecordBatch batch in spark.Range(0, Numbers, 1, 2).Select(Col("id").Cast("double").As("v")).ToBatchesAsync())
                        count += batch.Columns[0].Values<double>().Length;
                }
            }

            Console.WriteLine();
            Console.WriteLine("| name | threads | ours us | peer | peer us | ratio |");
            Console.WriteLine("|---|---|---|---|---|---|");
            foreach (string name in new[] { "predict_batch_udf", "pandas_udf", "arrow_udf" })
                Compare("score", rows, Score, name, () => peer.Run(name));
            Compare("udf", Numbers, Distance, "pandas_udf", () => peer.Run("udf"));
            Compare("udf", Numbers, Distance, "copy", () => Time(Copy));
            Compare("collect", Numbers, Collect, "pyspark", () => peer.Run("collect"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (double Seconds, double Result) Time(Func<double> work)
    {
        long start = Stopwatch.GetTimestamp();
        double result = work();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, result);
    }

    private static void Compare(string name, long rows, Func<double> ours, string peerName, Func<(double Seconds, double Result)> peer)
    {
        List<double> own = [];
        List<double> others = [];
        (double, double) results = default;
        for (int round = -1; round < Rounds; round++)
        {
            // The first round starts workers and lets the JIT finish; then the two take turns at going first.
            (double Seconds, double Result) first = round % 2 == 0 ? Time(ours) : peer();
            (double Seconds, double Result) second = round % 2 == 0 ? peer() : Time(ours);
            (double mine, double theirs) = round % 2 == 0 ? (first.Seconds, second.Seconds) : (second.Seconds, first.Seconds);
            results = round % 2 == 0 ? (first.Result, second.Result) : (second.Result, first.Result);
            if (round < 0)
                continue;
            own.Add(mine);
            others.Add(theirs);
        }

        own.Sort();
        others.Sort();
        double us = 1e6 * own[own.Count / 2] / rows;
        double peerUs = 1e6 * others[others.Count / 2] / rows;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | 2 | {us:F4} | {peerName} | {peerUs:F4} | {peerUs / us:F2} |"));
        if (peerName != "copy" && Math.Abs(results.Item1 - results.Item2) > 1e-4 * Math.Abs(results.Item2))
            Console.WriteLine($"The results differ: {results.Item1} and {results.Item2}.");
    }

    /// <summary>PySpark in a process of its own, on the same server.</summary>
    private sealed class PySpark(Process process) : IDisposable
    {
        public static PySpark Start(string pythonPath, params object[] arguments)
        {
            ProcessStartInfo start = new("python3") { RedirectStandardInput = true, RedirectStandardOutput = true };
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Spark", "pyspark_peer.py"));
            foreach (object argument in arguments)
                start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
            start.Environment["PYTHONPATH"] = pythonPath;
            PySpark peer = new(Process.Start(start)!);
            return peer.process.StandardOutput.ReadLine() == "ready" ? peer : throw new InvalidOperationException("PySpark did not start; its errors stand above.");
        }

        private readonly Process process = process;

        public (double Seconds, double Result) Run(string work)
        {
            process.StandardInput.WriteLine(work);
            process.StandardInput.Flush();
            string[] answer = (process.StandardOutput.ReadLine() ?? "failed the process ended").Split(' ', 2);
            return answer[0] != "failed"
                ? (double.Parse(answer[0], CultureInfo.InvariantCulture), double.Parse(answer[1], CultureInfo.InvariantCulture))
                : throw new InvalidOperationException($"PySpark, {work}: {answer[1]}");
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
