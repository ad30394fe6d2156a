using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using Dsl.Benchmarks.Peers;

namespace Dsl.Benchmarks.Pipelines;

/// <summary>
/// Times both sides of a row by turns, each with every number of threads, so that whatever else the machine does falls on all. A fit takes from milliseconds to minutes: there are as many
/// rounds as fit into half a minute, up to five after one that warms up; of what takes longer that first round counts.
/// </summary>
internal sealed class PipelineContest(PipelineRow row, int[] threadCounts)
{
    private const int MostRounds = 5;
    private const double BudgetMicroseconds = 30e6;

    private readonly List<double>[] ours = Array.ConvertAll(threadCounts, _ => new List<double>());
    private readonly List<double>[] peers = Array.ConvertAll(threadCounts, _ => new List<double>());

    public PipelineRow Row => row;

    public double OurFigure { get; private set; } = double.NaN;

    public double PeerFigure { get; private set; } = double.NaN;

    /// <summary>How many rounds counted.</summary>
    public int Rounds => ours[0].Count;

    /// <summary>How many times as fast ours is with the most threads: the median over the rounds, each beside its neighbour.</summary>
    public double TimesAsFast
    {
        get
        {
            List<double> ratios = [];
            for (int round = 0; round < Rounds; round++)
                ratios.Add(ours[0][round] / ours[^1][round]);
            return Median(ratios);
        }
    }

    public double OurMicroseconds(int threads) => Median(ours[threads]);

    public double PeerMicroseconds(int threads) => Median(peers[threads]);

    /// <summary>Runs all rounds.</summary>
    /// <param name="folder">Where the peer's files go.</param>
    /// <param name="announce">Say who the peer is.</param>
    public void Run(string folder, bool announce)
    {
        BenchData data = row.Data();
        data.Share(folder);
        string module = Path.Combine(folder, row.Name.Replace('-', '_') + ".py");
        File.WriteAllText(module, row.Python);
        OwnFit own = row.Own(data);
        PeerProcess?[] processes = Array.ConvertAll(threadCounts, threads => Start(threads, [Path.Combine(folder, data.Name), module], announce && threads == 1));
        try
        {
            double first = Round(own, processes);
            int rounds = (int)Math.Min(MostRounds, BudgetMicroseconds / first);
            if (rounds > 0)
            {
                foreach (List<double> times in (IEnumerable<List<double>>)[.. ours, .. peers])
                    times.Clear();
            }

            for (int round = 0; round < rounds; round++)
                Round(own, processes);
            OurFigure = own.Figure();
            if (processes[0] is { } peer)
                PeerFigure = double.Parse(peer.Call("figure"), CultureInfo.InvariantCulture);
        }
        finally
        {
            foreach (PeerProcess? process in processes)
                process?.Dispose();
        }

        Console.WriteLine(Line());
    }

    /// <summary>What is known of the row, while others still run.</summary>
    private string Line()
    {
        StringBuilder line = new(row.Name + ":");
        for (int i = 0; i < threadCounts.Length; i++)
        {
            double own = OurMicroseconds(i);
            line.Append(CultureInfo.InvariantCulture, $" threads {threadCounts[i]}: {own / 1000:F1} ms beside {PeerMicroseconds(i) / 1000:F1} ms ({PeerMicroseconds(i) / own:F2});");
        }

        return line.Append(CultureInfo.InvariantCulture, $" {TimesAsFast:F2} times as fast with the most, {Rounds} rounds").ToString();
    }

    private double Round(OwnFit own, PeerProcess?[] processes)
    {
        double sum = 0;
        for (int i = 0; i < threadCounts.Length; i++)
        {
            Settle();
            if (processes[i] is { } peer)
                peers[i].Add(double.Parse(peer.Call("once"), CultureInfo.InvariantCulture));
            Settle();
            OwnWorks.UseThreads(threadCounts[i]);
            long start = Stopwatch.GetTimestamp();
            own.Fit();
            ours[i].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            sum += ours[i][^1] + (processes[i] is null ? 0 : peers[i][^1]);
        }

        return sum;
    }

    private static PeerProcess? Start(int threads, string[] arguments, bool announce)
    {
        PeerProcess? peer = PeerProcess.Start("sklearn_peer.py", threads, null, arguments, out string? missing);
        if (announce)
            Console.WriteLine(peer is not null ? peer.Description : $"scikit-learn is missing ({missing}): its rows show ours only (Debian: python3-sklearn, libopenblas0-pthread).");
        return peer;
    }

    private static double Median(List<double> values) => values.Count == 0 ? double.NaN : Contest.Median(values);

    /// <summary>Pools spin for a while after their work, and garbage of the last fit is nobody's business in the next.</summary>
    private static void Settle()
    {
        GC.Collect();
        Thread.Sleep(60);
    }
}
