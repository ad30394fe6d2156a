using System;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Pooling against plain loops over random windows.</summary>
public sealed unsafe class PoolingTests
{
    [Fact]
    public void Max_pooling_and_its_gradient()
    {
        for (int seed = 0; seed < 80; seed++)
        {
            using Samples samples = new(seed);
            Window(samples, seed, out PoolShape shape, out int h, out int w, out int outH, out int outW);
            int batch = 1 + seed % 3, c = samples.Random.Next(1, 40);
            TensorView x = samples.NormalView(batch, c, h, w, seed % 2 == 0), y = samples.View(batch, c, outH, outW, seed % 3 == 0);

            // Few values, so that there are ties; now and then a NaN.
            Samples.ForEach(in x, batch, (ref float v, int _) => v = samples.Random.Next(60) == 0 ? float.NaN : samples.Random.Next(-4, 5));
            long stride = (y.Layout.Count * shape.IndexBytes + 63) & ~63L;
            FloatBuffer indices = samples.Floats(batch * stride / 4);
            CpuBackend.MaxPool2d(in shape, in x, in y, indices, batch);
            Samples.HaloIsZero(in y, batch);
            float[] ys = Samples.Values(in y, batch), dxs = new float[batch * h * w * c];
            TensorView dy = samples.NormalView(batch, c, outH, outW, seed % 5 == 0), dx = samples.View(batch, c, h, w, seed % 7 == 0);
            float[] dys = Samples.Values(in dy, batch);
            int k = 0;
            for (int n = 0; n < batch; n++)
            {
                for (int i = 0; i < outH; i++)
                {
                    for (int j = 0; j < outW; j++)
                    {
                        for (int channel = 0; channel < c; channel++, k++)
                        {
                            float largest = float.NegativeInfinity;
                            int chosen = -1, bestH = 0, bestW = 0;
                            for (int a = 0; a < shape.KernelHeight; a++)
                            {
                                for (int b = 0; b < shape.KernelWidth; b++)
                                {
                                    int row = i * shape.StrideHeight - shape.PaddingHeight + a, column = j * shape.StrideWidth - shape.PaddingWidth + b;
                                    if (row < 0 || row >= h || column < 0 || column >= w)
                                    {
                                        continue;
                                    }

                                    float v = x.Interior[n * x.Layout.SampleStride + row * x.Layout.RowStride + column * c + channel];
                                    if (v > largest || float.IsNaN(v))
                                    {
                                        (largest, chosen, bestH, bestW) = (v, a * shape.KernelWidth + b, row, column);
                                    }
                                }
                            }

                            Assert.Equal(largest, ys[k]);
                            byte* sample = (byte*)indices.Pointer + n * stride;
                            int inSample = k - n * (int)y.Layout.Count;
                            Assert.Equal(chosen, shape.IndexBytes == 1 ? sample[inSample] : ((int*)sample)[inSample]);
                            dxs[((n * h + bestH) * w + bestW) * c + channel] += dys[k];
                        }
                    }
                }
            }

            CpuBackend.MaxPool2dBackward(in shape, indices, in dy, in dx, batch);
            Samples.HaloIsZero(in dx, batch);
            Samples.Close(Samples.Values(in dx, batch), i => dxs[i], 1e-6);
            CpuBackend.MaxPool2d(in shape, in x, in y, FloatBuffer.None, batch);
            Assert.Equal(ys, Samples.Values(in y, batch));
        }
    }

    private static void Window(Samples samples, int seed, out PoolShape shape, out int h, out int w, out int outH, out int outW)
    {
        Random random = samples.Random;
        (int kh, int kw) = seed % 4 == 0 ? (2, 2) : seed % 13 == 0 ? (17, 17) : (random.Next(1, 5), random.Next(1, 5));
        (int sh, int sw) = seed % 4 == 0 ? (2, 2) : (random.Next(1, 5), random.Next(1, 5));
        (int ph, int pw) = seed % 4 == 0 ? (0, 0) : (random.Next(kh / 2 + 1), random.Next(kw / 2 + 1));
        shape = new PoolShape(kh, kw, sh, sw, ph, pw);
        h = kh + random.Next(9);
        w = kw + random.Next(9);
        outH = (h + 2 * ph - kh) / sh + 1;
        outW = (w + 2 * pw - kw) / sw + 1;
    }
}
