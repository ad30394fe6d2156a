using System;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Copies between layouts, against index arithmetic.</summary>
public sealed unsafe class RearrangeTests
{
    [Fact]
    public void Channels_first_and_last()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            using Samples samples = new(seed);
            int batch = 1 + seed % 3, c = seed % 7 == 0 ? 1 : seed % 7 == 1 ? 3 : samples.Random.Next(1, 45), h = samples.Random.Next(1, 9), w = samples.Random.Next(1, 37);
            FloatBuffer x = samples.Normal((long)batch * c * h * w), back = samples.Floats((long)batch * c * h * w);
            TensorView y = samples.View(batch, c, h, w, seed % 2 == 0);
            CpuBackend.ToChannelsLast(x, in y, batch);
            Samples.HaloIsZero(in y, batch);
            Samples.Close(Samples.Values(in y, batch), i => x.Pointer[(i / (h * w * c) * c + i % c) * h * w + i / c % (h * w)], 0);
            CpuBackend.ToChannelsFirst(in y, back, batch);
            Assert.Equal(Samples.Values(x, batch * c * h * w), Samples.Values(back, batch * c * h * w));
        }
    }

    [Fact]
    public void Copies_between_halos()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            using Samples samples = new(seed);
            (int batch, int c, int h, int w) = (1 + seed % 3, samples.Random.Next(1, 20), samples.Random.Next(1, 7), samples.Random.Next(1, 7));
            TensorView x = samples.NormalView(batch, c, h, w, seed % 2 == 0), y = samples.View(batch, c, h, w, seed % 3 == 0), z = samples.NormalView(batch, c, h, w, seed % 5 == 0), s = samples.View(batch, c, h, w, seed % 4 == 0);
            CpuBackend.Copy(in x, in y, batch);
            Samples.HaloIsZero(in y, batch);
            float[] xs = Samples.Values(in x, batch), zs = Samples.Values(in z, batch);
            Assert.Equal(xs, Samples.Values(in y, batch));
            CpuBackend.Add(in x, in z, in s, batch);
            Samples.Close(Samples.Values(in s, batch), i => xs[i] + zs[i], 1e-7);
            CpuBackend.Multiply(in x, in z, in s, batch);
            Samples.Close(Samples.Values(in s, batch), i => (double)xs[i] * zs[i], 1e-7);
            Samples.HaloIsZero(in s, batch);
            CpuBackend.Accumulate(in x, in z, batch);
            Samples.Close(Samples.Values(in z, batch), i => xs[i] + zs[i], 1e-7);
        }
    }

    [Fact]
    public void Permutations()
    {
        int[][] orders = [[0, 1, 2, 3], [3, 2, 1, 0], [0, 1, 3, 2], [1, 0, 2, 3], [2, 3, 0, 1], [3, 0, 1, 2], [0, 3, 1, 2], [0, 2, 1, 3], [1, 2, 3, 0], [2, 0, 3, 1]];
        for (int seed = 0; seed < 40; seed++)
        {
            using Samples samples = new(seed);
            int[] d = [samples.Random.Next(1, 6), samples.Random.Next(1, 20), samples.Random.Next(1, 9), samples.Random.Next(1, 20)];
            int[] a = orders[seed % orders.Length];
            int count = d[0] * d[1] * d[2] * d[3];
            FloatBuffer x = samples.Normal(2 * count), y = samples.Floats(2 * count);
            CpuBackend.Permute(new Permutation(d[0], d[1], d[2], d[3], a[0], a[1], a[2], a[3]), x, y, 2);
            int[] stride = [d[1] * d[2] * d[3], d[2] * d[3], d[3], 1];
            Samples.Close(Samples.Values(y, 2 * count), i =>
            {
                int rest = i % count, from = i - rest;
                for (int k = 3; k >= 0; k--)
                {
                    from += rest % d[a[k]] * stride[a[k]];
                    rest /= d[a[k]];
                }

                return x.Pointer[from];
            }, 0);
        }
    }

    [Fact]
    public void Blocks_go_to_their_places()
    {
        using Samples samples = new(1);
        FloatBuffer x = samples.Normal(2 * 3 * 4), y = samples.Floats(2 * 3 * 9, _ => 0);
        CpuBackend.CopyBlocks(x, 12, 4, y + 2, 27, 9, 3, 4, 2);
        Samples.Close(Samples.Values(y, 54), i => i % 9 is >= 2 and < 6 ? x.Pointer[i / 9 * 4 + i % 9 - 2] : 0, 0);
    }
}
