using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Dropout with Philox4x32-10 (see <see cref="Philox"/>) in vectors: a 64-bit lane holds a word of one counter in its lower half, for that is what
/// the widening multiplication reads. About 4 bits a cycle and lane: bound by the multiplications, not by memory.
/// </summary>
internal static unsafe class Dropout
{
    private const int Rounds = 10;
    private const int Chunk = 1024;

    // The most numbers that one iteration of Factors makes: chunks start and end at multiples of it.
    private const int Group = 32;

    /// <summary>y = x·1/(1 - probability) where kept, x·0 where dropped (so a NaN stays).</summary>
    public static void Run(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch)
    {
        PixelRuns runs = new(y.Layout, batch, x.Layout.IsContiguous && y.Layout.IsContiguous);
        Parts.Run(runs.Count, 4 * runs.Elements, new Work(in runs, in key, probability, in x, in y));
    }

    private readonly struct Work(in PixelRuns runs, in DropoutKey key, float probability, in TensorView x, in TensorView y) : IRowWork
    {
        private readonly PixelRuns runs = runs;
        private readonly DropoutKey key = key;
        private readonly float scale = 1 / (1 - probability);
        private readonly uint threshold = (uint)Math.Ceiling((double)probability * 4294967296.0);
        private readonly TensorView x = x;
        private readonly TensorView y = y;

        public void Run(int first, int end)
        {
            for (int run = first; run < end; run++)
            {
                Apply(in key, threshold, scale, (ulong)runs.FirstElement(run), runs.Start(in x, run), runs.Start(in y, run), (nint)runs.Length(run) * y.Layout.Channels);
                runs.ClearHaloAfter(in y, run);
            }
        }
    }

    [SkipLocalsInit]
    private static void Apply(in DropoutKey key, uint threshold, float scale, ulong firstElement, float* x, float* y, nint count)
    {
        float* factors = stackalloc float[Chunk + 2 * Group];
        nint done = 0;
        while (done < count)
        {
            ulong start = firstElement + (ulong)done;
            int skip = (int)(start % Group);
            int take = (int)Math.Min(Chunk, count - done);
            Factors(in key, threshold, scale, start - (ulong)skip, factors, skip + take);
            Elementwise.Run<Elementwise.Product>(x + done, factors + skip, y + done, take, 0);
            done += take;
        }
    }

    private static void Factors(in DropoutKey key, uint threshold, float scale, ulong firstElement, float* factors, int count)
    {
        if (VectorWidth.Is512)
        {
            Factors<Simd512>(in key, threshold, scale, firstElement / 4, factors, count);
        }
        else if (VectorWidth.Is256)
        {
            Factors<Simd256>(in key, threshold, scale, firstElement / 4, factors, count);
        }
        else
        {
            Factors<Simd128>(in key, threshold, scale, firstElement / 4, factors, count);
        }
    }

    // The counters' low words: in even 64-bit lanes those that the lower interleave puts first, in odd ones the others.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Factors<V>(in DropoutKey key, uint threshold, float scale, ulong counter, float* factors, int count)
        where V : unmanaged, ISimd<V>
    {
        uint* low = stackalloc uint[V.Count];
        int half = V.Count / 4;
        V multiplier0 = V.CreateBits(unchecked((int)Philox.Multiplier0));
        V multiplier1 = V.CreateBits(unchecked((int)Philox.Multiplier1));
        V limit = V.CreateBits(unchecked((int)threshold));
        V kept = V.Create(scale);
        for (int done = 0; done < count; done += 2 * V.Count, counter += (ulong)V.Count / 2)
        {
            for (int lane = 0; lane < V.Count / 2; lane++)
            {
                low[2 * lane] = (uint)counter + (uint)((lane >> 1) + (lane & 1) * half);
            }

            uint key0 = (uint)key.Seed;
            uint key1 = (uint)(key.Seed >> 32);
            V c0 = V.Load((float*)low);
            V c1 = V.CreateBits((int)(counter >> 32));
            V c2 = V.CreateBits((int)key.Layer);
            V c3 = V.CreateBits((int)key.Step);
            for (int round = 0; round < Rounds; round++)
            {
                V product0 = V.MultiplyLowHalves(multiplier0, c0);
                V product1 = V.MultiplyLowHalves(multiplier1, c2);
                c0 = V.HighHalves(product1) ^ c1 ^ V.CreateBits((int)key0);
                c2 = V.HighHalves(product0) ^ c3 ^ V.CreateBits((int)key1);
                c1 = product1;
                c3 = product0;
                unchecked
                {
                    key0 += Philox.Weyl0;
                    key1 += Philox.Weyl1;
                }
            }

            V words01 = V.JoinLowHalves(c0, c1);
            V words23 = V.JoinLowHalves(c2, c3);
            V.ZeroWhere(V.BitsLessThan(V.InterleaveLower64(words01, words23), limit), kept).Store(factors + done);
            V.ZeroWhere(V.BitsLessThan(V.InterleaveUpper64(words01, words23), limit), kept).Store(factors + done + V.Count);
        }
    }
}
