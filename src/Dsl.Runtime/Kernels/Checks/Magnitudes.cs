using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Dsl.Runtime.Kernels;

/// <summary>Largest magnitudes, compared as bits: so a NaN is above infinity, and infinity above every number. One pass, nothing stored.</summary>
internal static unsafe class Magnitudes
{
    // Values that a part takes at a time.
    private const int Block = 4096;

    /// <summary>The largest magnitude; 0 of none.</summary>
    public static float Largest(float* x, long count)
    {
        int largest = 0;
        Parts.Run((int)((count + Block - 1) / Block), Block, new Work(x, count, &largest));
        return BitConverter.Int32BitsToSingle(largest);
    }

    /// <summary>The first value that is not finite; -1 where there is none. For what is rare: one value after the other.</summary>
    public static long FirstNonFinite(float* x, long count)
    {
        for (long i = 0; i < count; i++)
        {
            if (!float.IsFinite(x[i]))
                return i;
        }

        return -1;
    }

    private static int Largest(float* x, nint count) => VectorWidth.Run<LargestKernel, int>(new(x, count));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Largest<V>(float* x, nint count)
        where V : unmanaged, ISimd<V>
    {
        V a = V.Zero, b = V.Zero, c = V.Zero, d = V.Zero;
        nint i = 0;
        for (; i <= count - 4 * V.Count; i += 4 * V.Count)
        {
            a = Larger(a, V.Load(x + i));
            b = Larger(b, V.Load(x + i + V.Count));
            c = Larger(c, V.Load(x + i + 2 * V.Count));
            d = Larger(d, V.Load(x + i + 3 * V.Count));
        }

        for (; i < count; i += V.Count)
            a = Larger(a, Lanes.Load<V>(x + i, (int)Math.Min(V.Count, count - i)));

        a = Larger(Larger(a, b), Larger(c, d));
        int* lanes = stackalloc int[V.Count];
        a.Store((float*)lanes);
        int largest = 0;
        for (int lane = 0; lane < V.Count; lane++)
            largest = Math.Max(largest, lanes[lane]);

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Larger<V>(V largest, V x)
        where V : unmanaged, ISimd<V>
        => V.MaxBits(largest, VectorMath.Abs(x));

    private readonly struct Work(float* x, long count, int* largest) : IRowWork
    {
        private readonly float* x = x;
        private readonly long count = count;
        private readonly int* largest = largest;

        public void Run(int first, int end)
        {
            long start = (long)first * Block;
            int mine = Largest(x + start, (nint)(Math.Min((long)end * Block, count) - start));
            int known = Volatile.Read(ref *largest);
            while (mine > known)
            {
                int before = Interlocked.CompareExchange(ref *largest, mine, known);
                if (before == known)
                    return;

                known = before;
            }
        }
    }

    private readonly struct LargestKernel(float* x, nint count) : IWidthKernel<int>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Run<V>()
            where V : unmanaged, ISimd<V>
            => Largest<V>(x, count);
    }
}
