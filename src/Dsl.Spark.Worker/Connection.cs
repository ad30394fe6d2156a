using System;
using System.IO;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace Dsl.Spark.Worker;

/// <summary>A connection of Spark's: shows who it is, then runs one task after the other.</summary>
/// <param name="socket">The connection.</param>
/// <param name="secret">What Spark must know, or null where the file system guards the socket.</param>
/// <param name="code">The user's code.</param>
/// <param name="watch">Notices when Spark gives a task up.</param>
internal sealed class Connection(Socket socket, string? secret, UserCode code, SocketWatch watch)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Serves a connection that Spark made, until it ends.</summary>
    public void Accept()
    {
        using (socket)
        using (NetworkStream stream = new(socket))
        {
            BufferedStream input = new(stream, BufferSize);
            BufferedStream output = new(stream, BufferSize);
            WireWriter writer = new(output);
            writer.Int(Environment.ProcessId);
            writer.Flush();
            if (secret is not null)
            {
                bool isKnown = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(new WireReader(input).Text()), Encoding.UTF8.GetBytes(secret));
                writer.Text(isKnown ? "ok" : "err");
                writer.Flush();
                if (!isKnown)
                    return;
            }

            RunTasks(stream, input, output);
        }
    }

    /// <summary>Serves a connection that this process made, as Spark wants it where it has no daemon.</summary>
    public void Offer()
    {
        using (socket)
        using (NetworkStream stream = new(socket))
        {
            BufferedStream input = new(stream, BufferSize);
            BufferedStream output = new(stream, BufferSize);
            WireWriter writer = new(output);
            if (secret is not null)
            {
                writer.Text(secret);
                writer.Flush();
                string answer = new WireReader(input).Text();
                if (answer != "ok")
                    throw new InvalidDataException($"Spark refused the worker: {answer}");
            }

            writer.Int(Environment.ProcessId);
            writer.Flush();
            RunTasks(stream, input, output);
        }
    }

    private void RunTasks(NetworkStream stream, BufferedStream input, BufferedStream output)
    {
        bool isReused = Environment.GetEnvironmentVariable("SPARK_REUSE_WORKER") is not null;
        CancellationTokenSource ending = watch.Start(socket);
        try
        {
            TaskRunner runner = new(input, output, code.Make);
            while (runner.Run(ending.Token) && isReused)
            {
            }

            // Spark closes first, or finds the end of the connection where it looks for its last frames.
            socket.Shutdown(SocketShutdown.Send);
            byte[] rest = new byte[4096];
            while (stream.Read(rest) > 0)
            {
            }
        }
        catch (Exception error) when (error is EndOfStreamException or IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Spark ended the connection: there are no more tasks, or it does not want this one any more.
        }
        finally
        {
            watch.Stop(socket);
            ending.Dispose();
        }
    }
}
