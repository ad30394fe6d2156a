using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Dsl.Benchmarks.Machine;

namespace Dsl.Benchmarks.Peers;

/// <summary>
/// `scaling [names]`: our side alone, one thread and two by turns. `peers` measures its thread counts minutes apart, and what else the machine does then falls on one of them.
/// </summary>
internal static class ScalingCommand
{
    private const int Rounds = 25;
    private const double TargetMicroseconds = 120_000;

    public static int Run(string[] names)
    {
        string[] known = [.. OwnWorks.Rows.Where(r => r.Own is not null).Select(r => r.Name)];
        foreach (string name in names.Except(known))
        {
            Console.Error.WriteLine($"There is no row '{name}'. Rows: {string.Join(", ", known)}");
            return 2;
        }

        MachineReport.Print(Console.Out);
        if (Environment.ProcessorCount < 2)
        {
            Console.Error.WriteLine("This machine has one processor.");
            return 2;
        }

        Console.WriteLine();
        Console.WriteLine("| name | 1 thread us | 2 threads us | times as fast | quarter to quarter |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (PeerRow row in OwnWorks.Rows.Where(r => names.Length == 0 ? r.Name.EndsWith("-step", StringComparison.Ordinal) : names.Contains(r.Name)))
            Measure(row);
        return 0;
    }

    private static void Measure(PeerRow row)
    {
        OwnWork work = row.Own!();
        int iterations = Math.Max(1, (int)(TargetMicroseconds / Time(work, 2, 3)));
        var one = new List<double>();
        var two = new List<double>();
        var ratios = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            one.Add(Time(work, 1, iterations));
            two.Add(Time(work, 2, iterations));
            ratios.Add(one[^1] / two[^1]);
        }

        work.Release();
        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {row.Name} | {Contest.Median(one):G4} | {Contest.Median(two):G4} | {Contest.Median(ratios):F2} | {ratios[Rounds / 4]:F2} - {ratios[3 * Rounds / 4]:F2} |"));
    }

    /// <summary>Microseconds an iteration; a quarter as many go before, so that the threads sit where they will stay.</summary>
    private static double Time(OwnWork work, int threads, int iterations)
    {
        OwnWorks.UseThreads(threads);
        for (int i = 0; i <= iterations / 4; i++)
            work.Step();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < iterations; i++)
            work.Step();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / iterations;
    }
}
