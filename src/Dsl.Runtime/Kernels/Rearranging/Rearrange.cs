using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Copies between layouts, sample by sample on several threads: all bound by memory.</summary>
internal static unsafe class Rearrange
{
    // What is done for one sample.
    private interface ISampleWork
    {
        void Sample(int n);
    }

    /// <summary>y = x, between layouts of different halos.</summary>
    public static void Copy(in TensorView x, in TensorView y, int batch)
    {
        if (x.Layout.IsContiguous && y.Layout.IsContiguous)
            CopyBlocks(x.Start.Pointer, x.Layout.Count, 0, y.Start.Pointer, y.Layout.Count, 0, 1, (int)y.Layout.Count, batch);
        else
            Each(batch, y.Layout.Count, new PadWork(0, in x, in y));
    }

    /// <summary>y (channels last) = x (contiguous, channels first).</summary>
    public static void ToChannelsLast(float* x, in TensorView y, int batch) => Each(batch, y.Layout.Count, new ToLastWork(x, in y));

    /// <summary>y (contiguous, channels first) = x (channels last).</summary>
    public static void ToChannelsFirst(in TensorView x, float* y, int batch) => Each(batch, x.Layout.Count, new ToFirstWork(in x, y));

    /// <summary>Copies runs of <paramref name="length"/> floats that lie apart by strides.</summary>
    public static void CopyBlocks(float* x, long xSampleStride, long xStride, float* y, long ySampleStride, long yStride, int blocks, int length, int batch)
        => Each(batch, (long)blocks * length, new BlocksWork(x, xSampleStride, xStride, y, ySampleStride, yStride, blocks, length));

    /// <summary>y = x with its axes reordered; both contiguous.</summary>
    public static void Permute(in Permutation permutation, float* x, float* y, int batch)
    {
        PermuteWork work = new(in permutation, x, y);
        Each(batch, work.Count, work);
    }

    /// <summary>y[h, w] = x[h / scale, w / scale].</summary>
    public static void Upsample(int scale, in TensorView x, in TensorView y, int batch) => Each(batch, y.Layout.Count, new UpsampleWork(scale, in x, in y));

    /// <summary>y is x inside a frame of zeros.</summary>
    public static void ZeroPad(int padding, in TensorView x, in TensorView y, int batch) => Each(batch, y.Layout.Count, new PadWork(padding, in x, in y));

    /// <summary>dx = the inner part of dy.</summary>
    public static void ZeroPadBackward(int padding, in TensorView dy, in TensorView dx, int batch)
        => Each(batch, dx.Layout.Count, new CropWork(padding, in dy, in dx));

    private static void Each<TWork>(int batch, long elements, TWork work)
        where TWork : struct, ISampleWork
        => Parts.Run(batch, elements, new Samples<TWork>(work));

    // The call into memmove costs more than a few floats do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRun(float* from, float* to, int count)
    {
        if (count == 1)
            *to = *from;
        else
            new ReadOnlySpan<float>(from, count).CopyTo(new Span<float>(to, count));
    }

    private readonly struct Samples<TWork>(TWork work) : IRowWork
        where TWork : struct, ISampleWork
    {
        private readonly TWork work = work;

        public void Run(int first, int end)
        {
            for (int n = first; n < end; n++)
                work.Sample(n);
        }
    }

    private readonly struct ToLastWork(float* x, in TensorView y) : ISampleWork
    {
        private readonly float* x = x;
        private readonly TensorView y = y;

        public void Sample(int n)
        {
            int channels = y.Layout.Channels;
            int width = y.Layout.Width;
            nint pixels = (nint)y.Layout.Height * width;
            float* from = x + n * y.Layout.Count;
            if (y.Layout.IsContiguous)
            {
                Transpose.Run(from, pixels, y.Row(n, 0), channels, channels, (int)pixels);
                return;
            }

            for (int h = 0; h < y.Layout.Height; h++)
                Transpose.Run(from + (nint)h * width, pixels, y.Row(n, h), channels, channels, width);

            Halo.Clear(in y, n);
        }
    }

    private readonly struct ToFirstWork(in TensorView x, float* y) : ISampleWork
    {
        private readonly TensorView x = x;
        private readonly float* y = y;

        public void Sample(int n)
        {
            int channels = x.Layout.Channels;
            int width = x.Layout.Width;
            nint pixels = (nint)x.Layout.Height * width;
            float* to = y + n * x.Layout.Count;
            if (x.Layout.IsContiguous)
            {
                Transpose.Run(x.Row(n, 0), channels, to, pixels, (int)pixels, channels);
                return;
            }

            for (int h = 0; h < x.Layout.Height; h++)
                Transpose.Run(x.Row(n, h), channels, to + (nint)h * width, pixels, width, channels);
        }
    }

    private readonly struct BlocksWork(float* x, long xSampleStride, long xStride, float* y, long ySampleStride, long yStride, int blocks, int length) : ISampleWork
    {
        public void Sample(int n)
        {
            float* from = x + n * xSampleStride;
            float* to = y + n * ySampleStride;
            for (int b = 0; b < blocks; b++, from += xStride, to += yStride)
                CopyRun(from, to, length);
        }
    }

    private readonly struct UpsampleWork(int scale, in TensorView x, in TensorView y) : ISampleWork
    {
        private readonly TensorView x = x;
        private readonly TensorView y = y;

        public void Sample(int n)
        {
            int channels = x.Layout.Channels;
            int row = y.Layout.Width * channels;
            for (int h = 0; h < x.Layout.Height; h++)
            {
                float* from = x.Row(n, h);
                float* first = y.Row(n, h * scale);
                float* to = first;
                for (int w = 0; w < x.Layout.Width; w++, from += channels)
                {
                    for (int k = 0; k < scale; k++, to += channels)
                        CopyRun(from, to, channels);
                }

                for (int k = 1; k < scale; k++)
                    CopyRun(first, y.Row(n, h * scale + k), row);
            }

            Halo.Clear(in y, n);
        }
    }

    private readonly struct PadWork(int padding, in TensorView x, in TensorView y) : ISampleWork
    {
        private readonly TensorView x = x;
        private readonly TensorView y = y;

        public void Sample(int n)
        {
            int side = padding * y.Layout.Channels;
            int row = y.Layout.Width * y.Layout.Channels;
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

    private readonly struct CropWork(int padding, in TensorView dy, in TensorView dx) : ISampleWork
    {
        private readonly TensorView dy = dy;
        private readonly TensorView dx = dx;

        public void Sample(int n)
        {
            int row = dx.Layout.Width * dx.Layout.Channels;
            for (int h = 0; h < dx.Layout.Height; h++)
                CopyRun(dy.Row(n, h + padding) + padding * dy.Layout.Channels, dx.Row(n, h), row);

            Halo.Clear(in dx, n);
        }
    }

    private readonly struct PermuteWork(in Permutation permutation, float* x, float* y) : ISampleWork
    {
        private readonly Permutation permutation = permutation;

        public long Count => (long)permutation.D0 * permutation.D1 * permutation.D2 * permutation.D3;

        public void Sample(int n)
        {
            ReadOnlySpan<int> size = [permutation.D0, permutation.D1, permutation.D2, permutation.D3];
            ReadOnlySpan<int> axis = [permutation.A0, permutation.A1, permutation.A2, permutation.A3];
            ReadOnlySpan<long> xStride = [(long)size[1] * size[2] * size[3], (long)size[2] * size[3], size[3], 1];

            // Along y's axes: size, stride in x, stride in y.
            Span<int> length = stackalloc int[4];
            Span<long> sx = stackalloc long[4];
            Span<long> sy = stackalloc long[4];
            long count = 1;
            for (int i = 3; i >= 0; i--)
            {
                length[i] = size[axis[i]];
                sx[i] = xStride[axis[i]];
                sy[i] = count;
                count *= length[i];
            }

            // x's last axis is walked together with y's last: copies of runs where they are the same, transposes otherwise.
            int contiguous = axis.IndexOf(3);
            int inner = contiguous == 3 ? 2 : contiguous;
            int outer0 = inner == 0 ? 1 : 0;
            int outer1 = inner == 2 ? 1 : 2;
            for (int i = 0; i < length[outer0]; i++)
            {
                for (int j = 0; j < length[outer1]; j++)
                {
                    float* from = x + n * count + i * sx[outer0] + j * sx[outer1];
                    float* to = y + n * count + i * sy[outer0] + j * sy[outer1];
                    if (contiguous != 3)
                    {
                        Transpose.Run(from, (nint)sx[3], to, (nint)sy[inner], length[3], length[inner]);
                        continue;
                    }

                    for (int k = 0; k < length[2]; k++)
                        CopyRun(from + k * sx[2], to + k * sy[2], length[3]);
                }
            }
        }
    }
}
