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

    private static int[] Draws(JavaRandom random, int count, int bound) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt(bound))];
}
