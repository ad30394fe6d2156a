using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Dropout's mask bit by bit against the scalar generator, however rows begin within the vectors.</summary>
public sealed class DropoutTests
{
    [Theory]
    [InlineData(0.25f)]
    [InlineData(0.5f)]
    [InlineData(0.001f)]
    [InlineData(0f)]
    public void The_mask_is_the_generator_s(float probability)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            using Samples samples = new(seed);
            (int batch, int channels, int height, int width) = (1 + seed % 3, samples.Random.Next(1, 30), samples.Random.Next(1, 9), samples.Random.Next(1, 40));
            DropoutKey key = new(0x123456789ABCDEF0ul * (ulong)(seed + 1), (uint)seed, 7 + seed);
            TensorView x = samples.NormalView(batch, channels, height, width, seed % 2 == 0);
            TensorView y = samples.View(batch, channels, height, width, seed % 3 == 0);
            CpuBackend.Dropout(in key, probability, in x, in y, batch);
            Samples.HaloIsZero(in y, batch);
            float[] xs = Samples.Values(in x, batch);
            Samples.Close(Samples.Values(in y, batch), i =>
            {
                uint word = Philox.Bits(key.Seed, ((ulong)key.Step << 32) | key.Layer, (ulong)i);
                return word < probability * 4294967296.0 ? 0 : xs[i] / (1 - (double)probability);
            }, 1e-6);
        }
    }

    [Fact]
    public void A_share_of_the_elements_is_dropped()
    {
        using Samples samples = new(1);
        TensorView x = new(samples.Floats(1_000_000, _ => 1), new TensorLayout(1_000_000)), y = samples.View(1, 1_000_000, 1, 1, false);
        CpuBackend.Dropout(new DropoutKey(3, 1, 1), 0.3f, in x, in y, 1);
        Assert.Equal(0.3, Samples.Values(in y, 1).Count(v => v == 0) / 1e6, 0.002);
    }
}
