using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime;

/// <summary>
/// Philox4x32-10, a counter-based random generator (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC 2011).
/// A number is a pure function of (seed, stream, index), so no state is kept, any part can be drawn on any thread, and a resumed run draws
/// what an uninterrupted one does. The seed is the key; the 128-bit counter holds the index of a block (low half) and the stream (high half).
/// </summary>
/// <remarks>
/// A block is four 32-bit words. Number <c>i</c> of a stream is word <c>i &amp; 3</c> of block <c>i &gt;&gt; 2</c>, whatever method draws it.
/// </remarks>
internal static partial class Philox
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;

    /// <summary>The stream of one purpose and one owner: streams of different purposes or owners share no number.</summary>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="owner">Which parameter, layer or epoch they are for: 0 to 2⁵⁶-1.</param>
    public static ulong Stream(RandomPurpose purpose, ulong owner) => ((ulong)purpose << 56) | (owner & 0x00FF_FFFF_FFFF_FFFF);

    /// <summary>Draws block <paramref name="index"/> of a stream: four independent uniform 32-bit words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(ulong seed, ulong stream, ulong index, out uint word0, out uint word1, out uint word2, out uint word3)
    {
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        uint c0 = (uint)index;
        uint c1 = (uint)(index >> 32);
        uint c2 = (uint)stream;
        uint c3 = (uint)(stream >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c1 = (uint)product1;
            c3 = (uint)product0;
            unchecked
            {
                key0 += Weyl0;
                key1 += Weyl1;
            }
        }

        word0 = c0;
        word1 = c1;
        word2 = c2;
        word3 = c3;
    }

    /// <summary>Number <paramref name="index"/> of a stream as 32 uniform bits.</summary>
    public static uint Bits(ulong seed, ulong stream, ulong index)
    {
        Block(seed, stream, index >> 2, out uint word0, out uint word1, out uint word2, out uint word3);
        return (index & 3) switch { 0 => word0, 1 => word1, 2 => word2, _ => word3 };
    }

    /// <summary>Number <paramref name="index"/> of a stream, uniform in [0, 1): the upper 24 bits divided by 2²⁴, so every value is exact.</summary>
    public static float Uniform(ulong seed, ulong stream, ulong index) => ToUniform(Bits(seed, stream, index));

    /// <summary>32 bits to a uniform number in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToUniform(uint bits) => (bits >> 8) * (1f / (1 << 24));

    /// <summary>A whole number in 0..<paramref name="bound"/>-1 from block <paramref name="index"/> of a stream.</summary>
    /// <remarks>The upper half of a 64-bit word times the bound: no value is more than 2⁻³² likelier than another.</remarks>
    public static int Below(int bound, ulong seed, ulong stream, ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        Block(seed, stream, index, out uint word0, out uint word1, out _, out _);
        return (int)Math.BigMul(((ulong)word1 << 32) | word0, (ulong)bound, out _);
    }
}
