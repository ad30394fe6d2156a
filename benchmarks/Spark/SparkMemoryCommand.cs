using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Benchmarks.Machine;

namespace Dsl.Benchmarks.Spark;

/// <summary>
/// `spark-memory [rows]`: memory of executors' workers with four tasks at once, the most over a run: all resident pages of our one process, those that it shares with any other .NET included,
/// beside those of PySpark's processes together, of which each counts its share (proportional set size): they are forks of one. And ours after each of some further runs: it has to stay.
/// </summary>
internal static class SparkMemoryCommand
{
    private const int Tasks = 4;
    private const int Runs = 8;
    private const string Mark = "DSL_SPARK_MEMORY";

    public static int Run(string[] arguments)
    {
        MachineReport.Print(Console.Out);

        // Only what this process's Spark has started inherits it.
        Environment.SetEnvironmentVariable(Mark, Guid.NewGuid().ToString());
        long rows = arguments.Length > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 10_000_000;
        return RunAsync(rows).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(long rows)
    {
        await using BothSparks? both = await BothSparks.StartAsync(Tasks, rows / 10, rows);
        if (both is null)
            return 1;
        Console.WriteLine($"Spark {both.Session.Version}, local[{Tasks}]; {rows:N0} numbers, {rows / 10:N0} rows of array<float> x {BothSparks.Features}");
        Console.WriteLine();
        Console.WriteLine("| name | threads | ours MB | peer | peer MB | ours / peer |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Compare("udf", () => both.Distance(), "pandas_udf", () => both.Peer.Run("udf"));
        Compare("score", () => both.Score(), "predict_batch_udf", () => both.Peer.Run("predict_batch_udf"));
        Console.WriteLine();
        Console.WriteLine("| run | rows so far | ours MB, most | ours MB, behind it |");
        Console.WriteLine("|---|---|---|---|");
        for (int run = 1; run <= Runs; run++)
        {
            double most = Most(isPython: false, () => both.Distance());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {run} | {(run + 1) * rows} | {most:F1} | {Megabytes(isPython: false):F1} |"));
        }

        return 0;
    }

    private static void Compare(string name, Action ours, string peerName, Action peer)
    {
        double own = Most(isPython: false, ours);
        double others = Most(isPython: true, peer);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Tasks} | {own:F1} | {peerName} | {others:F1} | {own / others:F2} |"));
    }

    /// <summary>The most that workers had while something was done.</summary>
    private static double Most(bool isPython, Action work)
    {
        double most = 0;
        using CancellationTokenSource done = new();
        Thread watching = new(() =>
        {
            while (!done.Token.WaitHandle.WaitOne(50))
                most = Math.Max(most, Megabytes(isPython));
        });
        watching.Start();
        work();
        done.Cancel();
        watching.Join();
        return most;
    }

    private static double Megabytes(bool isPython) => Workers(isPython).Sum(process => PagesOf(process, isPython ? "Pss:" : "Rss:")) / 1024.0;

    /// <summary>Processes that this process's Spark started in place of Python, or as Python.</summary>
    private static IEnumerable<string> Workers(bool isPython)
    {
        string mark = $"{Mark}={Environment.GetEnvironmentVariable(Mark)}";
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])))
        {
            string command = Read(Path.Combine(process, "cmdline"));
            if (command.Contains("pyspark.daemon", StringComparison.Ordinal) && command.Contains("python", StringComparison.Ordinal) == isPython
                && Read(Path.Combine(process, "environ")).Contains(mark, StringComparison.Ordinal))
            {
                yield return process;
            }
        }
    }

    /// <summary>Kilobytes.</summary>
    private static long PagesOf(string process, string kind)
    {
        string? line = Read(Path.Combine(process, "smaps_rollup")).Split('\n').FirstOrDefault(one => one.StartsWith(kind, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.Latin1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
