using System;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Activation functions over views: values, derivatives against central differences, special values.</summary>
public sealed class UnaryTests
{
    public static TheoryData<UnaryFunction, float> Functions => new()
    {
        { UnaryFunction.Identity, 0 },
        { UnaryFunction.ReLU, 0 },
        { UnaryFunction.ReLU6, 0 },
        { UnaryFunction.LeakyReLU, 0.1f },
        { UnaryFunction.LeakyReLU, -0.2f },
        { UnaryFunction.ELU, 1.3f },
        { UnaryFunction.ELU, -0.5f },
        { UnaryFunction.GELU, 0 },
        { UnaryFunction.SiLU, 0 },
        { UnaryFunction.Sigmoid, 0 },
        { UnaryFunction.Tanh, 0 },
        { UnaryFunction.Softplus, 0 },
        { UnaryFunction.HardSwish, 0 },
        { UnaryFunction.HardSigmoid, 0 },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Forward_and_backward_follow_the_formula(UnaryFunction function, float parameter)
    {
        Epilogue epilogue = new(function, parameter);
        for (int seed = 0; seed < 12; seed++)
        {
            using Samples samples = new(seed);
            (int batch, int channels, int height, int width) = (1 + seed % 3, samples.Random.Next(1, 40), samples.Random.Next(1, 6), samples.Random.Next(1, 9));
            TensorView x = samples.NormalView(batch, channels, height, width, seed % 2 == 1, 3);
            TensorView y = samples.View(batch, channels, height, width, seed % 3 == 1);
            TensorView dy = samples.NormalView(batch, channels, height, width, seed % 4 == 1);
            TensorView dx = samples.View(batch, channels, height, width, seed % 5 == 1);
            CpuBackend.Unary(epilogue, in x, in y, batch);
            float[] xs = Samples.Values(in x, batch);
            Samples.Close(Samples.Values(in y, batch), i => Exact(epilogue, xs[i]), 1e-6);
            Samples.HaloIsZero(in y, batch);

            CpuBackend.UnaryBackward(epilogue, in x, in y, in dy, in dx, batch);
            float[] dys = Samples.Values(in dy, batch);
            Samples.Close(Samples.Values(in dx, batch), i => dys[i] * Slope(epilogue, xs[i]), 2e-6);
            Samples.HaloIsZero(in dx, batch);

            CpuBackend.UnaryBackward(epilogue, in x, in y, in dy, in dy, batch);
            Samples.Close(Samples.Values(in dy, batch), i => dys[i] * Slope(epilogue, xs[i]), 2e-6);
            CpuBackend.Unary(epilogue, in x, in x, batch);
            Assert.Equal(Samples.Values(in y, batch), Samples.Values(in x, batch));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Not_a_number_stays_one_and_large_values_do_not_make_one(UnaryFunction function, float parameter)
    {
        using Samples samples = new(1);
        float[] values = [float.NaN, 1e30f, -1e30f, 0, -0f, 100, -100];
        TensorView x = new(samples.Floats(values.Length, i => values[i]), new TensorLayout(values.Length));
        TensorView y = samples.View(1, values.Length, 1, 1, false);
        TensorView ones = new(samples.Floats(values.Length, _ => 1), new TensorLayout(values.Length));
        CpuBackend.Unary(new(function, parameter), in x, in y, 1);
        float[] ys = Samples.Values(in y, 1);
        Assert.True(float.IsNaN(ys[0]));
        Assert.All(ys[1..], v => Assert.False(float.IsNaN(v)));
        CpuBackend.UnaryBackward(new(function, parameter), in x, in y, in ones, in ones, 1);
        Assert.All(Samples.Values(in ones, 1)[1..], v => Assert.False(float.IsNaN(v)));
    }

    private static double Slope(Epilogue f, double x)
    {
        const double H = 1e-5;
        return (Exact(f, x + H) - Exact(f, x - H)) / (2 * H);
    }

    private static double Exact(Epilogue f, double x) => f.Function switch
    {
        UnaryFunction.Identity => x,
        UnaryFunction.ReLU => Math.Max(0, x),
        UnaryFunction.ReLU6 => Math.Clamp(x, 0, 6),
        UnaryFunction.LeakyReLU => x >= 0 ? x : f.Parameter * x,
        UnaryFunction.ELU => x >= 0 ? x : f.Parameter * (Math.Exp(x) - 1),
        UnaryFunction.GELU => x * Precise.NormalDistribution(x),
        UnaryFunction.SiLU => x * Precise.Sigmoid(x),
        UnaryFunction.Sigmoid => Precise.Sigmoid(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        UnaryFunction.Softplus => Precise.Softplus(x),
        UnaryFunction.HardSwish => x * Math.Clamp(x + 3, 0, 6) / 6,
        UnaryFunction.HardSigmoid => Math.Clamp(x + 3, 0, 6) / 6,
        _ => throw new ArgumentOutOfRangeException(nameof(f)),
    };
}
