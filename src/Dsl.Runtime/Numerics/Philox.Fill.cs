using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <content>Many numbers at once.</content>
internal static partial class Philox
{
    /// <summary>How many numbers one round of the vector loop draws: two groups of four blocks.</summary>
    private const int WideCount = 32;

    /// <summary>Draws neighbouring numbers of a stream, each as 32 uniform bits; the same ones whatever the machine has.</summary>
    /// <param name="values">Where they go.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="firstBlock">The block of the first number: number i of the span is number 4·firstBlock + i of the stream.</param>
    public static void FillBits(Span<uint> values, ulong seed, ulong stream, ulong firstBlock)
    {
        int i = 0;
        if (Avx2.IsSupported)
        {
            for (; i + WideCount <= values.Length; i += WideCount)
            {
                FillWide(ref values[i], seed, stream, firstBlock);
                firstBlock += WideCount / 4;
            }
        }

        for (; i + 4 <= values.Length; i += 4)
            Block(seed, stream, firstBlock++, out values[i], out values[i + 1], out values[i + 2], out values[i + 3]);
        for (; i < values.Length; i++)
            values[i] = Bits(seed, stream, (firstBlock << 2) | (uint)(i & 3));
    }

    /// <summary>Draws neighbouring numbers of a stream, uniform in [0, 1).</summary>
    /// <inheritdoc cref="FillBits"/>
    public static void FillUniform(Span<float> values, ulong seed, ulong stream, ulong firstBlock)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        FillBits(bits, seed, stream, firstBlock);
        for (int i = 0; i < values.Length; i++)
            values[i] = ToUniform(bits[i]);
    }

    /// <summary>
    /// Eight blocks. Each 64-bit lane holds one word of one block in its lower half, which is all that the multiplication looks at: what the xors leave
    /// in the upper half does no harm until the words are put together. Two groups by turns hide the multiplication's latency.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillWide(ref uint destination, ulong seed, ulong stream, ulong firstBlock)
    {
        Vector256<ulong> multiplier0 = Vector256.Create((ulong)Multiplier0);
        Vector256<ulong> multiplier1 = Vector256.Create((ulong)Multiplier1);
        Vector256<ulong> a0 = Vector256.Create(firstBlock) + Vector256.Create(0UL, 1, 2, 3);
        Vector256<ulong> b0 = a0 + Vector256.Create(4UL);
        Vector256<ulong> a1 = a0 >>> 32;
        Vector256<ulong> b1 = b0 >>> 32;
        Vector256<ulong> a2 = Vector256.Create(stream);
        Vector256<ulong> b2 = a2;
        Vector256<ulong> a3 = a2 >>> 32;
        Vector256<ulong> b3 = a3;
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            Vector256<ulong> wideKey0 = Vector256.Create((ulong)key0);
            Vector256<ulong> wideKey1 = Vector256.Create((ulong)key1);
            Vector256<ulong> productA0 = Avx2.Multiply(multiplier0.AsUInt32(), a0.AsUInt32());
            Vector256<ulong> productB0 = Avx2.Multiply(multiplier0.AsUInt32(), b0.AsUInt32());
            Vector256<ulong> productA1 = Avx2.Multiply(multiplier1.AsUInt32(), a2.AsUInt32());
            Vector256<ulong> productB1 = Avx2.Multiply(multiplier1.AsUInt32(), b2.AsUInt32());
            a0 = (productA1 >>> 32) ^ a1 ^ wideKey0;
            b0 = (productB1 >>> 32) ^ b1 ^ wideKey0;
            a2 = (productA0 >>> 32) ^ a3 ^ wideKey1;
            b2 = (productB0 >>> 32) ^ b3 ^ wideKey1;
            a1 = productA1;
            b1 = productB1;
            a3 = productA0;
            b3 = productB0;
            unchecked
            {
                key0 += Weyl0;
                key1 += Weyl1;
            }
        }

        StoreBlocks(ref destination, a0, a1, a2, a3);
        StoreBlocks(ref Unsafe.Add(ref destination, WideCount / 2), b0, b1, b2, b3);
    }

    /// <summary>Four blocks of one word a vector to four words a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBlocks(ref uint destination, Vector256<ulong> word0, Vector256<ulong> word1, Vector256<ulong> word2, Vector256<ulong> word3)
    {
        Vector256<ulong> lower = Vector256.Create((ulong)uint.MaxValue);
        Vector256<ulong> words01 = (word0 & lower) | (word1 << 32);
        Vector256<ulong> words23 = (word2 & lower) | (word3 << 32);
        Vector256<ulong> even = Avx2.UnpackLow(words01, words23);
        Vector256<ulong> odd = Avx2.UnpackHigh(words01, words23);
        Avx2.Permute2x128(even, odd, 0x20).AsUInt32().StoreUnsafe(ref destination);
        Avx2.Permute2x128(even, odd, 0x31).AsUInt32().StoreUnsafe(ref destination, 8);
    }
}
