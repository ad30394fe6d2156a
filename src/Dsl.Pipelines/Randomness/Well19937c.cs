namespace Dsl.Pipelines.Randomness;

/// <summary>
/// The generator WELL19937c (Panneton, L'Ecuyer and Matsumoto, Improved Long-Period Generators Based on Linear Recurrences Modulo 2, 2006) with the seeding of commons-math, from which
/// Spark draws how often a row is in a tree of a forest.
/// </summary>
internal sealed class Well19937c
{
    private const int Size = 624;
    private const int M1 = 70;
    private const int M2 = 179;
    private const int M3 = 449;

    private readonly int[] state = new int[Size];
    private int index;

    /// <summary>Begins a row of numbers.</summary>
    public Well19937c(long seed)
    {
        state[0] = (int)(seed >> 32);
        state[1] = unchecked((int)seed);
        for (int i = 2; i < Size; i++)
        {
            long before = state[i - 2];
            state[i] = unchecked((int)(((1812433253L * (before ^ (before >> 30))) + i) & 0xffffffffL));
        }
    }

    /// <summary>The next number in [0, 1), 52 bits.</summary>
    public double NextDouble()
    {
        long high = (long)Next(26) << 26;
        return (high | (uint)Next(26)) * (1.0 / (1L << 52));
    }

    private int Next(int bits)
    {
        unchecked
        {
            // Places go around; a remainder would cost more than all else here.
            int before = index == 0 ? Size - 1 : index - 1;
            int beforeThat = before == 0 ? Size - 1 : before - 1;
            int v0 = state[index];
            int v1 = state[index + M1 < Size ? index + M1 : index + M1 - Size];
            int v2 = state[index + M2 < Size ? index + M2 : index + M2 - Size];
            int v3 = state[index + M3 < Size ? index + M3 : index + M3 - Size];
            int z0 = (int)(0x80000000 & (uint)state[before]) ^ (0x7FFFFFFF & state[beforeThat]);
            int z1 = v0 ^ (v0 << 25) ^ (v1 ^ (int)((uint)v1 >> 27));
            int z2 = (int)((uint)v2 >> 9) ^ (v3 ^ (int)((uint)v3 >> 1));
            int z3 = z1 ^ z2;
            int z4 = z0 ^ (z1 ^ (z1 << 9)) ^ (z2 ^ (z2 << 21)) ^ (z3 ^ (int)((uint)z3 >> 21));
            state[index] = z3;
            state[before] = z4;
            state[beforeThat] &= int.MinValue;
            index = before;

            // The tempering that makes it "c", Matsumoto and Kurita's.
            z4 ^= (z4 << 7) & (int)0xe46e1700;
            z4 ^= (z4 << 15) & (int)0x9b868000;
            return (int)((uint)z4 >> (32 - bits));
        }
    }
}
