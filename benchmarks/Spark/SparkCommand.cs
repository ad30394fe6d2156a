using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using Dsl.Benchmarks.Machine;
using Dsl.Spark.Arrow;
using Dsl.Spark.Sql;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Benchmarks.Spark;

/// <summary>`spark [rows]`: C# in executors beside PySpark's functions, on one real Spark of two tasks, by turns.</summary>
internal static class SparkCommand
{
    private const int Rounds = 5;
    private const long Numbers = 10_000_000;

    public static int Run(string[] arguments)
    {
        MachineReport.Print(Console.Out);
        long rows = arguments.Length > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        return RunAsync(rows).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(long rows)
    {
        await using BothSparks? both = await BothSparks.StartAsync(tasks: 2, rows, Numbers);
        if (both is null)
            return 1;
        SparkSession spark = both.Session;
        PySpark peer = both.Peer;
        Console.WriteLine($"Spark {spark.Version}, local[2]; {rows:N0} rows of array<float> x {BothSparks.Features}, {Numbers:N0} numbers; medians of {Rounds} by turns");
        double Copy() => both.Total(both.Pairs, BenchmarkUdfs.First(Col("x"), Col("y")));
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
            Compare("score", rows, both.Score, name, () => peer.Run(name));
        Compare("udf", Numbers, both.Distance, "pandas_udf", () => peer.Run("udf"));
        Compare("udf", Numbers, both.Distance, "copy", () => Time(Copy));
        Compare("collect", Numbers, Collect, "pyspark", () => peer.Run("collect"));
        return 0;
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
}
