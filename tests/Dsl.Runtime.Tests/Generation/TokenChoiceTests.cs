using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Generation;

/// <summary>Ids by their logits: which can come, and how often.</summary>
public sealed class TokenChoiceTests
{
    private const int Draws = 40_000;

    private static readonly float[] Logits = [0.5f, -1, 2, 2, -3, 1.2f, -0f, 0];

    [Fact]
    public void At_temperature_zero_the_highest_comes()
    {
        TokenChoice choice = new(Logits.Length);
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(2, choice.Choose(Logits, new GenerateOptions { Temperature = 0 }, i / 10.0)));
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(0.5, 0, 1)]
    [InlineData(3, 0, 1)]
    [InlineData(1, 3, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 100, 1)]
    [InlineData(1, 0, 0.7)]
    [InlineData(1, 0, 1e-6)]
    [InlineData(2, 5, 0.6)]
    public void Ids_come_as_often_as_softmax_says_of_those_that_are_left(double temperature, int topK, double topP)
    {
        GenerateOptions options = new() { Temperature = temperature, TopK = topK, TopP = topP };
        TokenChoice choice = new(Logits.Length);
        double[] expected = Expected(temperature, topK, topP);
        int[] counts = new int[Logits.Length];
        for (int i = 0; i < Draws; i++)
            counts[choice.Choose(Logits, options, Philox.Bits(7, 1, (ulong)i) / 4294967296.0)]++;
        for (int i = 0; i < counts.Length; i++)
        {
            if (expected[i] is 0 or > 1e-3)
                Assert.Equal(expected[i] > 0, counts[i] > 0);

            // Five deviations of a count.
            Assert.Equal(expected[i], counts[i] / (double)Draws, 5 * Math.Sqrt(expected[i] * (1 - expected[i]) / Draws) + 1e-12);
        }
    }

    [Fact]
    public void The_last_of_many_has_its_share()
    {
        float[] logits = new float[1000];
        TokenChoice choice = new(logits.Length);
        Assert.Equal(999, choice.Choose(logits, new GenerateOptions(), 0.99999));
        Assert.Equal(0, choice.Choose(logits, new GenerateOptions(), 0));
        Assert.Equal(499, choice.Choose(logits, new GenerateOptions { TopP = 0.5 }, 0.99999));
        Assert.Equal(9, choice.Choose(logits, new GenerateOptions { TopK = 10 }, 0.99999));
    }

    /// <summary>Worked out the long way: sorted, cut, divided.</summary>
    private static double[] Expected(double temperature, int topK, double topP)
    {
        double[] p = [.. Logits.Select(logit => Math.Exp(logit / temperature))];
        List<int> byProbability = [.. Enumerable.Range(0, p.Length).OrderByDescending(i => p[i]).ThenBy(i => i)];
        if (topK > 0)
            byProbability = [.. byProbability.Take(topK)];
        double all = byProbability.Sum(i => p[i]);
        List<int> kept = [];
        foreach (int i in byProbability)
        {
            if (kept.Count > 0 && kept.Sum(one => p[one]) >= topP * all)
                break;
            kept.Add(i);
        }

        double sum = kept.Sum(i => p[i]);
        return [.. p.Select((value, i) => kept.Contains(i) ? value / sum : 0)];
    }
}
