using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Optimizers against PyTorch's formulas in double over several steps, and the edges: no update on a NaN loss, no denormal state.</summary>
public sealed unsafe class OptimizerTests
{
    private const int Count = 1003;
    private static readonly Regularization s_none = new(0, 0, 0);
    private static readonly Regularization s_all = new(0.5f, 0.01f, 0.002f);

    [Theory]
    [InlineData(0f, false, false)]
    [InlineData(0.9f, false, false)]
    [InlineData(0.9f, true, false)]
    [InlineData(0.9f, true, true)]
    public void Sgd(float momentum, bool nesterov, bool regularized)
        => Steps(
            regularized,
            (w, g, a, _, norm, verdict, step, r) => CpuBackend.Sgd(w, g, momentum == 0 ? FloatBuffer.None : a, Count, 0.1f, momentum, nesterov, in r, norm, verdict, step),
            (ref double w, double g, ref double a, ref double _, int step) =>
            {
                a = step == 1 ? g : momentum * a + g;
                w -= 0.1 * (momentum == 0 ? g : nesterov ? g + momentum * a : a);
            });

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Adam(bool decoupled, bool regularized)
        => Steps(
            regularized,
            (w, g, a, b, norm, verdict, step, r) => CpuBackend.Adam(w, g, a, b, Count, 0.01f, 0.9f, 0.999f, 1e-8f, decoupled, in r, norm, verdict, step),
            (ref double w, double g, ref double m, ref double v, int step) =>
            {
                if (decoupled && regularized)
                {
                    w *= 1 - 0.01 * 0.01f;
                }

                m = 0.9f * m + (1 - (double)0.9f) * g;
                v = 0.999f * v + (1 - (double)0.999f) * g * g;
                w -= 0.01f / (1 - Math.Pow(0.9f, step)) * m / (Math.Sqrt(v) / Math.Sqrt(1 - Math.Pow(0.999f, step)) + 1e-8);
            },
            decoupled);

    [Theory]
    [InlineData(0f, false)]
    [InlineData(0.9f, false)]
    [InlineData(0.9f, true)]
    public void RmsProp(float momentum, bool regularized)
        => Steps(
            regularized,
            (w, g, a, b, norm, verdict, step, r) => CpuBackend.RmsProp(w, g, a, momentum == 0 ? FloatBuffer.None : b, Count, 0.01f, 0.99f, 1e-8f, momentum, in r, norm, verdict, step),
            (ref double w, double g, ref double s, ref double b, int _) =>
            {
                s = 0.99f * s + (1 - (double)0.99f) * g * g;
                b = momentum * b + g / (Math.Sqrt(s) + 1e-8);
                w -= 0.01f * b;
            });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Adagrad(bool regularized)
        => Steps(
            regularized,
            (w, g, a, _, norm, verdict, step, r) => CpuBackend.Adagrad(w, g, a, Count, 0.01f, 1e-10f, in r, norm, verdict, step),
            (ref double w, double g, ref double s, ref double _, int _) =>
            {
                s += g * g;
                w -= 0.01f * g / (Math.Sqrt(s) + 1e-10);
            });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Nothing_changes_when_the_loss_is_not_finite(float value)
    {
        using Samples samples = new(2);
        FloatBuffer w = samples.Normal(Count), g = samples.Normal(Count), a = samples.Normal(Count), b = samples.Floats(Count, _ => samples.Random.NextSingle()), verdict = samples.Floats(StepOutcome.VerdictFloats, _ => 0);
        CpuBackend.CheckGradients(g, Count, samples.Floats(1, _ => value), verdict, 1);
        Assert.Equal(-1, BitConverter.SingleToInt32Bits(verdict.Pointer[1]));
        float[] ws = Samples.Values(w, Count), @as = Samples.Values(a, Count), bs = Samples.Values(b, Count);
        CpuBackend.Adam(w, g, a, b, Count, 0.1f, 0.9f, 0.999f, 1e-8f, false, in s_none, FloatBuffer.None, verdict, 1);
        CpuBackend.Sgd(w, g, a, Count, 0.1f, 0.9f, false, in s_none, FloatBuffer.None, verdict, 2);
        CpuBackend.RmsProp(w, g, b, a, Count, 0.1f, 0.9f, 1e-8f, 0.9f, in s_none, FloatBuffer.None, verdict, 2);
        CpuBackend.Adagrad(w, g, b, Count, 0.1f, 1e-8f, in s_none, FloatBuffer.None, verdict, 2);
        Assert.Equal(ws, Samples.Values(w, Count));
        Assert.Equal(@as, Samples.Values(a, Count));
        Assert.Equal(bs, Samples.Values(b, Count));
    }

    [Fact]
    public void Moments_never_become_denormal()
    {
        foreach (float size in new[] { 1e-3f, 1e-17f, 1e-20f, 1e-37f, 1e-40f, 0 })
        {
            using Samples samples = new(2);
            FloatBuffer w = samples.Normal(Count), g = samples.Normal(Count, size), m = samples.Floats(Count, _ => 0), v = samples.Floats(Count, _ => 0), loss = samples.Floats(1, _ => 0), verdict = samples.Floats(StepOutcome.VerdictFloats, _ => 0);
            for (int step = 1; step < 1500; step++)
            {
                if (step == 5)
                {
                    new Span<float>(g.Pointer, Count).Clear();
                }

                CpuBackend.CheckGradients(g, Count, loss, verdict, step);
                CpuBackend.Adam(w, g, m, v, Count, 0.1f, 0.9f, 0.999f, 1e-8f, false, in s_none, FloatBuffer.None, verdict, step);
                Assert.DoesNotContain(Samples.Values(m, Count), float.IsSubnormal);
                Assert.DoesNotContain(Samples.Values(v, Count), float.IsSubnormal);
            }

            Assert.All(Samples.Values(w, Count), x => Assert.True(float.IsFinite(x)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(100_001)]
    public void Gradient_norm(int count)
    {
        using Samples samples = new(count);
        FloatBuffer g = samples.Normal(count), norm = samples.Floats(1);
        CpuBackend.GradientNorm(g, count, norm);
        Samples.Close(Samples.Values(norm, 1), _ => Math.Sqrt(Samples.Values(g, count).Sum(x => (double)x * x)), 2e-7);
        g.Pointer[count / 2] = float.NaN;
        CpuBackend.GradientNorm(g, count, norm);
        Assert.True(float.IsNaN(norm.Pointer[0]));
    }

    private delegate void Update(FloatBuffer w, FloatBuffer g, FloatBuffer a, FloatBuffer b, FloatBuffer norm, FloatBuffer verdict, int step, Regularization regularization);

    private delegate void Exact(ref double w, double g, ref double a, ref double b, int step);

    private static void Steps(bool regularized, Update update, Exact exact, bool decoupled = false)
    {
        using Samples samples = new(1);
        Regularization r = regularized ? s_all : s_none;
        FloatBuffer w = samples.Normal(Count), g = samples.Floats(Count), a = samples.Floats(Count, _ => 0), b = samples.Floats(Count, _ => 0);
        FloatBuffer norm = samples.Floats(1), loss = samples.Floats(1, _ => 1), verdict = samples.Floats(StepOutcome.VerdictFloats, _ => 0);
        double[] ws = Array.ConvertAll(Samples.Values(w, Count), x => (double)x), first = new double[Count], second = new double[Count];
        for (int step = 1; step <= 6; step++)
        {
            float[] gs = new float[Count];
            for (int i = 0; i < Count; i++)
            {
                g.Pointer[i] = gs[i] = samples.Normal() * (1 + i % 3);
            }

            CpuBackend.CheckGradients(g, Count, loss, verdict, step);
            CpuBackend.GradientNorm(g, Count, norm);
            double scale = regularized ? Math.Min(1, 0.5 / (Math.Sqrt(gs.Sum(x => (double)x * x)) + 1e-6)) : 1;
            update(w, g, a, b, regularized ? norm : FloatBuffer.None, verdict, step, r);
            for (int i = 0; i < Count; i++)
            {
                double gradient = gs[i] * scale + (decoupled ? 0 : r.WeightDecay * ws[i]) + r.L1 * Math.Sign(ws[i]);
                exact(ref ws[i], gradient, ref first[i], ref second[i], step);
            }
        }

        Samples.Close(Samples.Values(w, Count), i => ws[i], 3e-6);
    }
}
