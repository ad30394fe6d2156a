using System;
using System.Threading;
using Dsl.Conformance;
using Dsl.Runtime;

namespace ModelTests.Behaviour;

/// <summary>The SIMD backend, with every allocation and release of native memory counted. For tests that run alone.</summary>
[Forwards<CpuBackend>]
public readonly partial struct CountingBackend : IBackend
{
    private static long live;
    private static long allocations;

    /// <summary>Buffers that were allocated and not freed.</summary>
    public static long Live => Interlocked.Read(ref live);

    /// <summary>Allocations so far.</summary>
    public static long Allocations => Interlocked.Read(ref allocations);

    /// <summary>Allocations until one fails, once; null: none does.</summary>
    public static int? RoomFor { get; set; }

    public static FloatBuffer Allocate(long count)
    {
        ThrowIfFull();
        Interlocked.Increment(ref live);
        Interlocked.Increment(ref allocations);
        return CpuBackend.Allocate(count);
    }

    public static IntBuffer AllocateInts(long count)
    {
        ThrowIfFull();
        Interlocked.Increment(ref live);
        Interlocked.Increment(ref allocations);
        return CpuBackend.AllocateInts(count);
    }

    public static void Free(FloatBuffer buffer)
    {
        Interlocked.Decrement(ref live);
        CpuBackend.Free(buffer);
    }

    public static void Free(IntBuffer buffer)
    {
        Interlocked.Decrement(ref live);
        CpuBackend.Free(buffer);
    }

    private static void ThrowIfFull()
    {
        if (RoomFor is not { } room)
            return;
        RoomFor = room == 0 ? null : room - 1;
        if (room == 0)
            throw new InsufficientMemoryException("No room.");
    }
}
