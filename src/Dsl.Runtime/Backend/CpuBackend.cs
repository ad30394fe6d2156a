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
    public static FloatBuffer Allocate(long count)
    {
        nuint bytes = checked((nuint)(count + Slack) * sizeof(float));
        void* memory = NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(memory, bytes);
        return new FloatBuffer((nint)memory);
    }

    /// <inheritdoc cref="IBackend.AllocateInts"/>
    public static IntBuffer AllocateInts(long count)
    {
        nuint bytes = checked((nuint)(count + Slack) * sizeof(int));
        void* memory = NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(memory, bytes);
        return new IntBuffer((nint)memory);
    }

    /// <inheritdoc cref="IBackend.Free(FloatBuffer)"/>
    public static void Free(FloatBuffer buffer) => NativeMemory.AlignedFree((void*)buffer.Handle);

    /// <inheritdoc cref="IBackend.Free(IntBuffer)"/>
    public static void Free(IntBuffer buffer) => NativeMemory.AlignedFree((void*)buffer.Handle);

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
}
