using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Dsl.Spark.Executors;

namespace Dsl.Spark.Worker;

/// <summary>A task as its functions see it; meets the other tasks of a barrier stage through the driver.</summary>
internal sealed class SparkTask(TaskHeader header, CancellationToken cancellation) : ISessionTask
{
    private const int BarrierRequest = 1;
    private const int GatherRequest = 2;

    // Where Spark puts the hosts of a barrier stage.
    private const string AddressesProperty = "addresses";

    public int Partition => header.Partition;

    public int Attempt => header.Attempt;

    public int Stage => header.Stage;

    public long Id => header.TaskId;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Resources => header.Resources;

    public IReadOnlyDictionary<string, string> Properties => header.Properties;

    public bool IsBarrier => header.IsBarrier;

    public IReadOnlyList<string> Addresses => header.Properties.TryGetValue(AddressesProperty, out string? hosts) ? hosts.Split(',') : [];

    public CancellationToken Cancellation => cancellation;

    public string FilesFolder => header.FilesFolder;

    public void Barrier() => Ask(BarrierRequest, null);

    public IReadOnlyList<string> AllGather(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Ask(GatherRequest, message);
    }

    private List<string> Ask(int request, string? message)
    {
        if (!IsBarrier)
            throw new InvalidOperationException("The tasks of this stage do not run at the same time; a barrier stage is wanted: MapPartitions with barrier = true.");
        using Socket socket = header.BarrierAddress is string path
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        EndPoint end = header.BarrierAddress is string unix ? new UnixDomainSocketEndPoint(unix) : new IPEndPoint(IPAddress.Loopback, (int)header.BarrierAddress!);
        socket.Connect(end);

        // Waiting for the others ends when Spark gives the task up.
        using CancellationTokenRegistration ending = cancellation.Register(socket.Dispose);
        try
        {
            using NetworkStream stream = new(socket);
            using BufferedStream buffered = new(stream);
            WireWriter writer = new(buffered);
            WireReader reader = new(buffered);
            if (header.BarrierAddress is int)
            {
                writer.Text(header.BarrierSecret);
                writer.Flush();
                string answer = reader.Text();
                if (answer != "ok")
                    throw new InvalidOperationException($"Spark's side of the barrier refused this task: {answer}");
            }

            writer.Int(request);
            if (message is not null)
                writer.Text(message);
            writer.Flush();
            using MemoryStream reply = new();
            stream.CopyTo(reply);
            return MessagesOf(reply.ToArray());
        }
        catch (Exception error) when (cancellation.IsCancellationRequested && error is IOException or ObjectDisposedException or SocketException)
        {
            throw new OperationCanceledException("Spark gave up the task while it waited for the others of its stage.", error, cancellation);
        }
    }

    /// <summary>The messages of a reply. Where the barrier failed, Spark sends its error alone, without a count.</summary>
    private static List<string> MessagesOf(byte[] reply)
    {
        try
        {
            WireReader reader = new(new MemoryStream(reply));
            List<string> messages = [];
            for (int i = reader.Count("messages"); i > 0; i--)
                messages.Add(reader.Text());
            if (reader.Position == reply.Length && messages.Count > 0)
                return messages;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            // No list of messages: what it says stands below.
        }

        string text = System.Text.Encoding.UTF8.GetString(reply.AsSpan(Math.Min(4, reply.Length)));
        throw new InvalidOperationException($"The tasks of the stage did not meet: {(text.Length == 0 ? "Spark closed the connection" : text)}");
    }
}
