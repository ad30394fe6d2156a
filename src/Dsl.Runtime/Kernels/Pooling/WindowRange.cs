using System;

namespace Dsl.Runtime.Kernels;

/// <summary>A range of positions along one axis: from <see cref="First"/> to before <see cref="End"/>.</summary>
internal readonly struct WindowRange(int first, int end)
{
    public readonly int First = first;
    public readonly int End = end;

    /// <summary>The positions of a window of <paramref name="kernel"/> from <paramref name="start"/> on (counted from its own start) that lie inside 0..size - 1.</summary>
    public static WindowRange Inside(int start, int kernel, int size) => new(Math.Max(0, -start), Math.Min(kernel, size - start));

    /// <summary>The windows that contain input position <paramref name="position"/>.</summary>
    public static WindowRange Over(int position, int kernel, int stride, int padding, int windows)
    {
        int last = position + padding;
        int first = last - kernel + 1;
        return new(first <= 0 ? 0 : (first + stride - 1) / stride, Math.Min(windows, last / stride + 1));
    }
}
