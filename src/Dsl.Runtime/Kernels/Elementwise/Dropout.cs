using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Dropout with Philox4x32-10 (see <see cref="Philox"/>) in vectors: a 64-bit lane holds a word of one counter in its lower half, for that is what
/// the widening multiplication reads. Two groups of counters go side by side, for a round waits long for its multiplication.
/// </summary>
internal static unsafe class Dropout
{
    private const int Rounds = 10;
    private const int Chunk = 1024;

    /// <summary>The most numbers that one iteration of <c>Factors</c> makes: chunks start and end at multiples of it.</summary>
    public const int Group = 64;

    /// <summary>y = x·1/(1 - probability) where kept, x·0 where dropped (so a NaN stays).</summary>
    public static void Run(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch)
    {
        PixelRuns runs = new(y.Layout, batch, x.Layout.IsContiguous && y.Layout.IsContiguous);
        Parts.Run(runs.Count, 4 * runs.Elements, new Work(in runs, in key, probability, in x, in y));
    }

    /// <summary>What to multiply by: 1/(1 - probability) or 0, for elements from a multiple of 4 on. Up to <see cref="Group"/> more than asked for are written.</summary>
    public static void Factors(in DropoutKey key, float probability, long firstElement, float* factors, int count)
        => Factors(in key, Threshold(probability), 1 / (1 - probability), (ulong)firstElement, factors, count);

    private static uint Threshold(float probability) => (uint)Math.Ceiling((double)probability * 4294967296.0);

    private readonly struct Work(in PixelRuns runs, in DropoutKey key, float probability, in TensorView x, in TensorView y) : IRowWork
    {
        private readonly PixelRuns runs = runs;
        private readonly DropoutKey key = key;
        private readonly float scale = 1 / (1 - probability);
        private readonly uint threshold = Threshold(probability);
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
        => VectorWidth.Run(new FactorsKernel(in key, threshold, scale, firstElement / 4, factors, count));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void Factors<V>(in DropoutKey key, uint threshold, float scale, ulong counter, float* factors, int count)
        where V : unmanaged, ISimd<V>
    {
        // Offsets of the counters: in even 64-bit lanes those that the lower interleave puts first, in odd ones the others.
        int counters = V.Count / 2;
        int* offsets = stackalloc int[V.Count];
        for (int lane = 0; lane < counters; lane++)
            offsets[2 * lane] = (lane >> 1) + (lane & 1) * (counters / 2);

        V offset0 = V.Load((float*)offsets);
        V offset1 = V.AddBits(offset0, V.CreateBits(counters));
        V multiplier0 = V.CreateBits(unchecked((int)Philox.Multiplier0));
        V multiplier1 = V.CreateBits(unchecked((int)Philox.Multiplier1));
        V limit = V.CreateBits(unchecked((int)threshold));
        V kept = V.Create(scale);
        for (int done = 0; done < count; done += 4 * V.Count, counter += (ulong)counters * 2)
        {
            uint key0 = (uint)key.Seed;
            uint key1 = (uint)(key.Seed >> 32);
            V low = V.CreateBits(unchecked((int)counter));
            V a0 = V.AddBits(low, offset0), b0 = V.AddBits(low, offset1);
            V a1 = V.CreateBits(unchecked((int)(counter >> 32))), b1 = a1;
            V a2 = V.CreateBits(unchecked((int)key.Layer)), b2 = a2;
            V a3 = V.CreateBits(unchecked((int)key.Step)), b3 = a3;
            for (int round = 0; round < Rounds; round++)
            {
                V k0 = V.CreateBits(unchecked((int)key0));
                V k1 = V.CreateBits(unchecked((int)key1));
                V productA0 = V.MultiplyLowHalves(multiplier0, a0), productB0 = V.MultiplyLowHalves(multiplier0, b0);
                V productA1 = V.MultiplyLowHalves(multiplier1, a2), productB1 = V.MultiplyLowHalves(multiplier1, b2);
                a0 = (a1 ^ k0) ^ V.HighHalves(productA1);
                b0 = (b1 ^ k0) ^ V.HighHalves(productB1);
                a2 = (a3 ^ k1) ^ V.HighHalves(productA0);
                b2 = (b3 ^ k1) ^ V.HighHalves(productB0);
                a1 = productA1;
                b1 = productB1;
                a3 = productA0;
                b3 = productB0;
                unchecked
                {
                    key0 += Philox.Weyl0;
                    key1 += Philox.Weyl1;
                }
            }

            StoreFactors(V.JoinLowHalves(a0, a1), V.JoinLowHalves(a2, a3), limit, kept, factors + done);
            StoreFactors(V.JoinLowHalves(b0, b1), V.JoinLowHalves(b2, b3), limit, kept, factors + done + 2 * V.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFactors<V>(V words01, V words23, V limit, V kept, float* factors)
        where V : unmanaged, ISimd<V>
    {
        V.ZeroWhere(V.BitsLessThan(V.InterleaveLower64(words01, words23), limit), kept).Store(factors);
        V.ZeroWhere(V.BitsLessThan(V.InterleaveUpper64(words01, words23), limit), kept).Store(factors + V.Count);
    }

    private readonly ref struct FactorsKernel(in DropoutKey key, uint threshold, float scale, ulong counter, float* factors, int count) : IWidthKernel
    {
        private readonly ref readonly DropoutKey key = ref key;
        private readonly uint threshold = threshold;
        private readonly float scale = scale;
        private readonly ulong counter = counter;
        private readonly float* factors = factors;
        private readonly int count = count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Factors<V>(in key, threshold, scale, counter, factors, count);
    }
}
