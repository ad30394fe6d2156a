using System;
using System.Runtime.CompilerServices;
using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// A thread's scratch memory for kernels: native, 64-byte aligned, grown when an operation first needs more and kept until the thread ends. Used like a
/// stack: <c>using Workspace.Scope scope = Workspace.Open();</c> and then <see cref="Scope.Take"/>; what was taken is free again when the
/// scope ends. Contents are not cleared.
/// </summary>
internal sealed unsafe class Workspace : CriticalFinalizerObject
{
    private const long Alignment = 64;

    // Neighbouring pieces are kept apart by a little more than a multiple of 4 KiB would be, so that they do not fall into the same sets of L1.
    private const long Gap = 128;

    // What is above is refused before bytes are counted: the count must not wrap around.
    private const long MostFloats = long.MaxValue / (2 * sizeof(float));

    [ThreadStatic]
    private static Workspace? current;

    private readonly delegate*<nuint, byte*> allocate;
    private byte* memory;
    private long size;
    private long used;

    // Pieces that did not fit: each holds the address of the one before it. Joined into one block when the outermost scope ends.
    private byte* overflow;
    private long overflowSize;
    private int depth;

    /// <summary>A workspace that gets its memory from <paramref name="allocate"/>: 64-byte aligned, freed by <see cref="NativeMemory.AlignedFree"/>.</summary>
    internal Workspace(delegate*<nuint, byte*> allocate) => this.allocate = allocate;

    /// <summary>Frees the memory when its thread has ended.</summary>
    ~Workspace()
    {
        FreeOverflow();
        FreeMemory();
    }

    /// <summary>Opens the current thread's workspace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scope Open()
    {
        Workspace workspace = Workspace.current ??= new Workspace(&Allocate);
        return workspace.Enter();
    }

    /// <summary>Opens this workspace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Scope Enter()
    {
        depth++;
        return new Scope(this);
    }

    private static byte* Allocate(nuint bytes) => (byte*)NativeMemory.AlignedAlloc(bytes, (nuint)Alignment);

    private float* Take(long floats)
    {
        if ((ulong)floats > MostFloats)
            throw new InsufficientMemoryException($"A kernel wanted scratch memory for {floats} floats.");
        long bytes = ((floats * sizeof(float) + Alignment - 1) & -Alignment) + Gap;
        if (used + bytes <= size)
        {
            byte* taken = memory + used;
            used += bytes;
            return (float*)taken;
        }

        byte* piece = allocate((nuint)(bytes + Alignment));
        *(byte**)piece = overflow;
        overflow = piece;
        overflowSize += bytes;
        return (float*)(piece + Alignment);
    }

    private void Close(long used)
    {
        this.used = used;
        if (--depth == 0 && overflow != null)
            Grow();
    }

    /// <summary>
    /// One block in place of the block and its overflow. Both go first, so that the peak is not twice the need; and the operation is done, so a refusal
    /// is no error: the next operation starts from nothing, and asks anew for what it needs.
    /// </summary>
    private void Grow()
    {
        long size = this.size + overflowSize;
        FreeOverflow();
        FreeMemory();
        overflowSize = 0;
        try
        {
            memory = allocate((nuint)size);
            this.size = size;
        }
        catch (OutOfMemoryException)
        {
            // Nothing is held then.
            return;
        }

        GC.AddMemoryPressure(size);
    }

    /// <summary>The collector is told of the block: a thread that has ended leaves it to the finalizer.</summary>
    private void FreeMemory()
    {
        if (memory == null)
            return;
        NativeMemory.AlignedFree(memory);
        GC.RemoveMemoryPressure(size);
        memory = null;
        size = 0;
    }

    private void FreeOverflow()
    {
        while (overflow != null)
        {
            byte* before = *(byte**)overflow;
            NativeMemory.AlignedFree(overflow);
            overflow = before;
        }
    }

    /// <summary>What an operation took; given back on disposal.</summary>
    public readonly ref struct Scope
    {
        private readonly Workspace workspace;
        private readonly long used;

        internal Scope(Workspace workspace)
        {
            this.workspace = workspace;
            used = workspace.used;
        }

        /// <summary>Takes room for that many floats, 64-byte aligned, not cleared.</summary>
        public float* Take(long floats) => workspace.Take(floats);

        /// <summary>Gives everything back that was taken through this scope.</summary>
        public void Dispose() => workspace.Close(used);
    }
}
