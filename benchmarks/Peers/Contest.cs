using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace Dsl.Benchmarks.Peers;

/// <summary>Times both sides of a row by turns, so that whatever else the machine does falls on both.</summary>
internal sealed class Contest(PeerRow row, int threads)
{
    private const int Rounds = 5;
    private const double TargetMicroseconds = 80_000;

    private readonly List<double> peaks = [];
    private double ourBest = double.PositiveInfinity;
    private double peerBest = double.PositiveInfinity;

    public PeerRow Row => row;

    public int Threads => threads;

    /// <summary>The median of our rounds in the best meeting, in microseconds; NaN where nothing ran.</summary>
    public double OurMicroseconds => double.IsInfinity(ourBest) ? double.NaN : ourBest;

    /// <summary>Likewise the peer's: one process of it can be 15 % off the next with the same work.</summary>
    public double PeerMicroseconds => double.IsInfinity(peerBest) ? double.NaN : peerBest;

    /// <summary>The core's peak measured beside our rounds, in GFLOP/s.</summary>
    public double Peak => peaks.Count > 0 ? Median(peaks) : double.NaN;

    /// <summary>Runs the rounds of one meeting against a process of the peer, or alone where there is none.</summary>
    public void Meet(PeerProcess? peer)
    {
        peer = peer?.Has(row.Asked) == true ? peer : null;
        int peerIterations = peer is null ? 0 : Iterations(n => peer.Time(row.Asked, n) * n);
        int ourIterations = row.Own is null ? 0 : Iterations(TimeOurs);
        var theirs = new List<double>();
        var ours = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            if (peer is not null)
            {
                Settle();
                theirs.Add(peer.Time(row.Asked, peerIterations));
            }

            if (row.Own is not null)
            {
                Settle();
                ours.Add(TimeOurs(ourIterations) / ourIterations);
                if (row.MegaFlops > 0)
                    peaks.Add(Machine.FmaPeak.Widest());
            }
        }

        if (ours.Count > 0)
            ourBest = Math.Min(ourBest, Median(ours));
        if (theirs.Count > 0)
            peerBest = Math.Min(peerBest, Median(theirs));
    }

    public static double Median(List<double> values)
    {
        var sorted = new List<double>(values);
        sorted.Sort();
        int half = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// <summary>Pools spin for a while after their work (OpenBLAS for some 30 ms): the other side starts when they sleep.</summary>
    private void Settle() => Thread.Sleep(threads > 1 ? 60 : 3);

    private double TimeOurs(int iterations)
    {
        OwnWork work = row.Own!();
        for (int i = 0; i < Math.Min(3, iterations); i++)
            work.Step();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < iterations; i++)
            work.Step();
        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        work.Release();
        return microseconds;
    }

    /// <summary>How many iterations fill a measurement. Growing towards it also warms code and caches.</summary>
    private static int Iterations(Func<int, double> time)
    {
        int iterations = 1;
        while (true)
        {
            double microseconds = time(iterations);
            if (microseconds >= TargetMicroseconds / 2)
                return Math.Max(1, (int)Math.Round(iterations * TargetMicroseconds / microseconds));
            iterations = (int)Math.Min(iterations * 10L, Math.Max(iterations * 2L, (long)(iterations * TargetMicroseconds / Math.Max(microseconds, 1))));
        }
    }
}
