using System;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>The backend in C# SIMD on the process's own memory: each operation forwards to a kernel of <c>Dsl.Runtime.Kernels</c>.</summary>
public readonly unsafe partial struct CpuBackend : IBackend
{
    /// <summary>Where memory begins, in bytes: on a cache line.</summary>
    internal const int Alignment = 64;

    /// <summary>Floats behind what was asked for, which vectors may read.</summary>
    internal const int Slack = 64;

    /// <inheritdoc cref="IBackend.UsesHostMemory"/>
    public static bool UsesHostMemory => true;

    /// <inheritdoc cref="IBackend.Allocate"/>
    public static FloatBuffer Allocate(long count) => new(AllocateZeroed(count));

    /// <inheritdoc cref="IBackend.AllocateInts"/>
    public static IntBuffer AllocateInts(long count) => new(AllocateZeroed(count));

    /// <inheritdoc cref="IBackend.Free(FloatBuffer)"/>
    public static void Free(FloatBuffer buffer) => Release(buffer.Handle);

    /// <inheritdoc cref="IBackend.Free(IntBuffer)"/>
    public static void Free(IntBuffer buffer) => Release(buffer.Handle);

    /// <inheritdoc cref="IBackend.Write(ReadOnlySpan{float}, FloatBuffer)"/>
    public static void Write(ReadOnlySpan<float> values, FloatBuffer buffer) => values.CopyTo(new Span<float>(buffer.Pointer, values.Length));

    /// <inheritdoc cref="IBackend.Write(ReadOnlySpan{int}, IntBuffer)"/>
    public static void Write(ReadOnlySpan<int> values, IntBuffer buffer) => values.CopyTo(new Span<int>(buffer.Pointer, values.Length));

    /// <inheritdoc cref="IBackend.Read"/>
    public static void Read(FloatBuffer buffer, Span<float> values) => new ReadOnlySpan<float>(buffer.Pointer, values.Length).CopyTo(values);

    /// <inheritdoc cref="IBackend.CountCorrect"/>
    public static void CountCorrect(FloatBuffer scores, IntBuffer labels, FloatBuffer correct, long rows, int columns, int ignore)
    {
        long count = 0;
        for (long row = 0; row < rows; row++)
        {
            int label = labels.Pointer[row];
            if (label == ignore)
                continue;
            ReadOnlySpan<float> values = new(scores.Pointer + (row * columns), columns);
            count += Choice.Label(values) == label ? 1 : 0;
        }

        *correct.Pointer = count;
    }

    // The system's own zeros: pages that nobody touches are never there, where clearing would bring them all at once.
    private static nint AllocateZeroed(long count)
    {
        const nuint Before = Alignment + (nuint)sizeof(long);
        nint memory = (nint)NativeMemory.AllocZeroed(checked((nuint)(count + Slack) * sizeof(float) + Before));
        nint aligned = (memory + (nint)Before) & -Alignment;
        ((nint*)aligned)[-1] = memory;
        return aligned;
    }

    private static void Release(nint buffer)
    {
        if (buffer != 0)
            NativeMemory.Free((void*)((nint*)buffer)[-1]);
    }
}
