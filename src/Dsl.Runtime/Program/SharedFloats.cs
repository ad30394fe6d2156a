using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>
/// A buffer of a backend whose values users see as spans: parameters, gradients, optimizer state. On the process's own memory it is a pinned array, so
/// that a span which outlives its network still points at memory; else there is a copy on the host, of which only what is asked for is read, and only what
/// may have been written is brought back.
/// </summary>
internal sealed class SharedFloats<TBackend>
    where TBackend : struct, IBackend
{
    // Vectors may read so far behind the end, as IBackend.Allocate promises; and arrays are not aligned to cache lines.
    private const int Slack = CpuBackend.Slack;
    private const int Alignment = CpuBackend.Alignment;

    private readonly float[] array;
    private readonly NetworkMemory<TBackend>? memory;
    private readonly int start;
    private readonly Lock copying = new();

    // The part of the host's copy that may be newer than the backend's values.
    private long newerStart;
    private long newerEnd;

    /// <summary>Allocates a buffer of zeros.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="purpose">What it is for, both for the error.</param>
    /// <param name="count">Values.</param>
    /// <exception cref="InsufficientMemoryException">There is no memory for it, or it is longer than an array.</exception>
    public unsafe SharedFloats(string network, string purpose, long count)
    {
        bool isPinned = TBackend.UsesHostMemory;
        array = NewArray(network, purpose, count, isPinned ? Slack + (Alignment / sizeof(float)) : 0, isPinned);
        if (!isPinned)
        {
            memory = NetworkMemory<TBackend>.OfFloats(network, purpose, count);
            Buffer = memory.Floats;
            return;
        }

        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        nint aligned = (address + Alignment - 1) & -Alignment;
        start = (int)(aligned - address) / sizeof(float);
        Buffer = new FloatBuffer(aligned);
    }

    public FloatBuffer Buffer { get; private set; }

    /// <summary>Values on the host; what is written reaches the backend with the next <see cref="ToBackend"/>.</summary>
    public Span<float> Values(long offset, int count, HostAccess access)
    {
        if (!TBackend.UsesHostMemory && count > 0)
        {
            lock (copying)
                Bring(offset, offset + count, access);
        }

        return array.AsSpan(checked(start + (int)offset), count);
    }

    /// <summary>True when some of the bytes are among those that <see cref="Values"/> gives out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Overlaps(ReadOnlySpan<byte> bytes) => MemoryMarshal.AsBytes(new ReadOnlySpan<float>(array)).Overlaps(bytes);

    /// <summary>Brings what was written on the host to the backend.</summary>
    public void ToBackend()
    {
        if (TBackend.UsesHostMemory)
            return;
        lock (copying)
        {
            if (newerStart == newerEnd)
                return;
            TBackend.Write(array.AsSpan((int)newerStart, (int)(newerEnd - newerStart)), Buffer + newerStart);
            newerStart = newerEnd = 0;
        }
    }

    public void Free()
    {
        memory?.Free();
        Buffer = default;
    }

    private void Bring(long from, long end, HostAccess access)
    {
        bool isClean = newerStart == newerEnd;
        if (access != HostAccess.Replace)
        {
            // Around what the host knows better, which is one piece.
            Download(from, isClean ? end : Math.Min(end, newerStart));
            if (!isClean)
                Download(Math.Max(from, newerEnd), end);
        }

        if (access == HostAccess.Read)
            return;
        if (!isClean)
        {
            // It stays one piece: what lies between both is as the backend has it.
            Download(end, newerStart);
            Download(newerEnd, from);
        }

        newerStart = isClean ? from : Math.Min(from, newerStart);
        newerEnd = isClean ? end : Math.Max(end, newerEnd);
    }

    private void Download(long from, long end)
    {
        if (from < end)
            TBackend.Read(Buffer + from, array.AsSpan((int)from, (int)(end - from)));
    }

    private static float[] NewArray(string network, string purpose, long count, int extra, bool isPinned)
    {
        if (count > Array.MaxLength - extra)
            throw NetworkMemory.Refused(network, purpose, count, null);
        try
        {
            return GC.AllocateArray<float>((int)count + extra, isPinned);
        }
        catch (OutOfMemoryException exception)
        {
            throw NetworkMemory.Refused(network, purpose, count, exception);
        }
    }
}
