using System;
using System.Buffers.Binary;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Randomness;

/// <summary>Spark's XORShiftRandom (Marsaglia, Xorshift RNGs, 2003: 21, 35, 4), with its hashed seeds.</summary>
internal sealed class XorShiftRandom(long seed) : JavaRandom(seed)
{
    private const int ArraySeed = 0x3c074a61;

    private ulong state = HashOf(seed);

    /// <summary>Begins another row of numbers.</summary>
    public void Begin(long seed) => state = HashOf(seed);

    protected override int Next(int bits)
    {
        state ^= state << 21;
        state ^= state >> 35;
        state ^= state << 4;
        return unchecked((int)(uint)(state & ((1UL << bits) - 1)));
    }

    private static ulong HashOf(long seed)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seed);
        int low = Murmur3.Hash(bytes, ArraySeed);
        return ((ulong)(uint)Murmur3.Hash(bytes, low) << 32) | (uint)low;
    }
}
