using System;
using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>
/// Learning rates of step t, counted from 0, of N in all. N = 0 says that N is unknown: the rate then stays as after the warm-up. Steps beyond
/// the last have the last one's rate, or for <see cref="Cosine"/> and <see cref="WarmupLinear"/> what it falls to.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Schedule
{
    /// <summary>The rate times <paramref name="factor"/> after every <paramref name="everyEpochs"/> epochs.</summary>
    /// <param name="rate">The optimizer's rate.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="stepsPerEpoch">How many steps an epoch has; 0: unknown, the rate stays.</param>
    /// <param name="everyEpochs">After how many epochs the rate changes, at least 1.</param>
    /// <param name="factor">What it is multiplied by.</param>
    public static double StepDecay(double rate, long step, long stepsPerEpoch, int everyEpochs, double factor) =>
        stepsPerEpoch <= 0 ? rate : rate * Math.Pow(factor, step / stepsPerEpoch / everyEpochs);

    /// <summary>rate·(t+1)/W while t &lt; W, then half a cosine from the rate down to <paramref name="finalRate"/> at t = N.</summary>
    /// <param name="rate">The optimizer's rate.</param>
    /// <param name="step">The step t, from 0.</param>
    /// <param name="totalSteps">How many steps N there are; 0: unknown.</param>
    /// <param name="warmupSteps">How many steps W the rate rises for; 0: none.</param>
    /// <param name="finalRate">The rate at the end.</param>
    public static double Cosine(double rate, long step, long totalSteps, long warmupSteps, double finalRate)
    {
        if (step < warmupSteps)
            return Warmup(rate, step, warmupSteps);
        if (totalSteps <= 0)
            return rate;
        return step >= totalSteps
            ? finalRate
            : Anneal(rate, finalRate, (double)(step - warmupSteps) / (totalSteps - warmupSteps));
    }

    /// <summary>rate·(t+1)/W while t &lt; W, then rate·(N - t)/(N - W).</summary>
    /// <param name="rate">The optimizer's rate.</param>
    /// <param name="step">The step t, from 0.</param>
    /// <param name="totalSteps">How many steps N there are; 0: unknown.</param>
    /// <param name="warmupSteps">How many steps W the rate rises for.</param>
    public static double WarmupLinear(double rate, long step, long totalSteps, long warmupSteps)
    {
        if (step < warmupSteps)
            return Warmup(rate, step, warmupSteps);
        if (totalSteps <= 0)
            return rate;
        return step >= totalSteps ? 0 : rate * (totalSteps - step) / (totalSteps - warmupSteps);
    }

    /// <summary>
    /// PyTorch's OneCycleLR with its defaults, without momentum cycling: half a cosine from maxRate/25 up to maxRate over the first 30 % of the steps,
    /// half a cosine down to maxRate/25/10⁴ over the rest (L. N. Smith, N. Topin: Super-convergence, 2018).
    /// </summary>
    /// <param name="maxRate">The rate at the top.</param>
    /// <param name="step">The step t, from 0.</param>
    /// <param name="totalSteps">How many steps N there are; 0: unknown, the rate is <paramref name="maxRate"/>.</param>
    public static double OneCycle(double maxRate, long step, long totalSteps)
    {
        const double RisingShare = 0.3;
        const double StartDivisor = 25;
        const double EndDivisor = 1e4;
        if (totalSteps <= 0)
            return maxRate;
        double start = maxRate / StartDivisor;
        double end = start / EndDivisor;
        double top = (RisingShare * totalSteps) - 1;
        double last = totalSteps - 1;
        if (step >= last)
            return end;
        return step <= top ? Anneal(start, maxRate, step / top) : Anneal(maxRate, end, (step - top) / (last - top));
    }

    private static double Warmup(double rate, long step, long warmupSteps) => rate * (step + 1) / warmupSteps;

    /// <summary>Half a cosine from one rate (share 0) to another (share 1).</summary>
    private static double Anneal(double from, double to, double share) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * share)));
}
