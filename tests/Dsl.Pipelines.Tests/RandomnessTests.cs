using System;
using System.Linq;
using System.Text;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Randomness;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>Hashes and generators give the JVM's numbers.</summary>
public sealed class RandomnessTests
{
    [Theory]
    [InlineData("", 142593372, 249180)]
    [InlineData("a", 853910114, 107107)]
    [InlineData("the", 374699664, 95889)]
    [InlineData("naïve", 162679233, 149954)]
    public void Hashes_fall_where_those_of_HashingTF_do(string text, int ofMost, int bucket)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(bucket, Murmur3.Bucket(bytes, 262144));
        Assert.Equal(ofMost, Murmur3.Bucket(bytes, int.MaxValue));
    }

    [Fact]
    public void Java_draws_what_it_always_has()
    {
        // java.util.Random(42), by jshell of OpenJDK 17.
        JavaRandom random = new(42);
        Assert.Equal([-1170105035, 234785527], new[] { random.NextInt(), random.NextInt() });
        Assert.Equal(0.7275636800328681, new JavaRandom(42).NextDouble());
        Assert.Equal(-5025562857975149833, new JavaRandom(42).NextLong());
        Assert.Equal([0, 3, 8, 4], Draws(new JavaRandom(42), 4, 10));
    }

    [Fact]
    public void XorShift_draws_as_Spark_does()
    {
        XorShiftRandom random = new(7);
        Assert.Equal([-1256151688, 954482238, -1915287772], new[] { random.NextInt(), random.NextInt(), random.NextInt() });
        Assert.Equal(0.8156841305576054, random.NextDouble());
        Assert.Equal(4125360202065579662, random.NextLong());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(-5025562857975149833)]
    public void Well_draws_what_its_definition_gives(long seed)
    {
        Well19937c random = new(seed);
        PlainWell plain = new(seed);
        Assert.Equal([.. Enumerable.Range(0, 3000).Select(_ => plain.NextDouble())], Enumerable.Range(0, 3000).Select(_ => random.NextDouble()));
    }

    [Theory]
    [InlineData(2000, 20, 1)]
    [InlineData(700, 1, 0.5)]
    [InlineData(3, 6000, 0.3)]
    [InlineData(2000, 3, 0.2)]
    [InlineData(2000, 3, 0.0005)]
    public void Copies_are_drawn_row_by_row_and_tree_by_tree(int rows, int trees, double rate)
    {
        byte[][] copies = RowCopies.Bootstrap(rows, trees, rate, seed: 40).All();
        PlainWell plain = new(41);
        for (int row = 0; row < rows; row++)
        {
            for (int tree = 0; tree < trees; tree++)
            {
                int count = 0;
                for (double product = plain.NextDouble(); product >= Math.Exp(-rate) && ++count < 1000 * rate; product *= plain.NextDouble())
                {
                }

                Assert.Equal(count, copies[tree][row]);
            }
        }
    }

    private static int[] Draws(JavaRandom random, int count, int bound) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt(bound))];

    /// <summary>WELL19937c step by step, as its paper has it.</summary>
    private sealed class PlainWell
    {
        private readonly int[] v = new int[624];
        private int index;

        public PlainWell(long seed)
        {
            v[0] = (int)(seed >> 32);
            v[1] = unchecked((int)seed);
            for (int i = 2; i < v.Length; i++)
                v[i] = unchecked((int)((1812433253L * (v[i - 2] ^ ((long)v[i - 2] >> 30))) + i));
        }

        public double NextDouble()
        {
            long high = (long)Next(26) << 26;
            return (high | (long)Next(26)) * (1.0 / (1L << 52));
        }

        private int Next(int bits)
        {
            unchecked
            {
                int before = (index + 623) % 624;
                int beforeThat = (index + 622) % 624;
                int vm1 = v[(index + 70) % 624];
                int vm2 = v[(index + 179) % 624];
                int vm3 = v[(index + 449) % 624];
                int z0 = (int)(0x80000000 & (uint)v[before]) ^ (0x7FFFFFFF & v[beforeThat]);
                int z1 = v[index] ^ (v[index] << 25) ^ (vm1 ^ (vm1 >>> 27));
                int z2 = (vm2 >>> 9) ^ (vm3 ^ (vm3 >>> 1));
                int z3 = z1 ^ z2;
                int z4 = z0 ^ (z1 ^ (z1 << 9)) ^ (z2 ^ (z2 << 21)) ^ (z3 ^ (z3 >>> 21));
                v[index] = z3;
                v[before] = z4;
                v[beforeThat] &= int.MinValue;
                index = before;
                z4 ^= (z4 << 7) & (int)0xe46e1700;
                z4 ^= (z4 << 15) & (int)0x9b868000;
                return z4 >>> (32 - bits);
            }
        }
    }
}
