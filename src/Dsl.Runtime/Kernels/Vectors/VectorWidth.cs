using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Which register width the kernels use on this machine: the one place that asks. All of it folds to constants in compiled code, and what is left of a
/// kernel's start is the call of its loop. Loops are marked NoInlining: taken into a start that is compiled anew with a profile, they used up its
/// budget of inlining, and every vector operation became a call (a Winograd convolution after a training step took 2.9 times as long).
/// </summary>
internal static class VectorWidth
{
    /// <summary>Floats of a register.</summary>
    public static int Count => Is512 ? 16 : Is256 ? 8 : 4;

    // True where 512-bit registers are there and fast.
    private static bool Is512 => Vector512.IsHardwareAccelerated;

    // True where 256-bit registers are there.
    private static bool Is256 => Vector256.IsHardwareAccelerated;

    /// <summary>Runs a kernel on this machine's width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(TKernel kernel)
        where TKernel : struct, IWidthKernel, allows ref struct
    {
        if (Is512)
            kernel.Run<Simd512>();
        else if (Is256)
            kernel.Run<Simd256>();
        else
            kernel.Run<Simd128>();
    }

    /// <summary>Runs a kernel that has a result on this machine's width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TResult Run<TKernel, TResult>(TKernel kernel)
        where TKernel : struct, IWidthKernel<TResult>
        => Is512 ? kernel.Run<Simd512>() : Is256 ? kernel.Run<Simd256>() : kernel.Run<Simd128>();

    /// <summary>Runs a kernel of register tiles on this machine's width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunTiles<TKernel>(TKernel kernel)
        where TKernel : struct, ITileKernel, allows ref struct
    {
        if (Is512)
            kernel.Run<Vector512<float>, TileVector512>();
        else if (Is256)
            kernel.Run<Vector256<float>, TileVector256>();
        else
            kernel.Run<Vector128<float>, TileVector128>();
    }
}
