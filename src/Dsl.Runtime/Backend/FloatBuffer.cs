using System.Runtime.CompilerServices;

namespace Dsl.Runtime;

/// <summary>
/// A place in a backend's memory that holds float32 values: a handle that only the backend understands, and an offset in elements.
/// On <see cref="CpuBackend"/> the handle is an address. Generated code only adds offsets and hands buffers on.
/// </summary>
public readonly struct FloatBuffer
{
    /// <summary>Makes a buffer from a backend's handle and an offset in elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatBuffer(nint handle, nint offset = 0)
    {
        Handle = handle;
        Offset = offset;
    }

    /// <summary>The buffer that stands for "not given".</summary>
    public static FloatBuffer None => default;

    /// <summary>The backend's handle; 0 is <see cref="None"/>.</summary>
    public nint Handle { get; }

    /// <summary>Offset from the handle's start, in elements.</summary>
    public nint Offset { get; }

    /// <summary>True for <see cref="None"/>.</summary>
    public bool IsNone => Handle == 0;

    internal unsafe float* Pointer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (float*)Handle + Offset;
    }

    /// <summary>The buffer that starts <paramref name="elements"/> further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatBuffer operator +(FloatBuffer buffer, long elements) => new(buffer.Handle, unchecked(buffer.Offset + (nint)elements));

    /// <summary>The buffer that starts <paramref name="elements"/> further on.</summary>
    public static FloatBuffer Add(FloatBuffer buffer, long elements) => buffer + elements;
}

/// <summary>A place in a backend's memory that holds int32 values; see <see cref="FloatBuffer"/>.</summary>
public readonly struct IntBuffer
{
    /// <summary>Makes a buffer from a backend's handle and an offset in elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IntBuffer(nint handle, nint offset = 0)
    {
        Handle = handle;
        Offset = offset;
    }

    /// <summary>The buffer that stands for "not given".</summary>
    public static IntBuffer None => default;

    /// <summary>The backend's handle; 0 is "not given".</summary>
    public nint Handle { get; }

    /// <summary>Offset from the handle's start, in elements.</summary>
    public nint Offset { get; }

    /// <summary>True when not given.</summary>
    public bool IsNone => Handle == 0;

    internal unsafe int* Pointer
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int*)Handle + Offset;
    }

    /// <summary>The buffer that starts <paramref name="elements"/> further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IntBuffer operator +(IntBuffer buffer, long elements) => new(buffer.Handle, unchecked(buffer.Offset + (nint)elements));

    /// <summary>The buffer that starts <paramref name="elements"/> further on.</summary>
    public static IntBuffer Add(IntBuffer buffer, long elements) => buffer + elements;
}
