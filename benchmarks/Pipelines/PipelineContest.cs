using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Dsl.Benchmarks.Peers;

namespace Dsl.Benchmarks.Pipelines;

/// <summary>
/// Times both sides of a row by turns, each with every number of threads, so that whatever else the machine does falls on all. A fit takes from a fraction of a millisecond to minutes: a short
/// one is repeated until a measurement takes 20 ms, and what is compiled while it runs is waited for. There are five rounds after one that warms up; of a peer that takes longer as many as
/// fit into half a minute, at least that first one.
/// </summary>
internal sealed class PipelineContest(PipelineRow row, int[] threadCounts)
{
    private const int OurRounds = 5;
    private const double BudgetOfPeer = 30e6;
    private const double WarmUp = 500e3;
    private const double Measurement = 20e3;

    private readonly List<double>[] ours = Array.ConvertAll(threadCounts, _ => new List<double>());
    private readonly List<double>[] peers = Array.ConvertAll(threadCounts, _ => new List<double>());

    public PipelineRow Row => row;

    public double OurFigure { get; private set; } = double.NaN;

    public double PeerFigure { get; private set; } = double.NaN;

    /// <summary>How many rounds counted, ours and the peer's.</summary>
    public string Rounds => $"{ours[0].Count} / {peers[0].Count}";

    /// <summary>How many times as fast ours is with the most threads: the median over the rounds, each beside its neighbour.</summary>
    public double TimesAsFast
    {
        get
        {
            List<double> ratios = [];
            for (int round = 0; round < OurRounds; round++)
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
            int[] ourRepeats = Array.ConvertAll(threadCounts, threads => WarmedUp(own, threads));
            double[] first = Array.ConvertAll(processes, peer => peer is null ? double.NaN : Time(peer, 1));
            int[] peerRepeats = Array.ConvertAll(first, Repeats);
            double roundOfPeer = first.Zip(peerRepeats, (time, repeats) => time * repeats).Sum();
            int peerRounds = double.IsNaN(roundOfPeer) ? 0 : (int)Math.Min(OurRounds, BudgetOfPeer / roundOfPeer);
            for (int i = 0; peerRounds == 0 && i < first.Length; i++)
                peers[i].Add(first[i]);
            for (int round = 0; round < OurRounds; round++)
            {
                for (int i = 0; i < threadCounts.Length; i++)
                {
                    if (round < peerRounds)
                        peers[i].Add(Time(processes[i]!, peerRepeats[i]));
                    ours[i].Add(Time(own, threadCounts[i], ourRepeats[i]));
                }
            }

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

        return line.Append(CultureInfo.InvariantCulture, $" {TimesAsFast:F2} times as fast with the most, rounds {Rounds}").ToString();
    }

    /// <summary>How often a fit is repeated in a measurement. What takes long is not done for warmth alone.</summary>
    private static int Repeats(double microseconds) => microseconds < Measurement ? (int)Math.Ceiling(Measurement / microseconds) : 1;

    /// <summary>Fits until what is called often has been compiled for speed; how often a measurement repeats.</summary>
    private static int WarmedUp(OwnFit own, int threads)
    {
        OwnWorks.UseThreads(threads);
        long start = Stopwatch.GetTimestamp();
        double last;
        do
        {
            long before = Stopwatch.GetTimestamp();
            own.Fit();
            last = Stopwatch.GetElapsedTime(before).TotalMicroseconds;
        }
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < WarmUp);
        return Repeats(last);
    }

    private static double Time(OwnFit own, int threads, int repeats)
    {
        Settle();
        OwnWorks.UseThreads(threads);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
            own.Fit();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / repeats;
    }

    private static double Time(PeerProcess peer, int repeats)
    {
        Settle();
        return double.Parse(peer.Call("fit", repeats), CultureInfo.InvariantCulture);
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
