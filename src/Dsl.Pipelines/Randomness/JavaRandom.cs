using System;

namespace Dsl.Pipelines.Randomness;

/// <summary>The numbers of <c>java.util.Random</c> (Knuth's linear congruence, The Art of Computer Programming 3.2.1): Spark draws with them, so the same seed gives the same fit.</summary>
internal class JavaRandom
{
    private const long Multiplier = 0x5DEECE66DL;
    private const long Mask = (1L << 48) - 1;

    private long state;

    /// <summary>Begins a row of numbers.</summary>
    public JavaRandom(long seed) => state = (seed ^ Multiplier) & Mask;

    /// <summary>The next whole number, 32 bits.</summary>
    public int NextInt() => Next(32);

    /// <summary>The next whole number below a bound, which is at least 1.</summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        if ((bound & -bound) == bound)
            return (int)((bound * (long)Next(31)) >> 31);
        while (true)
        {
            int bits = Next(31);
            int value = bits % bound;

            // The last, short run of the numbers is drawn again: the sum below wraps around there.
            if (unchecked(bits - value + (bound - 1)) >= 0)
                return value;
        }
    }

    /// <summary>The next whole number, 64 bits.</summary>
    public long NextLong()
    {
        long high = Next(32);
        return unchecked((high << 32) + Next(32));
    }

    /// <summary>The next number in [0, 1), 53 bits.</summary>
    public double NextDouble()
    {
        long high = Next(26);
        return ((high << 27) + Next(27)) * (1.0 / (1L << 53));
    }

    /// <summary>The next so many bits, signed where they are 32.</summary>
    protected virtual int Next(int bits)
    {
        state = unchecked((state * Multiplier) + 0xB) & Mask;
        return unchecked((int)(state >> (48 - bits)));
    }
}
