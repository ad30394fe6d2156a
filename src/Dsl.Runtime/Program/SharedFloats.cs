using System;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// A buffer of a backend whose values users see as spans: parameters, gradients, optimizer state. On the process's own memory it is a pinned array, so
/// that a span which outlives its network still points at memory; else there is a copy on the host, read and written when it must be.
/// </summary>
internal sealed class SharedFloats<TBackend>
    where TBackend : struct, IBackend
{
    // Vectors may read so far behind the end, as IBackend.Allocate promises; and arrays are not aligned to cache lines.
    private const int Slack = 64;
    private const int Alignment = 64;

    private readonly float[] array;
    private readonly int start;
    private bool hostIsNewer;

    public unsafe SharedFloats(long count)
    {
        if (!TBackend.UsesHostMemory)
        {
            array = new float[count];
            Buffer = TBackend.Allocate(count);
            return;
        }

        array = GC.AllocateArray<float>(checked((int)(count + Slack + (Alignment / sizeof(float)))), pinned: true);
        nint address = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        nint aligned = (address + Alignment - 1) & -Alignment;
        start = (int)(aligned - address) / sizeof(float);
        Buffer = new FloatBuffer(aligned);
    }

    public FloatBuffer Buffer { get; private set; }

    /// <summary>Values on the host; what is written reaches the backend with the next <see cref="ToBackend"/>.</summary>
    public Span<float> Values(long offset, int count, bool willWrite)
    {
        if (!TBackend.UsesHostMemory)
        {
            if (!hostIsNewer)
                TBackend.Read(Buffer, array);
            hostIsNewer |= willWrite;
        }

        return array.AsSpan(checked(start + (int)offset), count);
    }

    /// <summary>Brings what was written on the host to the backend.</summary>
    public void ToBackend()
    {
        if (!hostIsNewer)
            return;
        hostIsNewer = false;
        TBackend.Write(array, Buffer);
    }

    public void Free()
    {
        if (!TBackend.UsesHostMemory && !Buffer.IsNone)
            TBackend.Free(Buffer);
        Buffer = default;
    }
}
