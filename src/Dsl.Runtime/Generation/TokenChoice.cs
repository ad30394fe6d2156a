using System;

namespace Dsl.Runtime;

/// <summary>
/// Chooses an id by its logits: softmax at a temperature, cut to the likeliest ids (top-k: Fan, Lewis, Dauphin, "Hierarchical neural story generation", 2018; top-p: Holtzman et
/// al., "The curious case of neural text degeneration", 2020). Allocates nothing once made.
/// </summary>
internal sealed class TokenChoice(int vocabulary)
{
    private readonly double[] weights = new double[vocabulary];

    // The order of a logit in the upper half, falling; the id in the lower, so that of equal ones the lower comes first.
    private readonly ulong[] order = new ulong[vocabulary];

    /// <summary>The id.</summary>
    /// <param name="logits">One an id, all finite.</param>
    /// <param name="options">Checked ones.</param>
    /// <param name="uniform">The draw, in [0, 1).</param>
    public int Choose(ReadOnlySpan<float> logits, GenerateOptions options, double uniform)
    {
        int best = Metrics.ArgMax(logits);
        if (options.Temperature == 0)
            return best;
        double sum = 0;
        for (int i = 0; i < logits.Length; i++)
            sum += weights[i] = Math.Exp(((double)logits[i] - logits[best]) / options.Temperature);
        bool isCut = (options.TopK > 0 && options.TopK < logits.Length) || options.TopP < 1;
        return isCut ? DrawOfLikeliest(logits, options, uniform, sum) : Draw(uniform * sum, best);
    }

    private int Draw(double at, int best)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            at -= weights[i];
            if (at < 0)
                return i;
        }

        // Rounding has left a rest behind the last one.
        return best;
    }

    private int DrawOfLikeliest(ReadOnlySpan<float> logits, GenerateOptions options, double uniform, double sum)
    {
        for (int i = 0; i < order.Length; i++)
        {
            // Bits of floats rise with them once the negative ones are turned over; -0 counts as 0.
            uint bits = BitConverter.SingleToUInt32Bits(logits[i] + 0f);
            uint rising = (bits & 0x80000000) == 0 ? bits | 0x80000000 : ~bits;
            order[i] = ((ulong)~rising << 32) | (uint)i;
        }

        order.AsSpan().Sort();
        int count = order.Length;
        if (options.TopK > 0 && options.TopK < count)
        {
            count = options.TopK;
            sum = 0;
            for (int i = 0; i < count; i++)
                sum += weights[(int)(uint)order[i]];
        }

        double reached = 0;
        int kept = 0;
        while (kept < count && (kept == 0 || reached < options.TopP * sum))
            reached += weights[(int)(uint)order[kept++]];
        double at = uniform * reached;
        for (int i = 0; i < kept; i++)
        {
            at -= weights[(int)(uint)order[i]];
            if (at < 0)
                return (int)(uint)order[i];
        }

        return (int)(uint)order[0];
    }
}
