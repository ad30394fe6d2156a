using System;
using System.IO;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using ModelTests.PyTorch;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Layers that a user wrote, at work: first values, files, threads, errors of his code, and the check of his gradients.</summary>
[Collection(nameof(AloneCollection))]
public sealed class OwnLayerTests
{
    [Fact]
    public void Right_gradients_pass()
    {
        GradientCheck.Run<Swish>();
        GradientCheck.Run<Swish>(features: 1, rows: 3, seed: 5);
        GradientCheck.Run<Slopes>(features: 4);
        GradientCheck.Run<Halving>(features: 6);
    }

    [Fact]
    public void Wrong_ones_are_named()
    {
        Refusal.Says<GradientCheckException>(() => GradientCheck.Run<Wrong>(features: 5), "Wrong: Backward gives ", " for dx[3] of row ", "but Forward changes by ", "central difference");
        Refusal.Says<GradientCheckException>(() => GradientCheck.Run<WrongParameter>(features: 3), "WrongParameter: Backward gives ", " for parameterGradients[1] of row ");
        Refusal.Says<GradientCheckException>(() => GradientCheck.Run<Unset>(features: 3), "Unset: Backward leaves NaN in dx[2] of row 0", "every element");
        Refusal.Says<GradientCheckException>(() => GradientCheck.Run<Setting>(features: 3), "Setting: Backward has to add to parameterGradients");
        Refusal.Says(() => GradientCheck.Run<Swish>(features: 0), "features");
        Refusal.Says(() => GradientCheck.Run<Swish>(tolerance: double.NaN), "tolerance");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void First_values_follow_from_the_seed_and_the_tensor_is_a_weight(bool onReference)
    {
        using Owning network = onReference ? Owning.On<ReferenceBackend>(4) : new Owning(4);
        using var same = new Owning(4);
        using var other = new Owning(5);
        Assert.Equal("own.weight", network.own.Weight.Name);
        Assert.Equal([2], network.own.Weight.Shape.ToArray());
        Same.Bits("weight", same.own.Weight.Values, network.own.Weight.Values);
        Assert.NotEqual(other.own.Weight.Values.ToArray(), network.own.Weight.Values.ToArray());
        using var file = new MemoryStream();
        network.Save(file);
        using Owning loaded = Owning.Load(file.ToArray());
        Same.Bits(network, loaded);
    }

    [Fact]
    public void Bits_do_not_depend_on_threads_and_nothing_is_allocated()
    {
        float[][] weights = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using var count = new ThreadCount(threads);
            using var network = new Owning(1);
            var random = new Random(1);
            float[] x = Draw.Numbers(random, 3000 * 16);
            float[] targets = Draw.Numbers(random, 3000 * 2);
            for (int i = 0; i < 8; i++)
                network.TrainStep(x, targets);
            float[] learnt = Same.Snapshot(network);
            Assert.Equal(0, Allocations.Of(() => network.TrainStep(x, targets)));
            return learnt;
        })];
        Same.Bits("two threads", weights[0], weights[1]);
        Same.Bits("three threads", weights[0], weights[2]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public void An_error_of_the_users_code_is_the_callers(int rows)
    {
        using var network = new Failing();
        float[] x = new float[rows * 16];
        network.Predict(x, x = new float[rows * 16]);
        x[^1] = 1;
        Refusal.Says<InvalidOperationException>(() => network.Predict(x, new float[rows * 16]), "no ones here");
        network.Predict(new float[rows * 16], x);
    }
}

/// <summary>Halves of a row, weighted: 2n → 2.</summary>
[Layer(Features = 2)]
public partial struct Halving
{
    private const int ParameterCount = 2;

    private static void Initialize(Span<float> parameters, Random random)
    {
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = random.NextSingle();
    }

    private static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
    {
        y.Clear();
        for (int i = 0; i < x.Length; i++)
            y[i * 2 / x.Length] += parameters[i * 2 / x.Length] * MathF.Sin(x[i]);
    }

    private static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients)
    {
        for (int i = 0; i < x.Length; i++)
        {
            int half = i * 2 / x.Length;
            dx[i] = dy[half] * parameters[half] * MathF.Cos(x[i]);
            parameterGradients[half] += dy[half] * MathF.Sin(x[i]);
        }
    }
}

[Layer]
public partial struct Wrong
{
    private static void Forward(ReadOnlySpan<float> x, Span<float> y) => x.CopyTo(y);

    private static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        dy.CopyTo(dx);
        dx[3] = -dx[3];
    }
}

[Layer]
public partial struct WrongParameter
{
    private const int ParameterCount = 3;

    private static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = parameters[i] * x[i];
    }

    private static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] = parameters[i] * dy[i];
            parameterGradients[i] += i == 1 ? 0 : x[i] * dy[i];
        }
    }
}

[Layer]
public partial struct Unset
{
    private static void Forward(ReadOnlySpan<float> x, Span<float> y) => x.CopyTo(y);

    private static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => dy[..2].CopyTo(dx);
}

[Layer]
public partial struct Setting
{
    private const int ParameterCount = 1;

    private static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = parameters[0] * x[i];
    }

    private static void Backward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients)
    {
        parameterGradients[0] = 0;
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] = parameters[0] * dy[i];
            parameterGradients[0] += x[i] * dy[i];
        }
    }
}

[Layer]
public partial struct Throwing
{
    private static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        if (x.Contains(1f))
            throw new InvalidOperationException("no ones here");
        x.CopyTo(y);
    }

    private static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => dy.CopyTo(dx);
}

[Model]
[Input(16)]
[Custom<Swish>, Custom<Halving>(Name = "own")]
[MeanSquaredError, SGD(0.01)]
public partial class Owning;

[Model]
[Input(16)]
[Custom<Throwing>]
public partial class Failing;
