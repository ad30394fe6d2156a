using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Dsl;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>A step that would leave anything that is not finite is refused whole, though its loss may be finite: on both backends, on one thread and two.</summary>
[Collection(nameof(AloneCollection))]
public sealed class RefusedStepTests
{
    private static readonly string[] Swallowing = [nameof(TanhSwallows), nameof(SigmoidSwallows), nameof(ReLU6Swallows), nameof(HardSigmoidSwallows)];

    public static IEnumerable<object[]> Cases =>
        from name in Swallowing
        from onReference in new[] { false, true }
        from threads in new[] { 1, 2 }
        select new object[] { name, onReference, threads };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_infinite_input_that_a_function_swallows(string name, bool onReference, int threads)
    {
        using var run = new Run(name, onReference, threads);
        float good = run.Draw.X[1];
        run.Draw.X[1] = float.PositiveInfinity;
        NonFiniteLossException error = run.Refused();
        Assert.True(float.IsFinite(error.Loss), $"The loss is {error.Loss}: nothing was swallowed.");
        Assert.Equal("Input", error.Layer);
        run.Draw.X[1] = good;
        run.Trains();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_infinite_weight_that_a_function_swallows(string name, bool onReference, int threads)
    {
        using var run = new Run(name, onReference, threads);
        run.Network.Parameters["Linear1.weight"].Values[1] = float.PositiveInfinity;
        NonFiniteLossException error = run.Refused();
        Assert.True(float.IsFinite(error.Loss), $"The loss is {error.Loss}: nothing was swallowed.");
        Assert.Equal("Linear1", error.Layer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_gradient_that_overflows_behind_finite_values(bool onReference)
    {
        using var run = new Run(nameof(TanhSwallows), onReference, 2);
        run.Network.Parameters["Linear1.weight"].Values.Clear();
        Span<float> last = run.Network.Parameters["Linear2.weight"].Values;
        for (int i = 0; i < last.Length; i++)
            last[i] = 1e4f;
        Array.Fill(run.Draw.X, 3e38f);
        NonFiniteLossException error = run.Refused();
        Assert.True(float.IsFinite(error.Loss));
        Assert.Equal("Linear1", error.Layer);
        Assert.Contains("gradient of Linear1.weight", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_weight_that_would_overflow(bool onReference)
    {
        using var run = new Run(nameof(TanhSwallows), onReference, 2);
        Array.Fill(run.Draw.Targets, 1e15f);
        run.Network.LearningRate = 3e38;
        NonFiniteLossException error = run.Refused();
        Assert.NotNull(error.Layer);
        Assert.Contains("would not be finite after it", error.Message, StringComparison.Ordinal);
        run.Network.LearningRate = 1e-3;
        Array.Fill(run.Draw.Targets, 1);
        run.Trains();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_running_variance_that_would_overflow(bool onReference)
    {
        using var run = new Run(nameof(NormSwallows), onReference, 2);
        for (int i = 0; i < run.Draw.X.Length; i++)
            run.Draw.X[i] = i / 4 % 2 == 0 ? 1e25f : -1e25f;

        // The reference's norm is in double, so its loss stays finite; that of floats is none.
        NonFiniteLossException error = run.Refused();
        Assert.Equal(onReference, float.IsFinite(error.Loss));
        Assert.Equal("BatchNorm1d1", error.Layer);
    }

    [Fact]
    public void Fit_does_not_count_such_a_step()
    {
        using var network = new TanhSwallows(1);
        float[] x = Draw.Numbers(new Random(1), 24 * 4);
        x[(17 * 4) + 1] = float.NegativeInfinity;
        var data = new Samples(24, x, new float[24 * 2]);
        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => network.Fit(data, new FitOptions { BatchSize = 8, Shuffle = false }));
        Assert.Equal(2, error.Step);
        Assert.Equal("Input", error.Layer);
        Assert.Equal(2, network.Step);
        Assert.All(Same.Snapshot(network), value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>A network after two good steps.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Subject subject;
        private readonly int threads = Compute.Threads;

        public Run(string name, bool onReference, int threads)
        {
            Compute.Threads = threads;
            subject = Subject.Named(name);
            Network = onReference ? subject.OnReference(1) : subject.OnCpu(1);
            Draw = new Draw(Network, subject, 4);
            subject.TrainStep(Network, Draw);
            subject.TrainStep(Network, Draw);
        }

        public Network Network { get; }

        public Draw Draw { get; }

        /// <summary>Weights, running statistics, the optimizer's state and the count of steps are as before.</summary>
        public NonFiniteLossException Refused()
        {
            byte[] before = Checkpoint();
            NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => subject.TrainStep(Network, Draw));
            Assert.Equal(before, Checkpoint());
            Assert.Equal(2, Network.Step);
            Assert.Equal(2, error.Step);
            Assert.Contains("step 2", error.Message, StringComparison.Ordinal);
            Assert.Contains(error.Layer ?? "the loss", error.Message, StringComparison.Ordinal);
            return error;
        }

        public void Trains()
        {
            Assert.True(float.IsFinite(subject.TrainStep(Network, Draw)));
            Assert.Equal(3, Network.Step);
        }

        public void Dispose()
        {
            Network.Dispose();
            Compute.Threads = threads;
        }

        private byte[] Checkpoint()
        {
            string path = Path.GetTempFileName();
            try
            {
                Network.SaveCheckpoint(path);
                return File.ReadAllBytes(path);
            }
            finally
            {
                File.Delete(path);
            }
        }
    }
}
