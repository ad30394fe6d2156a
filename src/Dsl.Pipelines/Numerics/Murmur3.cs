using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Dsl.Pipelines.Numerics;

/// <summary>MurmurHash3, x86, 32 bits (Austin Appleby), as Spark MLlib's HashingTF uses it; and Scala's form of it, which seeds Spark's generators.</summary>
internal static class Murmur3
{
    /// <summary>The seed of HashingTF and FeatureHasher.</summary>
    public const int HashingSeed = 42;

    private const uint C1 = 0xcc9e2d51;
    private const uint C2 = 0x1b873593;

    /// <summary>The hash of bytes: the last one to three go in as in the standard.</summary>
    public static int Hash(ReadOnlySpan<byte> bytes, int seed)
    {
        uint hash = (uint)seed;
        int whole = bytes.Length & ~3;
        for (int i = 0; i < whole; i += 4)
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]));
        uint tail = 0;
        for (int i = bytes.Length - 1; i >= whole; i--)
            tail = (tail << 8) | bytes[i];
        if (bytes.Length > whole)
            hash ^= Scramble(tail);
        return (int)Finish(hash, bytes.Length);
    }

    /// <summary>The element of a vector of so many that bytes fall on: the remainder, never negative.</summary>
    public static int Bucket(ReadOnlySpan<byte> bytes, int size)
    {
        int remainder = Hash(bytes, HashingSeed) % size;
        return remainder < 0 ? remainder + size : remainder;
    }

    private static uint Mix(uint hash, uint block) => (BitOperations.RotateLeft(hash ^ Scramble(block), 13) * 5) + 0xe6546b64;

    private static uint Scramble(uint block) => BitOperations.RotateLeft(block * C1, 15) * C2;

    private static uint Finish(uint hash, int length)
    {
        hash ^= (uint)length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
