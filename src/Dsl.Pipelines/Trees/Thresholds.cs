using System;
using System.Collections.Generic;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Trees;

/// <summary>
/// Where a feature's values are cut, as Spark MLlib cuts those of its sample: at the midpoints of neighbouring values, all of them where they are few, else those at which the weight that
/// lies below is nearest to an even share.
/// </summary>
internal static class Thresholds
{
    /// <summary>The thresholds, ascending.</summary>
    /// <param name="ranked">The values, finite.</param>
    /// <param name="bins">The most bins.</param>
    public static double[] Of(RankedValues ranked, int bins)
    {
        int different = ranked.FewestDifferent;
        if (different <= bins)
        {
            different = 0;
            for (int at = 0; at < ranked.Count && different <= bins; at = ranked.EndOfRun(at))
                different++;
        }

        return different <= bins ? All(ranked) : Even(ranked, bins);
    }

    /// <summary>The thresholds of values that count by their weights.</summary>
    /// <param name="values">The values, finite.</param>
    /// <param name="weights">Weight of each; one of 0 is none.</param>
    /// <param name="bins">The most bins.</param>
    public static double[] Of(double[] values, double[] weights, int bins) => Of(Runs(values, weights), bins);

    private static double[] All(RankedValues ranked)
    {
        List<double> thresholds = [];
        for (int at = ranked.EndOfRun(0); at < ranked.Count; at = ranked.EndOfRun(at))
            thresholds.Add((ranked[at - 1] + ranked[at]) / 2);
        return [.. thresholds];
    }

    /// <summary>As many rows lie below a value as its first rank: only the ranks about the even shares are looked at.</summary>
    private static double[] Even(RankedValues ranked, int bins)
    {
        List<double> thresholds = [];
        double stride = (double)ranked.Count / bins;
        double target = stride;
        for (int at = ranked.EndOfRun(0); at < ranked.Count;)
        {
            // While what lies below is no more than wanted, the next cut is nearer.
            int near = (int)Math.Min(target, ranked.Count) - 1;
            if (near > at)
                at = Math.Max(at, ranked.StartOfRun(near));
            int end = ranked.EndOfRun(at);
            if (Math.Abs(at - target) < Math.Abs(end - target))
            {
                thresholds.Add((ranked[at - 1] + ranked[at]) / 2);
                target += stride;
            }

            at = end;
        }

        return [.. thresholds];
    }

    private static double[] Of(List<(double Value, double Weight)> runs, int bins)
    {
        double total = 0;
        foreach ((_, double weight) in runs)
            total += weight;
        List<double> thresholds = [];
        double stride = total / bins;
        double target = stride;
        double seen = runs.Count > 0 ? runs[0].Weight : 0;
        for (int i = 1; i < runs.Count; i++)
        {
            double before = seen;
            seen += runs[i].Weight;
            if (runs.Count > bins && Math.Abs(before - target) >= Math.Abs(seen - target))
                continue;
            thresholds.Add((runs[i - 1].Value + runs[i].Value) / 2);
            target += stride;
        }

        return [.. thresholds];
    }

    /// <summary>The different values, ascending; zero only where it has weight, as MLlib knows of zeros by the weight that other values lack.</summary>
    private static List<(double Value, double Weight)> Runs(double[] values, double[] weights)
    {
        values = [.. values];
        double[] own = [.. weights];
        Array.Sort(values, own);
        List<(double Value, double Weight)> runs = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (own[i] == 0 && values[i] == 0)
                continue;
            if (runs.Count > 0 && runs[^1].Value == values[i])
                runs[^1] = (values[i], runs[^1].Weight + own[i]);
            else
                runs.Add((values[i], own[i]));
        }

        return runs;
    }
}
