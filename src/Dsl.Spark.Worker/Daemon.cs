using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;

namespace Dsl.Spark.Worker;

/// <summary>
/// The process that Spark starts once for a session and an executor where PySpark has its daemon: tells where it listens, then serves each connection on a thread of its own. It ends
/// when Spark closes its standard input, or by itself when nobody was connected for a minute: Spark never ends the daemons of sessions that are over, and starts another when it needs
/// one.
/// </summary>
internal sealed class Daemon : IDisposable
{
    // Seconds without a connection, where an executor's environment says other ones.
    private const string IdleVariable = "DSL_SPARK_IDLE_SECONDS";
    private const int IdleSeconds = 60;

    private readonly UserCode code = new();
    private readonly SocketWatch watch = new();
    private readonly Lock counting = new();
    private int connections;
    private long idleSince = Environment.TickCount64;
    private volatile bool isEnding;

    public int Run()
    {
        // Spark ends idle workers by SIGTERM to the number that each connection told, which here is all of them.
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = !isEnding);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        string? folder = IsSet("PYTHON_UNIX_DOMAIN_ENABLED") ? Wanted("PYTHON_WORKER_FACTORY_SOCK_DIR") : null;
        string? path = folder is null ? null : Path.Combine(folder, $".{Guid.NewGuid()}.sock");
        string? secret = folder is null ? Wanted("PYTHON_WORKER_FACTORY_SECRET") : null;
        bool isIPv6 = IsSet("SPARK_PREFER_IPV6");
        TimeSpan idleTime = TimeSpan.FromSeconds(IdleSecondsOf(Environment.GetEnvironmentVariable(IdleVariable)));
        using Socket listener = path is not null
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(path is not null ? new UnixDomainSocketEndPoint(path) : new IPEndPoint(isIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0));
        listener.Listen(1024);
        using Stream standardOutput = Console.OpenStandardOutput();
        WireWriter writer = new(standardOutput);
        if (path is not null)
            writer.Text(path);
        else
            writer.Int(((IPEndPoint)listener.LocalEndPoint!).Port);
        writer.Flush();

        // User code may print: Spark reads this process's output no more, and shows its errors in the executor's log.
        Console.SetOut(Console.Error);
        new Thread(() => Listen(listener, secret)) { IsBackground = true, Name = "accept" }.Start();
        new Thread(() => ReadOrders()) { IsBackground = true, Name = "orders" }.Start();
        while (!isEnding)
        {
            Thread.Sleep(500);
            lock (counting)
                isEnding |= connections == 0 && Environment.TickCount64 - idleSince > idleTime.TotalMilliseconds;
        }

        if (path is not null)
            File.Delete(path);
        return 0;
    }

    public void Dispose() => watch.Dispose();

    /// <summary>What must be in the environment that Spark starts workers with.</summary>
    public static string Wanted(string variable) => Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} is not set. Spark's executors start this program, by spark.sql.execution.pyspark.python; it does nothing by itself.");

    public static bool IsSet(string variable) => string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase);

    private static int IdleSecondsOf(string? text)
    {
        if (text is null)
            return IdleSeconds;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds > 0
            ? seconds
            : throw new InvalidOperationException($"{IdleVariable} is '{text}'; seconds are wanted, a whole number from 1 on.");
    }

    private void Listen(Socket listener, string? secret)
    {
        while (!isEnding)
        {
            Socket socket;
            try
            {
                socket = listener.Accept();
            }
            catch (Exception error) when (isEnding && error is SocketException or ObjectDisposedException)
            {
                // The listener ended with the process, while nobody was connected.
                return;
            }

            if (socket.AddressFamily != AddressFamily.Unix)
                socket.NoDelay = true;
            lock (counting)
                connections++;
            new Thread(() => Serve(socket, secret)) { IsBackground = true, Name = "task" }.Start();
        }
    }

    private void Serve(Socket socket, string? secret)
    {
        try
        {
            new Connection(socket, secret, code, watch).Accept();
        }
        catch (Exception error)
        {
            // One connection's trouble is no other's.
            Console.Error.WriteLine(error);
        }
        finally
        {
            lock (counting)
            {
                connections--;
                idleSince = Environment.TickCount64;
            }
        }
    }

    /// <summary>Spark writes numbers of processes to kill: all are this one, and the task in question has lost its connection. The end of the input is the end of the work.</summary>
    private void ReadOrders()
    {
        using Stream orders = Console.OpenStandardInput();
        byte[] numbers = new byte[256];
        try
        {
            while (orders.Read(numbers) > 0)
            {
            }
        }
        catch (IOException)
        {
            // As good as an end.
        }

        isEnding = true;
        Environment.Exit(0);
    }
}
