using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Simd = System.Numerics.Vector;

namespace Dsl.Pipelines.Randomness;

/// <summary>
/// The generator WELL19937c (Panneton, L'Ecuyer and Matsumoto, Improved Long-Period Generators Based on Linear Recurrences Modulo 2, 2006) with the seeding of commons-math, from which
/// Spark draws how often a row is in a tree of a forest.
/// </summary>
/// <remarks>
/// A step depends on the one before by its last number v alone, and all is linear: what comes from older numbers is computed for 64 steps at once, in vectors (the nearest of those
/// numbers is 70 steps old), and what is left of a step, v' = k ^ v &lt;&lt; 9 ^ (v ^ v &lt;&lt; 25) >>> 21, is a few operations.
/// </remarks>
internal sealed class Well19937c
{
    /// <summary>How many doubles are made at once.</summary>
    public const int Batch = Steps / 2;

    private const int Size = 624;
    private const int M1 = 70;
    private const int M2 = 179;
    private const int M3 = 449;
    private const int Steps = 64;
    private const int BatchesPerRound = 16;

    // The sign and exponent of 2^52: a number's lowest 52 bits behind them are added to it.
    private const ulong WholeBits = 0x4330000000000000;
    private const double TwoTo52 = 1L << 52;

    // Numbers lie downwards, the youngest at the lowest place, so that a step has all others that it takes at fixed places above its own.
    private readonly uint[] numbers = new uint[(Steps * BatchesPerRound) + Size - 1];
    private readonly uint[] known = new uint[Steps];
    private readonly uint[] stored = new uint[Steps];
    private readonly uint[] drawn = new uint[Steps];
    private readonly double[] ready = new double[Batch];
    private int place = (Steps * BatchesPerRound) - 1;
    private int taken = Batch;
    private uint last;

    /// <summary>Begins a row of numbers.</summary>
    public Well19937c(long seed)
    {
        int[] state = new int[Size];
        state[0] = (int)(seed >> 32);
        state[1] = unchecked((int)seed);
        for (int i = 2; i < Size; i++)
        {
            long before = state[i - 2];
            state[i] = unchecked((int)(((1812433253L * (before ^ (before >> 30))) + i) & 0xffffffffL));
        }

        last = (uint)state[0];
        for (int i = 1; i < Size; i++)
            numbers[place + i] = (uint)state[i];
    }

    /// <summary>The next number in [0, 1), 52 bits.</summary>
    public double NextDouble()
    {
        if (taken == Batch)
        {
            Next(ready);
            taken = 0;
        }

        return ready[taken++];
    }

    /// <summary>The next <see cref="Batch"/> numbers in [0, 1), 52 bits. Not to be mixed with single ones.</summary>
    public void Next(Span<double> doubles)
    {
        if (place < Steps - 1)
        {
            numbers.AsSpan(0, Size - 1).CopyTo(numbers.AsSpan(Steps * BatchesPerRound));
            place += Steps * BatchesPerRound;
        }

        int lowest = place - Steps + 1;
        Prepare(lowest);
        uint v = last;
        for (int i = Steps - 1; i >= 0; i--)
        {
            uint own = v ^ (v << 25);
            numbers[lowest + i] = own ^ stored[i];
            v = known[i] ^ (v << 9) ^ (own >> 21);
            drawn[Steps - 1 - i] = v;
        }

        last = v;
        place -= Steps;
        Temper(doubles);
    }

    /// <summary>What steps take from numbers older than the batch.</summary>
    private void Prepare(int lowest)
    {
        Vector<uint> top = new(0x80000000);
        for (int i = 0; i < Steps; i += Vector<uint>.Count)
        {
            ReadOnlySpan<uint> at = numbers.AsSpan(lowest + i);
            Vector<uint> v1 = new(at[M1..]);
            Vector<uint> v2 = new(at[M2..]);
            Vector<uint> v3 = new(at[M3..]);
            Vector<uint> z0 = Simd.ConditionalSelect(top, new Vector<uint>(at[(Size - 1)..]), new Vector<uint>(at[(Size - 2)..]));
            Vector<uint> z1 = v1 ^ (v1 >>> 27);
            Vector<uint> z2 = (v2 >>> 9) ^ v3 ^ (v3 >>> 1);
            Vector<uint> z3 = z1 ^ z2;
            z3.CopyTo(stored, i);
            (z0 ^ (z1 << 9) ^ (z2 << 21) ^ (z3 >>> 21)).CopyTo(known, i);
        }
    }

    /// <summary>The tempering that makes it "c", Matsumoto and Kurita's; then 26 bits of each of two numbers are one double.</summary>
    private void Temper(Span<double> doubles)
    {
        Vector<uint> first = new(0xe46e1700);
        Vector<uint> second = new(0x9b868000);
        Span<ulong> bits = MemoryMarshal.Cast<double, ulong>(doubles);
        for (int i = 0; i < Steps; i += Vector<uint>.Count)
        {
            Vector<uint> z = new(drawn, i);
            z ^= (z << 7) & first;
            z ^= (z << 15) & second;

            // Of two numbers the first, at the lower address, is the upper half.
            Vector<ulong> pair = Simd.AsVectorUInt64(z);
            Vector<ulong> whole = ((pair & new Vector<ulong>(0xffffffc0)) << 20) | (pair >>> 38) | new Vector<ulong>(WholeBits);
            Vector<double> value = (Simd.AsVectorDouble(whole) - new Vector<double>(TwoTo52)) * new Vector<double>(1 / TwoTo52);
            Simd.AsVectorUInt64(value).CopyTo(bits[(i / 2)..]);
        }
    }
}
