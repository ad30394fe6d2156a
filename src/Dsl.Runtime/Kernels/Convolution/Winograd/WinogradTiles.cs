using System;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// How a Winograd convolution is cut: rows of 2×2 tiles of some images are transformed, multiplied plane by plane and transformed back while L2 holds them.
/// Small images go several at a time, so that the products have rows enough; large ones go some rows at a time.
/// </summary>
internal readonly struct WinogradTiles
{
    private const int PlanesFloats = 96 * 1024;
    private const int FewestTiles = 48;

    /// <summary>Cuts a batch.</summary>
    public WinogradTiles(in Conv2dShape shape)
    {
        Rows = (shape.ConvHeight + 1) / 2;
        Columns = (shape.ConvWidth + 1) / 2;
        int wanted = Math.Max(FewestTiles, PlanesFloats / (16 * (shape.InputChannels + shape.OutputChannels)));
        Images = Math.Max(1, wanted / (Rows * Columns));
        RowsAtOnce = Math.Clamp(wanted / Columns, 1, Rows);
    }

    /// <summary>Rows of tiles of an image.</summary>
    public int Rows { get; }

    /// <summary>Tiles of a row.</summary>
    public int Columns { get; }

    /// <summary>Images that go together; more than one only where all their rows do.</summary>
    public int Images { get; }

    /// <summary>Rows of tiles that go together.</summary>
    public int RowsAtOnce { get; init; }

    /// <summary>Tiles that go together.</summary>
    public int Most => Images * RowsAtOnce * Columns;

    /// <summary>Floats from plane to plane: a little more than the tiles take, so that 16 planes do not fall into the same sets of L1.</summary>
    public static nint Plane(int tiles, int channels) => (((nint)tiles * channels + 15) & ~15) + 16;
}

/// <summary>The transforms of whole rows of tiles, on the machine's width of register.</summary>
internal static unsafe class WinogradRows
{
    /// <summary>Patches of x whose first has its corner at <paramref name="x"/>.</summary>
    public static void Input(float* x, nint row, int channels, int tiles, float* planes, nint plane)
    {
        if (Vector512.IsHardwareAccelerated)
            WinogradInput<Simd512>.Transform(x, row, channels, tiles, planes, plane);
        else if (Vector256.IsHardwareAccelerated)
            WinogradInput<Simd256>.Transform(x, row, channels, tiles, planes, plane);
        else
            WinogradInput<Simd128>.Transform(x, row, channels, tiles, planes, plane);
    }

    /// <summary>Adds planes to the patches of an image.</summary>
    public static void AddInputAdjoint(float* planes, nint plane, int channels, int tiles, float* image, nint row)
    {
        if (Vector512.IsHardwareAccelerated)
            WinogradInput<Simd512>.AddAdjoint(planes, plane, channels, tiles, image, row);
        else if (Vector256.IsHardwareAccelerated)
            WinogradInput<Simd256>.AddAdjoint(planes, plane, channels, tiles, image, row);
        else
            WinogradInput<Simd128>.AddAdjoint(planes, plane, channels, tiles, image, row);
    }

    /// <summary>Two rows of y.</summary>
    public static void Output(float* planes, nint plane, int channels, float* bias, (float Low, float High) clamp, float* y, nint row, int columns, bool hasSecondRow)
    {
        if (Vector512.IsHardwareAccelerated)
            WinogradOutput<Simd512>.Transform(planes, plane, channels, bias, clamp.Low, clamp.High, y, row, columns, hasSecondRow);
        else if (Vector256.IsHardwareAccelerated)
            WinogradOutput<Simd256>.Transform(planes, plane, channels, bias, clamp.Low, clamp.High, y, row, columns, hasSecondRow);
        else
            WinogradOutput<Simd128>.Transform(planes, plane, channels, bias, clamp.Low, clamp.High, y, row, columns, hasSecondRow);
    }

    /// <summary>A row of y, pooled 2×2.</summary>
    public static void OutputPooled(float* planes, nint plane, int channels, float* bias, (float Low, float High) clamp, float* y, byte* indices, int columns)
    {
        if (Vector512.IsHardwareAccelerated)
            WinogradOutput<Simd512>.TransformPooled(planes, plane, channels, bias, clamp.Low, clamp.High, y, indices, columns);
        else if (Vector256.IsHardwareAccelerated)
            WinogradOutput<Simd256>.TransformPooled(planes, plane, channels, bias, clamp.Low, clamp.High, y, indices, columns);
        else
            WinogradOutput<Simd128>.TransformPooled(planes, plane, channels, bias, clamp.Low, clamp.High, y, indices, columns);
    }

    /// <summary>Planes of two rows of the output's gradient; of one row of the pooled output's, where indices are given.</summary>
    public static void OutputAdjoint(float* dy, nint row, byte* indices, int channels, int tiles, float* planes, nint plane)
    {
        if (Vector512.IsHardwareAccelerated)
            OutputAdjoint<Simd512>(dy, row, indices, channels, tiles, planes, plane);
        else if (Vector256.IsHardwareAccelerated)
            OutputAdjoint<Simd256>(dy, row, indices, channels, tiles, planes, plane);
        else
            OutputAdjoint<Simd128>(dy, row, indices, channels, tiles, planes, plane);
    }

    private static void OutputAdjoint<V>(float* dy, nint row, byte* indices, int channels, int tiles, float* planes, nint plane)
        where V : unmanaged, ISimd<V>
    {
        if (indices == null)
            WinogradOutput<V>.Adjoint(dy, row, channels, tiles, planes, plane);
        else
            WinogradOutput<V>.AdjointPooled(dy, indices, channels, tiles, planes, plane);
    }
}
