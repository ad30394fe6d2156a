using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Dsl.Spark.Connect;

/// <summary>A Spark Connect server of one's own on this machine. It ends with this process, however that ends.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private const int KeptLines = 40;

    // The server runs while the pipe to the shell is open: the kernel closes it when this process dies, of whatever cause.
    private const string Guard = "exec 3<&0; \"$@\" 3<&- & pid=$!; { cat <&3; kill $pid; } >/dev/null 2>&1 & wait $pid";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(15);

    private readonly Process process;
    private readonly Queue<string> lines = new();

    private LocalServer(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    public string ConnectionString => $"sc://127.0.0.1:{Port}";

    /// <summary>What the server said last.</summary>
    public string Log
    {
        get
        {
            lock (lines)
                return string.Join("\n", lines);
        }
    }

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="home">Spark's folder.</param>
    /// <param name="master">Such as <c>local[*]</c>.</param>
    /// <param name="settings">Further settings of Spark.</param>
    /// <param name="cancellation">Stops it again.</param>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static async Task<LocalServer> StartAsync(string home, string master, IReadOnlyDictionary<string, string>? settings, CancellationToken cancellation)
    {
        string submit = Path.Combine(home, "bin", OperatingSystem.IsWindows() ? "spark-submit.cmd" : "spark-submit");
        if (!File.Exists(submit))
            throw new InvalidOperationException($"There is no Spark in '{home}': {submit} is missing. SPARK_HOME must name the folder of an unpacked Spark 4 (https://spark.apache.org/downloads.html).");
        int port = FreePort();
        Dictionary<string, string> all = new()
        {
            ["spark.connect.grpc.binding.address"] = "127.0.0.1",
            ["spark.connect.grpc.binding.port"] = port.ToString(CultureInfo.InvariantCulture),
            ["spark.ui.enabled"] = "false",
        };
        foreach ((string name, string value) in settings ?? new Dictionary<string, string>())
            all[name] = value;
        string[] command =
        [
            submit, "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--name", "Spark Connect server", "--master", master,
            .. all.SelectMany(one => (string[])["--conf", $"{one.Key}={one.Value}"]), "spark-internal",
        ];
        bool isGuarded = !OperatingSystem.IsWindows();
        ProcessStartInfo start = new(isGuarded ? "/bin/sh" : command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in isGuarded ? ["-c", Guard, "sh", .. command] : command[1..])
            start.ArgumentList.Add(argument);
        start.Environment["SPARK_HOME"] = home;
        start.Environment["SPARK_CONNECT_MODE"] = "0";
        start.Environment.TryAdd("SPARK_LOCAL_IP", "127.0.0.1");
        LocalServer server = new(Process.Start(start)!, port);
        try
        {
            await server.WaitAsync(cancellation).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                process.Kill(entireProcessTree: true);
            else
                process.StandardInput.Close();
            using CancellationTokenSource patience = new(LongestEnd);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        process.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Stopwatch watch = Stopwatch.StartNew();
        while (!await AcceptsAsync(cancellation).ConfigureAwait(false))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"Spark ended with {process.ExitCode} before it answered. It said:\n{Log}");
            if (watch.Elapsed > LongestStart)
                throw new InvalidOperationException($"Spark did not answer on port {Port} within {LongestStart.TotalMinutes} minutes. It said:\n{Log}");
            await Task.Delay(100, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> AcceptsAsync(CancellationToken cancellation)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (lines)
        {
            if (line.Data is not null)
                lines.Enqueue(line.Data);
            if (lines.Count > KeptLines)
                lines.Dequeue();
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
