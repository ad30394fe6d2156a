using System.Runtime.Intrinsics;

namespace Dsl.Runtime.Kernels;

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
