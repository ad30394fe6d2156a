using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Copies between layouts: all bound by memory.</summary>
internal static unsafe class Rearrange
{
    /// <summary>y = x, between layouts of different halos.</summary>
    public static void Copy(in TensorView x, in TensorView y, int batch)
    {
        if (x.Layout.IsContiguous && y.Layout.IsContiguous)
        {
            NativeMemory.Copy(x.Start.Pointer, y.Start.Pointer, (nuint)(batch * y.Layout.Count * sizeof(float)));
            return;
        }

        int row = y.Layout.Width * y.Layout.Channels;
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < y.Layout.Height; h++)
            {
                CopyRun(x.Row(n, h), y.Row(n, h), row);
            }

            Halo.Clear(in y, n);
        }
    }

    /// <summary>y (channels last) = x (contiguous, channels first).</summary>
    public static void ToChannelsLast(float* x, in TensorView y, int batch)
    {
        int channels = y.Layout.Channels;
        int height = y.Layout.Height;
        int width = y.Layout.Width;
        nint pixels = (nint)height * width;
        for (int n = 0; n < batch; n++)
        {
            float* from = x + n * y.Layout.Count;
            if (y.Layout.IsContiguous)
            {
                Transpose.Run(from, pixels, y.Row(n, 0), channels, channels, (int)pixels);
                continue;
            }

            for (int h = 0; h < height; h++)
            {
                Transpose.Run(from + (nint)h * width, pixels, y.Row(n, h), channels, channels, width);
            }

            Halo.Clear(in y, n);
        }
    }

    /// <summary>y (contiguous, channels first) = x (channels last).</summary>
    public static void ToChannelsFirst(in TensorView x, float* y, int batch)
    {
        int channels = x.Layout.Channels;
        int height = x.Layout.Height;
        int width = x.Layout.Width;
        nint pixels = (nint)height * width;
        for (int n = 0; n < batch; n++)
        {
            float* to = y + n * x.Layout.Count;
            if (x.Layout.IsContiguous)
            {
                Transpose.Run(x.Row(n, 0), channels, to, pixels, (int)pixels, channels);
                continue;
            }

            for (int h = 0; h < height; h++)
            {
                Transpose.Run(x.Row(n, h), channels, to + (nint)h * width, pixels, width, channels);
            }
        }
    }

    /// <summary>Copies runs of <paramref name="length"/> floats that lie apart by strides.</summary>
    public static void CopyBlocks(float* x, long xSampleStride, long xStride, float* y, long ySampleStride, long yStride, int blocks, int length, int batch)
    {
        for (int n = 0; n < batch; n++)
        {
            float* from = x + n * xSampleStride;
            float* to = y + n * ySampleStride;
            for (int b = 0; b < blocks; b++, from += xStride, to += yStride)
            {
                CopyRun(from, to, length);
            }
        }
    }

    /// <summary>y = x with its axes reordered; both contiguous.</summary>
    public static void Permute(in Permutation permutation, float* x, float* y, int batch)
    {
        Span<int> size = [permutation.D0, permutation.D1, permutation.D2, permutation.D3];
        Span<int> axis = [permutation.A0, permutation.A1, permutation.A2, permutation.A3];
        Span<long> xStride = [(long)size[1] * size[2] * size[3], (long)size[2] * size[3], size[3], 1];

        // Along y's axes: size, stride in x, stride in y.
        Span<int> n = stackalloc int[4];
        Span<long> sx = stackalloc long[4];
        Span<long> sy = stackalloc long[4];
        long count = 1;
        for (int i = 3; i >= 0; i--)
        {
            n[i] = size[axis[i]];
            sx[i] = xStride[axis[i]];
            sy[i] = count;
            count *= n[i];
        }

        // x's last axis is walked together with y's last: a copy of runs where they are the same, a transpose otherwise.
        int contiguous = axis.IndexOf(3);
        int outer0 = contiguous == 0 ? 1 : 0;
        int outer1 = contiguous is 0 or 1 ? 2 : 1;
        if (contiguous == 3)
        {
            for (int b = 0; b < batch; b++, x += count, y += count)
            {
                for (int i = 0; i < n[0]; i++)
                {
                    for (int j = 0; j < n[1]; j++)
                    {
                        CopyBlocks(x + i * sx[0] + j * sx[1], 0, sx[2], y + i * sy[0] + j * sy[1], 0, sy[2], n[2], n[3], 1);
                    }
                }
            }

            return;
        }

        for (int b = 0; b < batch; b++, x += count, y += count)
        {
            for (int i = 0; i < n[outer0]; i++)
            {
                for (int j = 0; j < n[outer1]; j++)
                {
                    Transpose.Run(x + i * sx[outer0] + j * sx[outer1], (nint)sx[3], y + i * sy[outer0] + j * sy[outer1], (nint)sy[contiguous], n[3], n[contiguous]);
                }
            }
        }
    }

    /// <summary>y[h, w] = x[h / scale, w / scale].</summary>
    public static void Upsample(int scale, in TensorView x, in TensorView y, int batch)
    {
        int channels = x.Layout.Channels;
        int row = y.Layout.Width * channels;
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < x.Layout.Height; h++)
            {
                float* from = x.Row(n, h);
                float* first = y.Row(n, h * scale);
                float* to = first;
                for (int w = 0; w < x.Layout.Width; w++, from += channels)
                {
                    for (int k = 0; k < scale; k++, to += channels)
                    {
                        CopyRun(from, to, channels);
                    }
                }

                for (int k = 1; k < scale; k++)
                {
                    CopyRun(first, y.Row(n, h * scale + k), row);
                }
            }

            Halo.Clear(in y, n);
        }
    }

    /// <summary>y is x inside a frame of zeros.</summary>
    public static void ZeroPad(int padding, in TensorView x, in TensorView y, int batch)
    {
        int side = padding * y.Layout.Channels;
        int row = y.Layout.Width * y.Layout.Channels;
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < y.Layout.Height; h++)
            {
                float* to = y.Row(n, h);
                int from = h - padding;
                if (from < 0 || from >= x.Layout.Height)
                {
                    new Span<float>(to, row).Clear();
                    continue;
                }

                new Span<float>(to, side).Clear();
                CopyRun(x.Row(n, from), to + side, row - 2 * side);
                new Span<float>(to + row - side, side).Clear();
            }

            Halo.Clear(in y, n);
        }
    }

    /// <summary>dx = the inner part of dy.</summary>
    public static void ZeroPadBackward(int padding, in TensorView dy, in TensorView dx, int batch)
    {
        int row = dx.Layout.Width * dx.Layout.Channels;
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < dx.Layout.Height; h++)
            {
                CopyRun(dy.Row(n, h + padding) + padding * dy.Layout.Channels, dx.Row(n, h), row);
            }

            Halo.Clear(in dx, n);
        }
    }

    // The call into memmove costs more than a few floats do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRun(float* from, float* to, int count)
    {
        if (count == 1)
        {
            *to = *from;
        }
        else
        {
            new ReadOnlySpan<float>(from, count).CopyTo(new Span<float>(to, count));
        }
    }
}
