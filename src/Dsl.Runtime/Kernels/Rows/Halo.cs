using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Rows of views, and the ring of zeros around them.</summary>
internal static unsafe class Halo
{
    /// <summary>Address of element (n, h, 0, 0).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float* Row(this in TensorView view, int n, int h)
        => view.Start.Pointer + view.Layout.Origin + n * view.Layout.SampleStride + (long)h * view.Layout.RowStride;

    /// <summary>Zeroes the ring around sample <paramref name="n"/>: done sample by sample, while its rows are in the cache.</summary>
    public static void Clear(in TensorView view, int n)
    {
        if (view.Layout.IsContiguous)
            return;

        float* sample = view.Start.Pointer + n * view.Layout.SampleStride;
        long row = (long)view.Layout.Width * view.Layout.Channels;
        long between = (long)(view.Layout.Right + view.Layout.Left) * view.Layout.Channels;
        long position = view.Layout.Origin;
        Zero(sample, position);
        for (int h = 1; h < view.Layout.Height; h++)
        {
            Zero(sample + position + row, between);
            position += view.Layout.RowStride;
        }

        Zero(sample + position + row, view.Layout.SampleStride - position - row);
    }

    private static void Zero(float* from, long count) => new System.Span<float>(from, checked((int)count)).Clear();
}
