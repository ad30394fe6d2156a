using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;

namespace Dsl.Spark.Worker;

/// <summary>
/// Tells a task that Spark closed its connection while the task computes and reads nothing: that is how Spark cancels. One thread asks for all connections; a socket that has unread
/// data does not show through reading that its other end is gone, so the kernel is asked directly.
/// </summary>
internal sealed partial class SocketWatch : IDisposable
{
    // poll(2) of Linux: the other end closed, an error, hung up.
    private const short ReadHangUp = 0x2000;
    private const short Gone = ReadHangUp | 0x8 | 0x10;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<Socket, CancellationTokenSource> watched = [];
    private readonly Timer timer;

    public SocketWatch() => timer = new Timer(_ => Look());

    /// <summary>Watches a connection until the result is disposed.</summary>
    public CancellationTokenSource Start(Socket socket)
    {
        CancellationTokenSource ending = new();
        lock (watched)
        {
            watched.Add(socket, ending);
            if (watched.Count == 1)
                timer.Change(Interval, Interval);
        }

        return ending;
    }

    public void Stop(Socket socket)
    {
        lock (watched)
        {
            watched.Remove(socket);
            if (watched.Count == 0)
                timer.Change(Timeout.Infinite, Timeout.Infinite);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        List<CancellationTokenSource> gone = [];
        lock (watched)
        {
            foreach ((Socket socket, CancellationTokenSource ending) in watched)
            {
                if (!ending.IsCancellationRequested && IsGone(socket))
                    gone.Add(ending);
            }
        }

        foreach (CancellationTokenSource ending in gone)
            ending.Cancel();
    }

    private static bool IsGone(Socket socket)
    {
        if (socket.SafeHandle.IsInvalid || socket.SafeHandle.IsClosed)
            return true;
        Poll poll = new() { Descriptor = (int)socket.Handle, Wanted = ReadHangUp };
        return Ask(ref poll, 1, 0) > 0 && (poll.Found & Gone) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Ask(ref Poll descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
