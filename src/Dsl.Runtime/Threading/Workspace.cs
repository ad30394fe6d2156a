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
    private static Workspace? t_current;

    private readonly delegate*<nuint, byte*> _allocate;
    private byte* _memory;
    private long _size;
    private long _used;

    // Pieces that did not fit: each holds the address of the one before it. Joined into one block when the outermost scope ends.
    private byte* _overflow;
    private long _overflowSize;
    private int _depth;

    /// <summary>A workspace that gets its memory from <paramref name="allocate"/>: 64-byte aligned, freed by <see cref="NativeMemory.AlignedFree"/>.</summary>
    internal Workspace(delegate*<nuint, byte*> allocate) => _allocate = allocate;

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
        Workspace workspace = t_current ??= new Workspace(&Allocate);
        return workspace.Enter();
    }

    /// <summary>Opens this workspace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Scope Enter()
    {
        _depth++;
        return new Scope(this);
    }

    private static byte* Allocate(nuint bytes) => (byte*)NativeMemory.AlignedAlloc(bytes, (nuint)Alignment);

    private float* Take(long floats)
    {
        if ((ulong)floats > MostFloats)
            throw new InsufficientMemoryException($"A kernel wanted scratch memory for {floats} floats.");
        long bytes = ((floats * sizeof(float) + Alignment - 1) & -Alignment) + Gap;
        if (_used + bytes <= _size)
        {
            byte* taken = _memory + _used;
            _used += bytes;
            return (float*)taken;
        }

        byte* piece = _allocate((nuint)(bytes + Alignment));
        *(byte**)piece = _overflow;
        _overflow = piece;
        _overflowSize += bytes;
        return (float*)(piece + Alignment);
    }

    private void Close(long used)
    {
        _used = used;
        if (--_depth == 0 && _overflow != null)
            Grow();
    }

    /// <summary>
    /// One block in place of the block and its overflow. Both go first, so that the peak is not twice the need; and the operation is done, so a refusal
    /// is no error: the next operation starts from nothing, and asks anew for what it needs.
    /// </summary>
    private void Grow()
    {
        long size = _size + _overflowSize;
        FreeOverflow();
        FreeMemory();
        _overflowSize = 0;
        try
        {
            _memory = _allocate((nuint)size);
            _size = size;
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
        if (_memory == null)
            return;
        NativeMemory.AlignedFree(_memory);
        GC.RemoveMemoryPressure(_size);
        _memory = null;
        _size = 0;
    }

    private void FreeOverflow()
    {
        while (_overflow != null)
        {
            byte* before = *(byte**)_overflow;
            NativeMemory.AlignedFree(_overflow);
            _overflow = before;
        }
    }

    /// <summary>What an operation took; given back on disposal.</summary>
    public readonly ref struct Scope
    {
        private readonly Workspace _workspace;
        private readonly long _used;

        internal Scope(Workspace workspace)
        {
            _workspace = workspace;
            _used = workspace._used;
        }

        /// <summary>Takes room for that many floats, 64-byte aligned, not cleared.</summary>
        public float* Take(long floats) => _workspace.Take(floats);

        /// <summary>Gives everything back that was taken through this scope.</summary>
        public void Dispose() => _workspace.Close(_used);
    }
}
