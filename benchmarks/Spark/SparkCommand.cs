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
    private const int WarmingRounds = 3;
    private const int Features = 64;
    private const long Numbers = 10_000_000;

    /// <summary>Gives the seconds that it took, and a result.</summary>
    private delegate (double Seconds, double Result) Work();

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
            Compare("score", rows, Score, [.. new[] { "predict_batch_udf", "pandas_udf", "arrow_udf" }.Select(name => (name, (Work)(() => peer.Run(name))))]);
            Compare("udf", Numbers, Distance, ("pandas_udf", () => peer.Run("udf")), ("copy", () => Time(Copy)));
            Compare("collect", Numbers, Collect, ("pyspark", () => peer.Run("collect")));
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

    /// <summary>Measures a work and its peers in rounds, in which each has its turn at going first: the JVM gets quicker for minutes, and all of them by the same.</summary>
    private static void Compare(string name, long rows, Func<double> ours, params (string Name, Work Run)[] peers)
    {
        Work[] works = [() => Time(ours), .. peers.Select(one => one.Run)];
        List<double>[] seconds = [.. works.Select(_ => new List<double>())];
        double[] results = new double[works.Length];
        for (int round = -WarmingRounds; round < Rounds; round++)
        {
            for (int turn = 0; turn < works.Length; turn++)
            {
                int which = (turn + round + WarmingRounds) % works.Length;
                (double took, results[which]) = works[which]();
                if (round >= 0)
                    seconds[which].Add(took);
            }
        }

        double[] us = [.. seconds.Select(one => 1e6 * one.Order().ElementAt(Rounds / 2) / rows)];
        for (int i = 0; i < peers.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | 2 | {us[0]:F4} | {peers[i].Name} | {us[i + 1]:F4} | {us[i + 1] / us[0]:F2} |"));
            if (peers[i].Name != "copy" && Math.Abs(results[0] - results[i + 1]) > 1e-4 * Math.Abs(results[i + 1]))
                Console.WriteLine($"The results differ: {results[0]} and {results[i + 1]}.");
        }
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
