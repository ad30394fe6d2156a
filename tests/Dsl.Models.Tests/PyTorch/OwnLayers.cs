using System;
using Dsl;

namespace ModelTests.PyTorch;

/// <summary>PyTorch's SiLU, written by a user.</summary>
[Layer]
public partial struct Swish
{
    private static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] / (1 + MathF.Exp(-x[i]));
    }

    private static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        for (int i = 0; i < x.Length; i++)
        {
            float s = 1 / (1 + MathF.Exp(-x[i]));
            dx[i] = dy[i] * (s + (y[i] * (1 - s)));
        }
    }
}

/// <summary>PyTorch's PReLU, a slope for each of four features.</summary>
[Layer]
public partial struct Slopes
{
    private const int ParameterCount = 4;

    private static void Initialize(Span<float> parameters, Random random) => parameters.Fill(0.25f);

    private static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = x[i] > 0 ? x[i] : parameters[i] * x[i];
    }

    private static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] = x[i] > 0 ? dy[i] : dy[i] * parameters[i];
            parameterGradients[i] += x[i] > 0 ? 0 : dy[i] * x[i];
        }
    }
}
