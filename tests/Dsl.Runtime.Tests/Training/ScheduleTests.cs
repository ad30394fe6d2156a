using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests;

public class ScheduleTests
{
    private static void Equal(double[] expected, Func<long, double> rate)
    {
        for (int step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], rate(step), Math.Abs(expected[step] * 1e-12) + 1e-17);
    }

    [Fact]
    public void One_cycle_is_PyTorchs()
    {
        Equal(ScheduleFixtures.OneCycle7, step => Schedule.OneCycle(0.3, step, 7));
        Equal(ScheduleFixtures.OneCycle40, step => Schedule.OneCycle(0.3, step, 40));
        Assert.Equal(ScheduleFixtures.OneCycle40[^1], Schedule.OneCycle(0.3, 1000, 40), 1e-15);
        for (int steps = 1; steps < 5; steps++)
            Assert.All(Enumerable.Range(0, steps), step => Assert.InRange(Schedule.OneCycle(1, step, steps), 1 / 25e4, 1));
        Assert.Equal(0.3, Schedule.OneCycle(0.3, 5, 0));
    }

    [Fact]
    public void Cosine_is_PyTorchs_after_a_linear_rise()
    {
        Equal(ScheduleFixtures.Cosine25, step => Schedule.Cosine(0.1, step, 25, 0, 0.01));
        Equal([.. ScheduleFixtures.Warmup5, .. ScheduleFixtures.Cosine25], step => Schedule.Cosine(0.1, step, 30, 5, 0.01));
        Assert.Equal(0.01, Schedule.Cosine(0.1, 31, 30, 5, 0.01));
        Assert.Equal(0.1, Schedule.Cosine(0.1, 1000, 0, 5, 0.01));
        Assert.Equal(0.04, Schedule.Cosine(0.1, 1, 0, 5, 0.01), 1e-15);
        Assert.Equal(0.02, Schedule.Cosine(0.1, 0, 3, 5, 0.01), 1e-15);
        Assert.Equal(0.01, Schedule.Cosine(0.1, 5, 5, 5, 0.01));
    }

    [Fact]
    public void Warmup_linear_rises_and_falls_in_lines()
    {
        Equal([.. ScheduleFixtures.Warmup5, .. ScheduleFixtures.Falling20], step => Schedule.WarmupLinear(0.1, step, 25, 5));
        Assert.Equal(0, Schedule.WarmupLinear(0.1, 26, 25, 5));
        Assert.Equal(0.1, Schedule.WarmupLinear(0.1, 1000, 0, 5));
        Assert.Equal(0, Schedule.WarmupLinear(0.1, 5, 5, 5));
    }

    [Fact]
    public void Step_decay_is_PyTorchs()
    {
        Equal(ScheduleFixtures.Step12, step => Schedule.StepDecay(0.1, step, 4, 3, 0.5));
        Assert.Equal(0.1, Schedule.StepDecay(0.1, 1000, 0, 3, 0.5));
    }
}
