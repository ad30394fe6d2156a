using System.Numerics;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime.Kernels;

/// <summary>Counts binary decisions that meet their targets. Comparisons and a count of bits, on one thread: it reads what the loss reads next.</summary>
internal static unsafe class TargetsMet
{
    /// <summary>How many logits are above 0 exactly where their target is at least one half.</summary>
    public static long Count(float* logits, float* targets, long count)
    {
        Vector256<float> half = Vector256.Create(0.5f);
        long met = 0;
        long i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> said = Vector256.GreaterThan(Vector256.Load(logits + i), Vector256<float>.Zero);
            Vector256<float> wanted = Vector256.GreaterThanOrEqual(Vector256.Load(targets + i), half);
            met += Vector256<float>.Count - BitOperations.PopCount((said ^ wanted).ExtractMostSignificantBits());
        }

        for (; i < count; i++)
            met += Choice.IsMet(logits[i], targets[i]) ? 1 : 0;
        return met;
    }

    /// <summary>Likewise over the own steps of each sample.</summary>
    public static long CountOfSteps(float* logits, float* targets, int* lengths, int steps, int features, int batch)
    {
        long met = 0;
        for (int n = 0; n < batch; n++)
        {
            long start = (long)n * steps * features;
            met += Count(logits + start, targets + start, (long)lengths[n] * features);
        }

        return met;
    }
}
