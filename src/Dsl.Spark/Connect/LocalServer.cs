using System;
using System.Collections.Generic;
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
    private readonly GuardedProcess process;

    private LocalServer(GuardedProcess process, int port)
    {
        this.process = process;
        Port = port;
    }

    public int Port { get; }

    public string ConnectionString => $"sc://127.0.0.1:{Port}";

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
        Dictionary<string, string> environment = new() { ["SPARK_HOME"] = home, ["SPARK_CONNECT_MODE"] = "0" };
        if (Environment.GetEnvironmentVariable("SPARK_LOCAL_IP") is null)
            environment["SPARK_LOCAL_IP"] = "127.0.0.1";
        LocalServer server = new(GuardedProcess.Start(command, environment), port);
        try
        {
            await server.process.WaitForPortAsync("Spark", port, cancellation).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    /// <summary>A port that nobody listens at.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
