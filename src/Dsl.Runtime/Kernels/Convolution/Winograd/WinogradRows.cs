using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>The transforms of whole rows of tiles, on the machine's width of register.</summary>
internal static unsafe class WinogradRows
{
    /// <summary>Patches of x whose first has its corner at <paramref name="x"/>.</summary>
    public static void Input(float* x, nint row, int channels, int tiles, float* planes, nint plane)
        => VectorWidth.Run(new InputKernel(x, row, channels, tiles, planes, plane));

    /// <summary>Adds planes to the patches of an image.</summary>
    public static void AddInputAdjoint(float* planes, nint plane, int channels, int tiles, float* image, nint row)
        => VectorWidth.Run(new AddInputAdjointKernel(planes, plane, channels, tiles, image, row));

    /// <summary>Two rows of y.</summary>
    public static void Output(float* planes, nint plane, int channels, float* bias, (float Low, float High) clamp, float* y, nint row, int columns, bool hasSecondRow)
        => VectorWidth.Run(new OutputKernel(planes, plane, channels, bias, clamp, y, row, columns, hasSecondRow));

    /// <summary>A row of y, pooled 2×2.</summary>
    public static void OutputPooled(float* planes, nint plane, int channels, float* bias, (float Low, float High) clamp, float* y, byte* indices, int columns)
        => VectorWidth.Run(new OutputPooledKernel(planes, plane, channels, bias, clamp, y, indices, columns));

    /// <summary>Planes of two rows of the output's gradient; of one row of the pooled output's, where indices are given.</summary>
    public static void OutputAdjoint(float* dy, nint row, byte* indices, int channels, int tiles, float* planes, nint plane)
        => VectorWidth.Run(new OutputAdjointKernel(dy, row, indices, channels, tiles, planes, plane));

    private static void OutputAdjoint<V>(float* dy, nint row, byte* indices, int channels, int tiles, float* planes, nint plane)
        where V : unmanaged, ISimd<V>
    {
        if (indices == null)
            WinogradOutput<V>.Adjoint(dy, row, channels, tiles, planes, plane);
        else
            WinogradOutput<V>.AdjointPooled(dy, indices, channels, tiles, planes, plane);
    }

    private readonly struct InputKernel(float* x, nint row, int channels, int tiles, float* planes, nint plane) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => WinogradInput<V>.Transform(x, row, channels, tiles, planes, plane);
    }

    private readonly struct AddInputAdjointKernel(float* planes, nint plane, int channels, int tiles, float* image, nint row) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => WinogradInput<V>.AddAdjoint(planes, plane, channels, tiles, image, row);
    }

    private readonly struct OutputKernel(
        float* planes, nint plane, int channels, float* bias, (float Low, float High) clamp, float* y, nint row, int columns, bool hasSecondRow)
        : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => WinogradOutput<V>.Transform(planes, plane, channels, bias, clamp.Low, clamp.High, y, row, columns, hasSecondRow);
    }

    private readonly struct OutputPooledKernel(
        float* planes, nint plane, int channels, float* bias, (float Low, float High) clamp, float* y, byte* indices, int columns)
        : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => WinogradOutput<V>.TransformPooled(planes, plane, channels, bias, clamp.Low, clamp.High, y, indices, columns);
    }

    private readonly struct OutputAdjointKernel(float* dy, nint row, byte* indices, int channels, int tiles, float* planes, nint plane) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => OutputAdjoint<V>(dy, row, indices, channels, tiles, planes, plane);
    }
}
