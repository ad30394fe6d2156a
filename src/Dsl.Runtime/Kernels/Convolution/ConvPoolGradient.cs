using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Kernels;

/// <summary>The gradient of a 2×2 max pool of stride 2, the most common one: every window owns its four pixels, so it just writes them.</summary>
internal static unsafe class ConvPoolGradient
{
    /// <summary>Image <paramref name="pooled"/> to image <paramref name="image"/>, halo included; an odd last row or column is zero.</summary>
    public static void Spread(in TensorView pooled, byte* indices, in TensorView image)
    {
        TensorLayout layout = image.Layout;
        int channels = layout.Channels;
        int width = pooled.Layout.Width;
        for (int row = 0; row < pooled.Layout.Height; row++)
        {
            byte* chosen = indices + (nint)row * width * channels;
            float* to = image.Row(0, 2 * row);
            VectorWidth.Run(new SpreadRowKernel(pooled.Row(0, row), chosen, channels, width, to, layout.RowStride));
            if (layout.Width > 2 * width)
            {
                NativeMemory.Clear(to + 2 * width * channels, (nuint)channels * sizeof(float));
                NativeMemory.Clear(to + layout.RowStride + 2 * width * channels, (nuint)channels * sizeof(float));
            }
        }

        if (layout.Height > 2 * pooled.Layout.Height)
            NativeMemory.Clear(image.Row(0, layout.Height - 1), (nuint)(layout.Width * channels) * sizeof(float));
        Halo.Clear(image, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SpreadRow<V>(float* from, byte* indices, int channels, int width, float* to, nint row)
        where V : unmanaged, ISimd<V>
    {
        for (int column = 0; column < width; column++, from += channels, indices += channels, to += 2 * channels)
        {
            for (int c = 0; c < channels; c += V.Count)
            {
                int lanes = int.Min(V.Count, channels - c);
                V gradient = Lanes.Load<V>(from + c, lanes);
                V index = Lanes.LoadIndices<V>(indices, c, lanes, 1);
                float* at = to + c;
                (gradient & V.BitsEqual(index, V.Zero)).StoreLanes(at, lanes);
                (gradient & V.BitsEqual(index, V.CreateBits(1))).StoreLanes(at + channels, lanes);
                (gradient & V.BitsEqual(index, V.CreateBits(2))).StoreLanes(at + row, lanes);
                (gradient & V.BitsEqual(index, V.CreateBits(3))).StoreLanes(at + row + channels, lanes);
            }
        }
    }

    private readonly struct SpreadRowKernel(float* from, byte* indices, int channels, int width, float* to, nint row) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => SpreadRow<V>(from, indices, channels, width, to, row);
    }
}
