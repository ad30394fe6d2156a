using System;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>What is done with the steps of sequences of unequal length: all bound by memory.</summary>
internal static unsafe class Sequences
{
    /// <summary>lengths[n] = steps of sample n without the run of padding at its end, at least 1.</summary>
    public static void Lengths(int* ids, int padding, int* lengths, int steps, int batch)
    {
        for (int n = 0; n < batch; n++)
            lengths[n] = Length(new ReadOnlySpan<int>(ids + ((nint)n * steps), steps), padding);
    }

    /// <summary>Steps of one sample without the run of padding at its end, at least 1.</summary>
    public static int Length(ReadOnlySpan<int> ids, int padding) => Math.Max(1, ids.LastIndexOfAnyExcept(padding) + 1);

    /// <summary>y[n] = x[n, lengths[n] - 1] in the first features, x[n, 0] in the others; lengths null: the last step.</summary>
    public static void LastStep(float* x, int* lengths, float* y, int steps, int features, int forward, int batch)
    {
        for (int n = 0; n < batch; n++, x += (nint)steps * features, y += features)
        {
            Copy(x + ((nint)Last(lengths, n, steps) * features), y, forward);
            Copy(x + forward, y + forward, features - forward);
        }
    }

    /// <summary>dx = dy where the values came from, 0 elsewhere.</summary>
    public static void LastStepBackward(int* lengths, float* dy, float* dx, int steps, int features, int forward, int batch) =>
        Parts.Run(batch, (long)steps * features, new LastStepGradient(lengths, dy, dx, steps, features, forward));

    private static int Last(int* lengths, int n, int steps) => (lengths == null ? steps : lengths[n]) - 1;

    private static void Copy(float* from, float* to, int count) => new ReadOnlySpan<float>(from, count).CopyTo(new Span<float>(to, count));

    private readonly struct LastStepGradient(int* lengths, float* dy, float* dx, int steps, int features, int forward) : IRowWork
    {
        private readonly int* lengths = lengths;
        private readonly float* dy = dy;
        private readonly float* dx = dx;

        public void Run(int first, int end)
        {
            for (int n = first; n < end; n++)
            {
                float* sample = dx + ((nint)n * steps * features);
                float* gradient = dy + ((nint)n * features);
                NativeMemory.Clear(sample, (nuint)steps * (nuint)features * sizeof(float));
                Copy(gradient, sample + ((nint)Last(lengths, n, steps) * features), forward);
                Copy(gradient + forward, sample + forward, features - forward);
            }
        }
    }
}
