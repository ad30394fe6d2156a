using System;
using System.Buffers.Binary;
using System.IO;
using System.Numerics;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// SHA-256 (FIPS 180-4), HMAC (RFC 2104) and PBKDF2 (RFC 8018) over it. .NET's own want OpenSSL, which Spark's executors need not have, and there a pipeline's files are checked and its masks
/// computed; tests hold them equal to .NET's.
/// </summary>
internal sealed class Sha256
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    private const int Block = 64;

    private static readonly uint[] First = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private static readonly uint[] Round =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
        0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
        0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
        0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
        0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] state = (uint[])First.Clone();
    private readonly byte[] waiting = new byte[Block];
    private long length;

    /// <summary>The hash of bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> bytes)
    {
        Sha256 hash = new();
        hash.Append(bytes);
        byte[] result = new byte[Size];
        hash.Finish(result);
        return result;
    }

    /// <summary>The hash of what a stream still has.</summary>
    public static byte[] HashData(Stream bytes)
    {
        Sha256 hash = new();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = bytes.Read(buffer)) > 0)
            hash.Append(buffer.AsSpan(0, read));
        byte[] result = new byte[Size];
        hash.Finish(result);
        return result;
    }

    /// <summary>The code of bytes under a key.</summary>
    /// <param name="key">Any number of bytes.</param>
    /// <param name="bytes">What it is the code of.</param>
    /// <param name="code">Gets 32 bytes.</param>
    public static void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, Span<byte> code)
    {
        (Sha256 inner, Sha256 outer) = Keyed(key);
        inner.Append(bytes);
        inner.Finish(code);
        outer.Append(code[..Size]);
        outer.Finish(code);
    }

    /// <summary>A key stretched so that guessing it is slow; at most 32 bytes.</summary>
    public static byte[] Pbkdf2(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, int iterations, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Size);
        (Sha256 inner, Sha256 outer) = Keyed(key);
        Span<byte> code = stackalloc byte[Size];
        Sha256 hash = new();
        hash.Take(inner);
        hash.Append(salt);
        hash.Append([0, 0, 0, 1]);
        hash.Finish(code);
        Outer(code);
        byte[] result = code.ToArray();
        for (int i = 1; i < iterations; i++)
        {
            hash.Take(inner);
            hash.Append(code);
            hash.Finish(code);
            Outer(code);
            for (int j = 0; j < Size; j++)
                result[j] ^= code[j];
        }

        return result[..bytes];

        void Outer(Span<byte> code)
        {
            hash.Take(outer);
            hash.Append(code);
            hash.Finish(code);
        }
    }

    /// <summary>Goes on with further bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        int held = (int)(length % Block);
        length += bytes.Length;
        if (held > 0)
        {
            int taken = Math.Min(Block - held, bytes.Length);
            bytes[..taken].CopyTo(waiting.AsSpan(held));
            bytes = bytes[taken..];
            if (held + taken < Block)
                return;
            Compress(waiting);
        }

        for (; bytes.Length >= Block; bytes = bytes[Block..])
            Compress(bytes[..Block]);
        bytes.CopyTo(waiting);
    }

    /// <summary>Ends it.</summary>
    /// <param name="hash">Gets 32 bytes.</param>
    public void Finish(Span<byte> hash)
    {
        long bits = length * 8;
        int held = (int)(length % Block);
        Span<byte> padding = stackalloc byte[2 * Block];
        padding.Clear();
        padding[0] = 0x80;
        int size = (held < Block - 8 ? Block : 2 * Block) - held;
        BinaryPrimitives.WriteInt64BigEndian(padding[(size - 8)..], bits);
        Append(padding[..size]);
        for (int i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash[(4 * i)..], state[i]);
    }

    /// <summary>What stands before the bytes of a code under a key, and before their hash.</summary>
    public static (Sha256 Inner, Sha256 Outer) Keyed(ReadOnlySpan<byte> key)
    {
        Span<byte> block = stackalloc byte[Block];
        block.Clear();
        if (key.Length > Block)
            HashData(key).CopyTo(block);
        else
            key.CopyTo(block);
        Sha256 inner = new();
        Sha256 outer = new();
        for (int i = 0; i < Block; i++)
            block[i] ^= 0x36;
        inner.Append(block);
        for (int i = 0; i < Block; i++)
            block[i] ^= 0x36 ^ 0x5c;
        outer.Append(block);
        return (inner, outer);
    }

    /// <summary>Goes back to where another stands, behind whole blocks.</summary>
    public void Take(Sha256 other)
    {
        other.state.CopyTo(state, 0);
        length = other.length;
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[Block];
        for (int i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        for (int i = 16; i < Block; i++)
        {
            uint before = words[i - 15];
            uint last = words[i - 2];
            uint low = BitOperations.RotateRight(before, 7) ^ BitOperations.RotateRight(before, 18) ^ (before >> 3);
            uint high = BitOperations.RotateRight(last, 17) ^ BitOperations.RotateRight(last, 19) ^ (last >> 10);
            words[i] = unchecked(words[i - 16] + low + words[i - 7] + high);
        }

        (uint a, uint b, uint c, uint d, uint e, uint f, uint g, uint h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (int i = 0; i < Block; i++)
        {
            uint sum1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint one = unchecked(h + sum1 + ((e & f) ^ (~e & g)) + Round[i] + words[i]);
            uint sum0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint two = unchecked(sum0 + ((a & b) ^ (a & c) ^ (b & c)));
            (h, g, f, e, d, c, b, a) = (g, f, e, unchecked(d + one), c, b, a, unchecked(one + two));
        }

        Span<uint> added = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < state.Length; i++)
            state[i] = unchecked(state[i] + added[i]);
    }
}
