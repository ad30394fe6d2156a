using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
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
    private const int WarmingRounds = 3;
    private const long Numbers = 10_000_000;

    /// <summary>Gives the seconds that it took, and a result.</summary>
    private delegate (double Seconds, double Result) Work();

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
        string[] scorers = ["predict_batch_udf", "pandas_udf", "arrow_udf"];
        Compare("score", rows, both.Score, [.. scorers.Select(name => (name, (Work)(() => peer.Run(name))))]);
        Compare("udf", Numbers, both.Distance, ("pandas_udf", () => peer.Run("udf")), ("copy", () => Time(Copy)));
        Compare("collect", Numbers, Collect, ("pyspark", () => peer.Run("collect")));
        return 0;
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
}
