using System;
using System.Linq;
using System.Runtime.InteropServices;
using Dsl;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Comparisons of whole networks.</summary>
internal static class Same
{
    /// <summary>All values bit for bit.</summary>
    public static void Bits(Network expected, Network actual)
    {
        for (int i = 0; i < expected.Parameters.Count; i++)
        {
            Parameter parameter = expected.Parameters[i];
            Assert.Equal(parameter.Name, actual.Parameters[i].Name);
            Bits(parameter.Name, parameter.Values, actual.Parameters[i].Values);
        }
    }

    public static void Bits(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
        => Assert.True(
            MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)),
            $"{what}: {string.Join(", ", actual[..Math.Min(4, actual.Length)].ToArray())}… instead of {string.Join(", ", expected[..Math.Min(4, expected.Length)].ToArray())}…");

    public static bool HaveBits(Network a, Network b)
        => Enumerable.Range(0, a.Parameters.Count).All(i => MemoryMarshal.AsBytes(a.Parameters[i].Values).SequenceEqual(MemoryMarshal.AsBytes(b.Parameters[i].Values)));

    /// <summary>Within a share of the largest expected value, or of a larger scale.</summary>
    public static void Close(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance = 1e-5, double scale = 1e-3)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = scale;
        foreach (float value in expected)
            largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs((double)expected[i] - actual[i]) <= tolerance * largest, $"{what}[{i}] is {actual[i]:R} instead of {expected[i]:R}; the largest value is {largest}.");
    }

    /// <summary>A copy of all values.</summary>
    public static float[] Snapshot(Network network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
