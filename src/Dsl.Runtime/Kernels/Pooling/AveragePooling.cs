using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Sums over rectangles of pixels, scaled: average pooling of either kind, its gradients (gathered from the outputs that an input went into, so
/// that every element is written once and in a fixed order), and the gradient of nearest-neighbour enlargement.
/// </summary>
internal static unsafe class AveragePooling
{
    /// <summary>Average pooling; padding counts.</summary>
    public static void Forward(in PoolShape shape, in TensorView x, in TensorView y, int batch)
    {
        PoolWindows rows = new(shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, x.Layout.Height);
        PoolWindows columns = new(shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, x.Layout.Width);
        Run(rows, columns, in x, in y, batch);
    }

    /// <summary>Gradient of <see cref="Forward"/>.</summary>
    public static void Backward(in PoolShape shape, in TensorView dy, in TensorView dx, int batch)
    {
        PoolOwners rows = new(shape.KernelHeight, shape.StrideHeight, shape.PaddingHeight, dy.Layout.Height);
        PoolOwners columns = new(shape.KernelWidth, shape.StrideWidth, shape.PaddingWidth, dy.Layout.Width);
        Run(rows, columns, in dy, in dx, batch);
    }

    /// <summary>Means of rows ⌊i·H/H'⌋ up to ⌈(i+1)·H/H'⌉, and columns likewise.</summary>
    public static void AdaptiveForward(in TensorView x, in TensorView y, int batch)
        => Run(new AdaptiveWindows(x.Layout.Height, y.Layout.Height), new AdaptiveWindows(x.Layout.Width, y.Layout.Width), in x, in y, batch);

    /// <summary>Gradient of <see cref="AdaptiveForward"/>.</summary>
    public static void AdaptiveBackward(in TensorView dy, in TensorView dx, int batch)
        => Run(new AdaptiveOwners(dx.Layout.Height, dy.Layout.Height), new AdaptiveOwners(dx.Layout.Width, dy.Layout.Width), in dy, in dx, batch);

    /// <summary>dx = sums of dy over blocks of scale × scale.</summary>
    public static void UpsampleBackward(int scale, in TensorView dy, in TensorView dx, int batch)
        => Run(new Blocks(scale), new Blocks(scale), in dy, in dx, batch);

    private static void Run<TWindows>(TWindows rows, TWindows columns, in TensorView x, in TensorView y, int batch)
        where TWindows : struct, IWindows
    {
        // What an output costs is the inputs that it reads.
        long elements = Math.Max(x.Layout.Count, y.Layout.Count) / y.Layout.Height;
        Parts.Run(batch * y.Layout.Height, elements, new Work<TWindows>(rows, columns, in x, in y));
    }

    // The windows along one axis: which positions of x output i sums, with what factor each.
    private interface IWindows
    {
        WindowRange Of(int i);

        /// <summary>Factor of source position <paramref name="source"/> in output <paramref name="i"/>.</summary>
        float Weight(int i, int source);

        /// <summary>True where the factor does not depend on the source.</summary>
        static abstract bool IsUniform { get; }
    }

    private readonly struct Work<TWindows>(TWindows rows, TWindows columns, in TensorView x, in TensorView y) : IRowWork
        where TWindows : struct, IWindows
    {
        private readonly TWindows rows = rows;
        private readonly TWindows columns = columns;
        private readonly TensorView x = x;
        private readonly TensorView y = y;

        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                int n = row / y.Layout.Height;
                int h = row % y.Layout.Height;
                VectorWidth.Run(new RowKernel<TWindows>(in rows, in columns, in x, in y, n, h));

                if (h == y.Layout.Height - 1)
                    Halo.Clear(in y, n);
            }
        }
    }

    private readonly ref struct RowKernel<TWindows>(in TWindows rows, in TWindows columns, in TensorView x, in TensorView y, int n, int h) : IWidthKernel
        where TWindows : struct, IWindows
    {
        private readonly ref readonly TWindows rows = ref rows;
        private readonly ref readonly TWindows columns = ref columns;
        private readonly ref readonly TensorView x = ref x;
        private readonly ref readonly TensorView y = ref y;
        private readonly int n = n;
        private readonly int h = h;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Row<TWindows, V>(rows, columns, in x, in y, n, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Row<TWindows, V>(TWindows rows, TWindows columns, in TensorView x, in TensorView y, int n, int h)
        where TWindows : struct, IWindows
        where V : unmanaged, ISimd<V>
    {
        int channels = y.Layout.Channels;
        nint stride = x.Layout.RowStride;
        float* to = y.Row(n, h);
        WindowRange height = rows.Of(h);
        for (int w = 0; w < y.Layout.Width; w++, to += channels)
        {
            WindowRange width = columns.Of(w);
            float* corner = x.Row(n, height.First) + (nint)width.First * channels;
            for (int c = 0; c < channels; c += V.Count)
            {
                int lanes = Math.Min(V.Count, channels - c);
                V sum = V.Zero;
                for (int i = height.First; i < height.End; i++)
                {
                    float* p = corner + (i - height.First) * stride + c;
                    for (int j = width.First; j < width.End; j++, p += channels)
                    {
                        V value = Lanes.Load<V>(p, lanes);
                        sum = TWindows.IsUniform ? sum + value : V.MultiplyAdd(value, V.Create(rows.Weight(h, i) * columns.Weight(w, j)), sum);
                    }
                }

                if (TWindows.IsUniform)
                    sum *= V.Create(rows.Weight(h, 0) * columns.Weight(w, 0));

                sum.StoreLanes(to + c, lanes);
            }
        }
    }

    private readonly struct PoolWindows(int kernel, int stride, int padding, int size) : IWindows
    {
        public static bool IsUniform => true;

        public WindowRange Of(int i)
        {
            int start = i * stride - padding;
            return new(Math.Max(0, start), Math.Min(size, start + kernel));
        }

        public float Weight(int i, int source) => 1f / kernel;
    }

    private readonly struct PoolOwners(int kernel, int stride, int padding, int windows) : IWindows
    {
        public static bool IsUniform => true;

        public WindowRange Of(int i) => WindowRange.Over(i, kernel, stride, padding, windows);

        public float Weight(int i, int source) => 1f / kernel;
    }

    private readonly struct AdaptiveWindows(int size, int windows) : IWindows
    {
        public static bool IsUniform => true;

        public WindowRange Of(int i) => new((int)((long)i * size / windows), (int)(((long)(i + 1) * size + windows - 1) / windows));

        public float Weight(int i, int source)
        {
            WindowRange range = Of(i);
            return 1f / (range.End - range.First);
        }
    }

    private readonly struct AdaptiveOwners(int size, int windows) : IWindows
    {
        public static bool IsUniform => false;

        // Window ⌊i·windows/size⌋ starts at or before i; its neighbours may reach i too.
        public WindowRange Of(int i)
        {
            AdaptiveWindows forward = new(size, windows);
            int first = (int)((long)i * windows / size);
            int end = first + 1;
            while (first > 0 && forward.Of(first - 1).End > i)
                first--;

            while (end < windows && forward.Of(end).First <= i)
                end++;

            return new(first, end);
        }

        public float Weight(int i, int source) => new AdaptiveWindows(size, windows).Weight(source, 0);
    }

    private readonly struct Blocks(int scale) : IWindows
    {
        public static bool IsUniform => true;

        public WindowRange Of(int i) => new(i * scale, (i + 1) * scale);

        public float Weight(int i, int source) => 1;
    }
}
