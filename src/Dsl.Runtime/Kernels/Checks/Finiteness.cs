using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Looks for infinities and NaN.</summary>
internal static unsafe class Finiteness
{
    /// <summary>True when every interior element is finite.</summary>
    public static bool All(in TensorView x, int batch)
    {
        PixelRuns runs = new(x.Layout, batch, x.Layout.IsContiguous);
        for (int run = 0; run < runs.Count; run++)
        {
            float* start = runs.Start(in x, run);
            nint count = (nint)runs.Length(run) * x.Layout.Channels;
            if (!VectorWidth.Run<AllKernel, bool>(new(start, count)))
                return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool All<V>(float* x, nint count)
        where V : unmanaged, ISimd<V>
    {
        V largest = V.CreateBits(0x7F7FFFFF);
        V bad = V.Zero;
        for (nint i = 0; i < count; i += V.Count)
        {
            V value = Lanes.Load<V>(x + i, (int)Math.Min(V.Count, count - i));
            bad |= V.BitsLessThan(largest, VectorMath.Abs(value));
        }

        return !V.Any(bad);
    }

    private readonly struct AllKernel(float* x, nint count) : IWidthKernel<bool>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Run<V>()
            where V : unmanaged, ISimd<V>
            => All<V>(x, count);
    }
}
