using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Losses other than cross-entropy: values by the formula, gradients by central differences of it.</summary>
public sealed unsafe class LossTests
{
    [Theory]
    [InlineData(ElementLoss.MeanSquaredError)]
    [InlineData(ElementLoss.MeanAbsoluteError)]
    [InlineData(ElementLoss.Huber)]
    [InlineData(ElementLoss.BinaryCrossEntropy)]
    public void Element_losses(ElementLoss kind)
    {
        foreach (int count in new[] { 1, 7, 16, 33, 10_000 })
        {
            using Samples samples = new(count);
            FloatBuffer x = samples.Normal(count, 4), t = samples.Floats(count, _ => samples.Random.NextSingle()), dx = samples.Floats(count), loss = samples.Floats(1);
            float[] xs = Samples.Values(x, count), ts = Samples.Values(t, count);
            CpuBackend.ElementLoss(kind, 1.5f, x, t, dx, loss, count);
            Samples.Close(Samples.Values(loss, 1), _ => Enumerable.Range(0, count).Average(i => Exact(kind, 1.5, xs[i], ts[i])), 1e-6);
            Samples.Close(Samples.Values(dx, count), i => (Exact(kind, 1.5, xs[i] + 1e-6, ts[i]) - Exact(kind, 1.5, xs[i] - 1e-6, ts[i])) / 2e-6 / count, 1e-6);
            float first = loss.Pointer[0];
            CpuBackend.ElementLoss(kind, 1.5f, x, t, FloatBuffer.None, loss, count);
            Assert.Equal(first, loss.Pointer[0]);
            x.Pointer[count / 2] = float.NaN;
            CpuBackend.ElementLoss(kind, 1.5f, x, t, dx, loss, count);
            Assert.True(float.IsNaN(loss.Pointer[0]));
        }
    }

    [Fact]
    public void Mean_absolute_error_has_no_slope_at_zero_error()
    {
        using Samples samples = new(1);
        FloatBuffer x = samples.Floats(3, i => i), t = samples.Floats(3, _ => 1), dx = samples.Floats(3), loss = samples.Floats(1);
        CpuBackend.ElementLoss(ElementLoss.MeanAbsoluteError, 1, x, t, dx, loss, 3);
        Assert.Equal([-1f / 3, 0, 1f / 3], Samples.Values(dx, 3));
    }

    [Fact]
    public void Hinge_is_the_mean_of_what_is_missing_to_the_margin()
    {
        using Samples samples = new(1);
        float[] scores = [2, 0.5f, -1, 0.25f];
        int[] labels = [1, 1, -1, -1];
        FloatBuffer x = samples.Floats(4, i => scores[i]), dx = samples.Floats(4), loss = samples.Floats(1);
        CpuBackend.Hinge(x, samples.Ints(4, i => labels[i]), dx, loss, 4);
        Assert.Equal((0.5f + 1.25f) / 4, loss.Pointer[0]);
        Assert.Equal([0, -0.25f, 0, 0.25f], Samples.Values(dx, 4));
        x.Pointer[1] = float.NaN;
        CpuBackend.Hinge(x, samples.Ints(4, i => labels[i]), dx, loss, 4);
        Assert.True(float.IsNaN(loss.Pointer[0]));
    }

    [Fact]
    public void Divergence_takes_nothing_times_its_logarithm_as_nothing()
    {
        using Samples samples = new(1);
        const int Rows = 37, Length = 5;
        FloatBuffer x = samples.Floats(Rows * Length, _ => -5 * samples.Random.NextSingle()), t = samples.Floats(Rows * Length, i => i % 4 == 0 ? 0 : samples.Random.NextSingle());
        FloatBuffer dx = samples.Floats(Rows * Length), loss = samples.Floats(1);
        float[] xs = Samples.Values(x, Rows * Length), ts = Samples.Values(t, Rows * Length);
        CpuBackend.KLDivergence(x, t, dx, loss, Rows, Length);
        Samples.Close(Samples.Values(loss, 1), _ => xs.Select((v, i) => ts[i] == 0 ? 0 : ts[i] * (Math.Log(ts[i]) - v)).Sum() / Rows, 1e-6);
        Samples.Close(Samples.Values(dx, Rows * Length), i => -(double)ts[i] / Rows, 1e-7);
        t.Pointer[3] = float.NaN;
        CpuBackend.KLDivergence(x, t, dx, loss, Rows, Length);
        Assert.True(float.IsNaN(loss.Pointer[0]));
    }

    private static double Exact(ElementLoss kind, double delta, double x, double t)
    {
        double e = Math.Abs(x - t);
        return kind switch
        {
            ElementLoss.MeanSquaredError => e * e,
            ElementLoss.MeanAbsoluteError => e,
            ElementLoss.Huber => e < delta ? e * e / 2 : delta * (e - delta / 2),
            _ => Precise.Softplus(x) - x * t,
        };
    }
}
