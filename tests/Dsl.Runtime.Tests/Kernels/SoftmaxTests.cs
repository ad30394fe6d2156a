using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Softmax, its logarithm, and cross-entropy.</summary>
public sealed unsafe class SoftmaxTests
{
    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 3, 2 }, { 32, 10 }, { 5, 16 }, { 4, 17 }, { 2, 100 }, { 130, 7 }, { 3, 1000 }, { 1100, 125 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_follow_the_formula(int rows, int length)
    {
        using Samples samples = new(rows + length);
        FloatBuffer x = samples.Normal(rows * length, 5), y = samples.Floats(rows * length), dy = samples.Normal(rows * length), dx = samples.Floats(rows * length);
        float[] xs = Samples.Values(x, rows * length), dys = Samples.Values(dy, rows * length);
        double[] p = Probabilities(xs, rows, length);

        CpuBackend.Softmax(x, y, rows, length);
        Samples.Close(Samples.Values(y, xs.Length), i => p[i], 5e-7);
        CpuBackend.SoftmaxBackward(y, dy, dx, rows, length);
        double Dot(int row) => Enumerable.Range(row * length, length).Sum(i => p[i] * dys[i]);
        Samples.Close(Samples.Values(dx, xs.Length), i => p[i] * (dys[i] - Dot(i / length)));

        CpuBackend.LogSoftmax(x, y, rows, length);
        Samples.Close(Samples.Values(y, xs.Length), i => Math.Log(p[i]), 1e-6);
        CpuBackend.LogSoftmaxBackward(y, dy, dx, rows, length);
        double Sum(int row) => Enumerable.Range(row * length, length).Sum(i => (double)dys[i]);
        Samples.Close(Samples.Values(dx, xs.Length), i => dys[i] - p[i] * Sum(i / length), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Cross_entropy_follows_the_formula(int rows, int classes)
    {
        if (classes < 2)
        {
            return;
        }

        foreach (float smoothing in new[] { 0, 0.1f })
        {
            using Samples samples = new(rows * classes);
            FloatBuffer x = samples.Normal(rows * classes, 4), dx = samples.Floats(rows * classes), loss = samples.Floats(1);
            IntBuffer labels = samples.Ints(rows, i => i % 3 == 2 ? -100 : samples.Random.Next(classes));
            float[] xs = Samples.Values(x, rows * classes);
            double[] p = Probabilities(xs, rows, classes);
            int counted = Enumerable.Range(0, rows).Count(i => labels.Pointer[i] != -100);
            int[] label = new Span<int>(labels.Pointer, rows).ToArray();
            double want = 0;
            for (int r = 0; r < rows; r++)
            {
                if (label[r] != -100)
                {
                    want -= (1 - smoothing) * Math.Log(p[r * classes + label[r]]) + smoothing * Enumerable.Range(0, classes).Average(c => Math.Log(p[r * classes + c]));
                }
            }

            double Gradient(int i)
            {
                int target = label[i / classes];
                return target == -100 ? 0 : (p[i] - (i % classes == target ? 1 - smoothing : 0) - smoothing / classes) / counted;
            }

            CpuBackend.CrossEntropy(x, labels, dx, loss, rows, classes, smoothing, -100);
            Samples.Close(Samples.Values(loss, 1), _ => want / counted, 1e-6);
            Samples.Close(Samples.Values(dx, xs.Length), Gradient, 3e-7);
            CpuBackend.CrossEntropy(x, labels, FloatBuffer.None, loss, rows, classes, smoothing, -100);
            Samples.Close(Samples.Values(loss, 1), _ => want / counted, 1e-6);
            CpuBackend.CrossEntropy(x, labels, x, loss, rows, classes, smoothing, -100);
            Samples.Close(Samples.Values(x, xs.Length), Gradient, 3e-7);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void Cross_entropy_hides_nothing(int classes)
    {
        using Samples samples = new(classes);
        FloatBuffer x = samples.Normal(2 * classes), dx = samples.Floats(2 * classes), loss = samples.Floats(1);
        IntBuffer labels = samples.Ints(2, i => i);
        float Loss(float value, int at, int label0 = 0)
        {
            float old = x.Pointer[at];
            x.Pointer[at] = value;
            labels.Pointer[0] = label0;
            CpuBackend.CrossEntropy(x, labels, dx, loss, 2, classes, 0, -100);
            x.Pointer[at] = old;
            return loss.Pointer[0];
        }

        Assert.True(float.IsNaN(Loss(float.NaN, 2)));
        Assert.True(float.IsNaN(Loss(float.PositiveInfinity, 2)));
        Assert.True(float.IsFinite(Loss(float.NegativeInfinity, 2)));
        Assert.Equal(float.PositiveInfinity, Loss(float.NegativeInfinity, 0));
        Assert.True(float.IsFinite(Loss(1e30f, 2)));
        Assert.True(float.IsNaN(Loss(0, 0, classes)));
        Assert.True(float.IsNaN(Loss(0, 0, -1)));
        labels.Pointer[1] = -100;
        Assert.True(float.IsNaN(Loss(0, 0, -100)));
    }

    [Fact]
    public void Masked_logits_get_probability_zero()
    {
        using Samples samples = new(3);
        FloatBuffer x = samples.Floats(3, i => i == 1 ? float.NegativeInfinity : 2), y = samples.Floats(3);
        CpuBackend.Softmax(x, y, 1, 3);
        Assert.Equal([0.5f, 0, 0.5f], Samples.Values(y, 3));
    }

    private static double[] Probabilities(float[] x, int rows, int length)
    {
        double[] p = new double[x.Length];
        for (int r = 0; r < rows; r++)
        {
            Span<float> row = x.AsSpan(r * length, length);
            double largest = row.ToArray().Max(), sum = 0;
            for (int i = 0; i < length; i++)
            {
                sum += p[r * length + i] = Math.Exp(row[i] - largest);
            }

            for (int i = 0; i < length; i++)
            {
                p[r * length + i] /= sum;
            }
        }

        return p;
    }
}
