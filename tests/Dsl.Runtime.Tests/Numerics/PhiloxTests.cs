using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests;

public class PhiloxTests
{
    // The known answers of Random123 1.14 (tests/kat_vectors, philox4x32 with 10 rounds).
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0a4093822UL, 0x0370734413198a2eUL, 0x85a308d3243f6a88UL, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Blocks_are_those_of_the_reference(ulong seed, ulong stream, ulong index, uint a, uint b, uint c, uint d)
    {
        Philox.Block(seed, stream, index, out uint word0, out uint word1, out uint word2, out uint word3);
        Assert.Equal([a, b, c, d], new[] { word0, word1, word2, word3 });
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(0xFFFF_FFFAUL)]
    public void Filling_draws_what_single_numbers_are(ulong firstBlock)
    {
        const ulong Seed = 0x1234_5678_9ABC_DEF0;
        ulong stream = Philox.Stream(RandomPurpose.Split, 3);
        for (int count = 0; count < 200; count++)
        {
            uint[] values = new uint[count];
            float[] uniform = new float[count];
            Philox.FillBits(values, Seed, stream, firstBlock);
            Philox.FillUniform(uniform, Seed, stream, firstBlock);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(Philox.Bits(Seed, stream, (firstBlock * 4) + (ulong)i), values[i]);
                Assert.Equal(Philox.Uniform(Seed, stream, (firstBlock * 4) + (ulong)i), uniform[i]);
            }
        }
    }

    [Fact]
    public void Uniform_numbers_are_uniform()
    {
        float[] values = new float[1 << 20];
        Philox.FillUniform(values, 5, Philox.Stream(RandomPurpose.Shuffle, 0), 0);
        Assert.All(values, v => Assert.InRange(v, 0f, 1f - (1f / (1 << 24))));
        double mean = values.Average(v => (double)v);
        Assert.Equal(0.5, mean, 1e-3);
        Assert.Equal(1.0 / 12, values.Average(v => (v - mean) * (v - mean)), 1e-3);
    }

    [Fact]
    public void Below_reaches_every_value_about_as_often()
    {
        int[] counts = new int[7];
        for (ulong i = 0; i < 70_000; i++)
            counts[Philox.Below(7, 1, 2, i)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Streams_of_other_purposes_and_owners_differ()
    {
        ulong[] streams = [.. from purpose in Enum.GetValues<RandomPurpose>() from owner in new ulong[] { 0, 1, 1UL << 55 } select Philox.Stream(purpose, owner)];
        Assert.Equal(streams.Length, streams.Distinct().Count());
    }

    [Fact]
    public void Shuffling_is_a_permutation_and_every_order_is_as_likely()
    {
        int[] seen = new int[6];
        for (ulong seed = 0; seed < 6000; seed++)
        {
            int[] values = [0, 1, 2];
            Shuffle.InPlace(values, seed, 1);
            Assert.Equal([0, 1, 2], values.Order());
            seen[(values[0] * 2) + (values[1] > values[2] ? 1 : 0)]++;
        }

        Assert.All(seen, count => Assert.InRange(count, 880, 1120));
    }
}
