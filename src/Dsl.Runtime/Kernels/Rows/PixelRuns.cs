using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// A batch of views of one shape as runs of neighbouring pixels: a row each where a view has a halo, otherwise as many pixels as make about
/// 16 KB, so that passes over the channels of a run find it in L1.
/// </summary>
internal readonly unsafe struct PixelRuns
{
    private const int RunElements = 4096;
    private readonly bool isFlat;
    private readonly int length;
    private readonly int height;
    private readonly int channels;
    private readonly long pixels;

    /// <summary>Runs of a batch of such views.</summary>
    /// <param name="layout">The shape.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="isFlat">True where no view of the operation has a halo.</param>
    public PixelRuns(in TensorLayout layout, int batch, bool isFlat)
    {
        this.isFlat = isFlat;
        channels = layout.Channels;
        height = layout.Height;
        pixels = (long)batch * layout.Height * layout.Width;
        length = isFlat ? Math.Max(1, RunElements / channels) : layout.Width;
        Count = isFlat ? (int)((pixels + length - 1) / length) : batch * height;
    }

    /// <summary>Runs.</summary>
    public int Count { get; }

    /// <summary>Elements of a run; the last may have fewer.</summary>
    public long Elements => (long)length * channels;

    /// <summary>Pixels of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Length(int run) => isFlat ? (int)Math.Min(length, pixels - (long)run * length) : length;

    /// <summary>Address of a run in a view.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* Start(in TensorView view, int run)
        => isFlat ? view.Start.Pointer + (long)run * length * channels : view.Row(run / height, run % height);

    /// <summary>Number of a run's first element, halos not counted.</summary>
    public long FirstElement(int run) => (long)run * length * channels;

    /// <summary>Zeroes the halo of the sample that ends with this run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ClearHaloAfter(in TensorView view, int run)
    {
        if (!isFlat && run % height == height - 1)
            Halo.Clear(in view, run / height);
    }
}
