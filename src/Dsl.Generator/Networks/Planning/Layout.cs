using System;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks.Planning;

/// <summary>Rows and columns of zeros around an image.</summary>
internal readonly record struct Halo(int Top, int Left, int Bottom, int Right)
{
    public bool IsNone => (Top | Left | Bottom | Right) == 0;

    public static Halo Union(Halo a, Halo b) => new(Math.Max(a.Top, b.Top), Math.Max(a.Left, b.Left), Math.Max(a.Bottom, b.Bottom), Math.Max(a.Right, b.Right));
}

/// <summary>How a sample lies in memory: the compiler's twin of the runtime's TensorLayout.</summary>
internal readonly record struct Layout(int Channels, int Height, int Width, Halo Halo)
{
    /// <summary>One run of floats in row-major order.</summary>
    public static Layout Flat(long count) => new(checked((int)count), 1, 1, default);

    public static Layout Image(int channels, int height, int width, Halo halo = default) => new(channels, height, width, halo);

    /// <summary>True when the order of floats is the row-major, channels-first order that a user sees.</summary>
    public bool IsPlain => Halo.IsNone && (Channels == 1 || (long)Height * Width == 1);

    public int Pixels => Height * Width;

    public long Count => (long)Channels * Height * Width;

    /// <summary>Floats of a sample, halo included.</summary>
    public long Floats => Counting.Multiply(Counting.Multiply((long)Halo.Top + Height + Halo.Bottom, (long)Halo.Left + Width + Halo.Right), Channels);
}
