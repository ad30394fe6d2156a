using System;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>
/// A piece of a backend's memory that one network holds. The collector is told of its size, so that networks that nobody disposed are found before
/// they fill the machine; allocating and telling, freeing and untelling always pair here.
/// </summary>
internal abstract class NetworkMemory
{
    private const int BytesOfValue = 4;

    // Behind each buffer, as IBackend.Allocate promises.
    private const int Slack = 64;

    private readonly long bytes;
    private int isFreed;

    private protected NetworkMemory(long count)
    {
        Count = count;
        bytes = (count + Slack) * BytesOfValue;
        GC.AddMemoryPressure(bytes);
    }

    /// <summary>Values for which there is room.</summary>
    public long Count { get; }

    /// <summary>The memory as floats; none when it holds int32.</summary>
    public FloatBuffer Floats { get; private protected init; }

    /// <summary>The memory as int32; none when it holds floats.</summary>
    public IntBuffer Ints { get; private protected init; }

    /// <summary>Frees it; a second call does nothing.</summary>
    public void Free()
    {
        if (Interlocked.Exchange(ref isFreed, 1) != 0)
            return;
        Release();
        GC.RemoveMemoryPressure(bytes);
    }

    /// <summary>The error of memory that is not to be had: an <see cref="OutOfMemoryException"/> that says whose, what for and how much.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="purpose">What the memory is for.</param>
    /// <param name="count">Values of 4 bytes.</param>
    /// <param name="inner">What the backend or the collector said.</param>
    internal static InsufficientMemoryException Refused(string network, string purpose, Int128 count, Exception? inner) =>
        new($"{network}: there is no memory for {purpose}: {count * BytesOfValue} bytes are wanted.", inner);

    /// <summary>Checks that a buffer of that many values can be told to a backend at all.</summary>
    /// <exception cref="InsufficientMemoryException">Its bytes are more than an address can count.</exception>
    internal static long Checked(string network, string purpose, Int128 count) =>
        count <= (long.MaxValue / BytesOfValue) - Slack ? (long)count : throw Refused(network, purpose, count, null);

    private protected abstract void Release();
}

/// <summary>A piece of <typeparamref name="TBackend"/>'s memory that one network holds.</summary>
/// <typeparam name="TBackend">The backend.</typeparam>
internal sealed class NetworkMemory<TBackend> : NetworkMemory
    where TBackend : struct, IBackend
{
    private NetworkMemory(long count)
        : base(count)
    {
    }

    /// <summary>Zeroed memory for floats.</summary>
    /// <exception cref="InsufficientMemoryException">There is not as much.</exception>
    public static NetworkMemory<TBackend> OfFloats(string network, string purpose, Int128 count)
    {
        long checkedCount = Checked(network, purpose, count);
        FloatBuffer buffer;
        try
        {
            buffer = TBackend.Allocate(checkedCount);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or OverflowException)
        {
            throw Refused(network, purpose, count, exception);
        }

        return new NetworkMemory<TBackend>(checkedCount) { Floats = buffer };
    }

    /// <summary>Memory for int32.</summary>
    /// <exception cref="InsufficientMemoryException">There is not as much.</exception>
    public static NetworkMemory<TBackend> OfInts(string network, string purpose, Int128 count)
    {
        long checkedCount = Checked(network, purpose, count);
        IntBuffer buffer;
        try
        {
            buffer = TBackend.AllocateInts(checkedCount);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or OverflowException)
        {
            throw Refused(network, purpose, count, exception);
        }

        return new NetworkMemory<TBackend>(checkedCount) { Ints = buffer };
    }

    private protected override void Release()
    {
        if (!Floats.IsNone)
            TBackend.Free(Floats);
        if (!Ints.IsNone)
            TBackend.Free(Ints);
    }
}
