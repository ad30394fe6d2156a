using System;
using System.Runtime.InteropServices;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Pooling.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void MaxPool2d(in PoolShape shape, in TensorView x, in TensorView y, FloatBuffer indices, int batch)
    {
        var input = At(x, batch);
        var output = At(y, batch);
        RequireDisjoint(output.Values, input.Values);
        output.ZeroHalo();
        for (int n = 0; n < batch; n++)
        {
            float[,,] sample = new float[input.Height, input.Width, input.Channels];
            for (int h = 0; h < input.Height; h++)
            {
                for (int w = 0; w < input.Width; w++)
                {
                    for (int c = 0; c < input.Channels; c++)
                        sample[h, w, c] = (float)input[n, h, w, c];
                }
            }

            MaxPoolSample(shape, sample, output, indices, n);
        }
    }

    /// <inheritdoc/>
    public static void MaxPool2dBackward(in PoolShape shape, FloatBuffer indices, in TensorView dy, in TensorView dx, int batch)
    {
        var pool = shape;
        var gradient = At(dy, batch);
        var result = At(dx, batch);
        RequireDisjoint(result.Values, gradient.Values);
        double[,,,] sums = new double[batch, result.Height, result.Width, result.Channels];
        gradient.ForEach((n, h, w, c) =>
        {
            int chosen = ReadIndex(pool, indices, gradient, n, h, w, c);
            int row = (h * pool.StrideHeight) - pool.PaddingHeight + (chosen / pool.KernelWidth);
            int column = (w * pool.StrideWidth) - pool.PaddingWidth + (chosen % pool.KernelWidth);
            sums[n, row, column, c] += gradient[n, h, w, c];
        });
        result.Set((n, h, w, c) => sums[n, h, w, c]);
    }

    /// <inheritdoc/>
    public static void AvgPool2d(in PoolShape shape, in TensorView x, in TensorView y, int batch)
    {
        var pool = shape;
        var input = At(x, batch);
        var output = At(y, batch);
        RequireDisjoint(output.Values, input.Values);
        output.Set((n, h, w, c) =>
        {
            double sum = 0;
            ForEachInWindow(pool, input.Height, input.Width, h, w, (row, column, _) => sum += input[n, row, column, c]);
            return sum / (pool.KernelHeight * pool.KernelWidth);
        });
    }

    /// <inheritdoc/>
    public static void AvgPool2dBackward(in PoolShape shape, in TensorView dy, in TensorView dx, int batch)
    {
        var pool = shape;
        var gradient = At(dy, batch);
        var result = At(dx, batch);
        RequireDisjoint(result.Values, gradient.Values);
        double[,,,] sums = new double[batch, result.Height, result.Width, result.Channels];
        gradient.ForEach((n, h, w, c) => ForEachInWindow(pool, result.Height, result.Width, h, w, (row, column, _) =>
            sums[n, row, column, c] += gradient[n, h, w, c] / (pool.KernelHeight * pool.KernelWidth)));
        result.Set((n, h, w, c) => sums[n, h, w, c]);
    }

    /// <inheritdoc/>
    public static void AdaptiveAvgPool2d(in TensorView x, in TensorView y, int batch)
    {
        var input = At(x, batch);
        var output = At(y, batch);
        RequireDisjoint(output.Values, input.Values);
        output.Set((n, h, w, c) =>
        {
            double sum = 0;
            int elements = 0;
            for (int row = First(h, input.Height, output.Height); row < Last(h, input.Height, output.Height); row++)
            {
                for (int column = First(w, input.Width, output.Width); column < Last(w, input.Width, output.Width); column++)
                {
                    sum += input[n, row, column, c];
                    elements++;
                }
            }

            return sum / elements;
        });
    }

    /// <inheritdoc/>
    public static void AdaptiveAvgPool2dBackward(in TensorView dy, in TensorView dx, int batch)
    {
        var gradient = At(dy, batch);
        var result = At(dx, batch);
        RequireDisjoint(result.Values, gradient.Values);
        result.Set((n, row, column, c) =>
        {
            double sum = 0;
            for (int h = 0; h < gradient.Height; h++)
            {
                int top = First(h, result.Height, gradient.Height);
                int bottom = Last(h, result.Height, gradient.Height);
                for (int w = 0; w < gradient.Width && row >= top && row < bottom; w++)
                {
                    int left = First(w, result.Width, gradient.Width);
                    int right = Last(w, result.Width, gradient.Width);
                    if (column >= left && column < right)
                        sum += gradient[n, h, w, c] / ((bottom - top) * (right - left));
                }
            }

            return sum;
        });
    }

    // ⌊i·size/count⌋ and ⌈(i+1)·size/count⌉
    private static int First(int i, int size, int count) => i * size / count;

    private static int Last(int i, int size, int count) => (((i + 1) * size) + count - 1) / count;

    private static void MaxPoolSample(PoolShape pool, float[,,] x, in Tensor y, FloatBuffer indices, int n)
    {
        for (int h = 0; h < y.Height; h++)
        {
            for (int w = 0; w < y.Width; w++)
            {
                for (int c = 0; c < y.Channels; c++)
                {
                    int channel = c;
                    int chosen = -1;
                    float best = 0;
                    ForEachInWindow(pool, x.GetLength(0), x.GetLength(1), h, w, (row, column, index) =>
                    {
                        float value = x[row, column, channel];
                        if (chosen < 0 || value > best || float.IsNaN(value))
                        {
                            best = value;
                            chosen = index;
                        }
                    });
                    Require(chosen >= 0);
                    var result = y;
                    result[n, h, w, c] = best;
                    if (!indices.IsNone)
                        WriteIndex(pool, indices, y, n, h, w, c, chosen);
                }
            }
        }
    }

    /// <summary>The elements of one window that lie inside the input: row, column, and their index within the window.</summary>
    private static void ForEachInWindow(PoolShape pool, int height, int width, int h, int w, Action<int, int, int> action)
    {
        for (int kh = 0; kh < pool.KernelHeight; kh++)
        {
            for (int kw = 0; kw < pool.KernelWidth; kw++)
            {
                int row = (h * pool.StrideHeight) - pool.PaddingHeight + kh;
                int column = (w * pool.StrideWidth) - pool.PaddingWidth + kw;
                if (row >= 0 && row < height && column >= 0 && column < width)
                    action(row, column, (kh * pool.KernelWidth) + kw);
            }
        }
    }

    private static int ReadIndex(in PoolShape pool, FloatBuffer indices, in Tensor y, int n, int h, int w, int c)
    {
        var bytes = IndexAt(pool, indices, y, n, h, w, c);
        return pool.IndexBytes == 1 ? bytes[0] : MemoryMarshal.Read<int>(bytes);
    }

    private static void WriteIndex(in PoolShape pool, FloatBuffer indices, in Tensor y, int n, int h, int w, int c, int value)
    {
        var bytes = IndexAt(pool, indices, y, n, h, w, c);
        if (pool.IndexBytes == 1)
            bytes[0] = (byte)value;
        else
            MemoryMarshal.Write(bytes, value);
    }

    private static Span<byte> IndexAt(in PoolShape pool, FloatBuffer indices, in Tensor y, int n, int h, int w, int c)
    {
        long sampleBytes = pool.IndexFloats(y.Layout.Count) * sizeof(float);
        long element = (((long)h * y.Width) + w) * y.Channels;
        long start = (n * sampleBytes) + ((element + c) * pool.IndexBytes);
        return At(indices, y.Batch * sampleBytes / sizeof(float)).Bytes.Slice((int)start, pool.IndexBytes);
    }
}
