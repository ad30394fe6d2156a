using System;

namespace Dsl.Runtime.Kernels;

/// <summary>What is done with the steps of sequences of unequal length: all bound by memory.</summary>
internal static unsafe class Sequences
{
    /// <summary>lengths[n] = steps of sample n without the run of padding at its end, at least 1.</summary>
    public static void Lengths(int* ids, int padding, int* lengths, int steps, int batch)
    {
        for (int n = 0; n < batch; n++)
        {
            int length = new ReadOnlySpan<int>(ids + ((nint)n * steps), steps).LastIndexOfAnyExcept(padding) + 1;
            lengths[n] = Math.Max(length, 1);
        }
    }

    /// <summary>y[n] = x[n, lengths[n] - 1]; lengths null: the last step.</summary>
    public static void LastStep(float* x, int* lengths, float* y, int steps, int features, int batch)
    {
        for (int n = 0; n < batch; n++)
        {
            float* last = x + ((((nint)n * steps) + Last(lengths, n, steps)) * features);
            new ReadOnlySpan<float>(last, features).CopyTo(new Span<float>(y + ((nint)n * features), features));
        }
    }

    /// <summary>dx[n, lengths[n] - 1] = dy[n], 0 elsewhere.</summary>
    public static void LastStepBackward(int* lengths, float* dy, float* dx, int steps, int features, int batch) =>
        Parts.Run(batch, (long)steps * features, new LastStepGradient(lengths, dy, dx, steps, features));

    private static int Last(int* lengths, int n, int steps) => (lengths == null ? steps : lengths[n]) - 1;

    private readonly struct LastStepGradient(int* lengths, float* dy, float* dx, int steps, int features) : IRowWork
    {
        private readonly int* lengths = lengths;
        private readonly float* dy = dy;
        private readonly float* dx = dx;

        public void Run(int first, int end)
        {
            for (int n = first; n < end; n++)
            {
                float* sample = dx + ((nint)n * steps * features);
                nint before = (nint)Last(lengths, n, steps) * features;
                Clear(sample, before);
                new ReadOnlySpan<float>(dy + ((nint)n * features), features).CopyTo(new Span<float>(sample + before, features));
                Clear(sample + before + features, ((nint)steps * features) - before - features);
            }
        }

        private static void Clear(float* start, nint count) => System.Runtime.InteropServices.NativeMemory.Clear(start, (nuint)count * sizeof(float));
    }
}
