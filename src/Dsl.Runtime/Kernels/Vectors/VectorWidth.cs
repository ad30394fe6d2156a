using System.Runtime.Intrinsics;

namespace Dsl.Runtime.Kernels;

/// <summary>Which register width the kernels use on this machine. The members fold to constants in compiled code.</summary>
internal static class VectorWidth
{
    /// <summary>True where 512-bit registers are there and fast.</summary>
    public static bool Is512 => Vector512.IsHardwareAccelerated;

    /// <summary>True where 256-bit registers are there.</summary>
    public static bool Is256 => Vector256.IsHardwareAccelerated;

    /// <summary>Floats of a register.</summary>
    public static int Count => Is512 ? 16 : Is256 ? 8 : 4;
}
