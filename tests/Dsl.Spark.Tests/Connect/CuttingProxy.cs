using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Dsl.Spark.Tests.Connect;

/// <summary>Stands before a Spark and cuts the connection behind a frame of its answers; every message ends with a frame.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private const int HeaderLength = 9;
    private const byte DataFrame = 0;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> sockets = [];
    private readonly CancellationTokenSource end = new();
    private readonly int target;
    private int left = int.MaxValue;
    private int cuts;

    public CuttingProxy(int target)
    {
        this.target = target;
        listener.Start();
        _ = AcceptAsync();
    }

    public string ConnectionString => $"sc://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public int Cuts => cuts;

    /// <summary>Whether a cut resets the connection instead of ending it.</summary>
    public bool Resets { get; set; }

    /// <summary>Cuts once, behind so many further frames of data.</summary>
    public void CutBehind(int frames) => Volatile.Write(ref left, frames);

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        foreach (Socket socket in sockets)
            socket.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            Socket client = await listener.AcceptSocketAsync(end.Token);
            Socket server = new(SocketType.Stream, ProtocolType.Tcp);
            await server.ConnectAsync(IPAddress.Loopback, target);
            client.NoDelay = server.NoDelay = true;
            sockets.Add(client);
            sockets.Add(server);
            _ = PumpAsync(client, server);
            _ = PumpFramesAsync(server, client);
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            for (int got = await from.ReceiveAsync(buffer); got > 0; got = await from.ReceiveAsync(buffer))
                await SendAsync(to, buffer.AsMemory(0, got));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other direction ended first.
        }

        to.Dispose();
        from.Dispose();
    }

    private async Task PumpFramesAsync(Socket from, Socket to)
    {
        byte[] header = new byte[HeaderLength];
        byte[] buffer = new byte[1 << 14];
        try
        {
            while (await ReadAsync(from, header))
            {
                int length = BinaryPrimitives.ReadInt32BigEndian(header) >>> 8;
                if (length > buffer.Length)
                    buffer = new byte[length];
                await ReadAsync(from, buffer.AsMemory(0, length));
                await SendAsync(to, header);
                await SendAsync(to, buffer.AsMemory(0, length));
                if (header[3] != DataFrame || Interlocked.Decrement(ref left) != 0)
                    continue;
                Volatile.Write(ref left, int.MaxValue);
                Interlocked.Increment(ref cuts);
                if (Resets)
                    to.LingerState = new LingerOption(enable: true, seconds: 0);
                break;
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other direction ended first.
        }

        to.Dispose();
        from.Dispose();
    }

    private static async Task<bool> ReadAsync(Socket from, Memory<byte> into)
    {
        while (into.Length > 0)
        {
            int got = await from.ReceiveAsync(into);
            if (got == 0)
                return false;
            into = into[got..];
        }

        return true;
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes)..];
    }
}
