using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Tests.Arrow;
using Dsl.Spark.Tests.Networks;
using Dsl.Spark.Types;
using Dsl.Spark.Worker;
using Xunit;

namespace Dsl.Spark.Tests.Worker;

/// <summary>The worker as a process, with this test in Spark's place.</summary>
public sealed partial class DaemonTests : IDisposable
{
    private const string Secret = "between us";
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-worker-");
    private readonly List<Process> processes = [];

    public void Dispose()
    {
        foreach (Process process in processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tasks_follow_each_other_on_a_connection(bool isUnixSocket)
    {
        CodeFolder();
        File.WriteAllBytes(Path.Combine(folder.FullName, "s-1"), BitConverter.GetBytes(10.0));
        Session session = Start(isUnixSocket);
        using Peer peer = session.Connect();
        Assert.Equal(session.Process.Id, peer.ProcessId);
        Assert.Equal("-6 [40,80,120] -3 -1 0 -4", peer.Run<ExecutedFunctions.Scaled>("s-1", [2, 4, 6]));
        Assert.Equal("-6 [4] -3 -1 0 -4", peer.Run<ExecutedFunctions.Scaled>(null, [2]));
        Assert.Equal("-3 -1 0 -4", peer.Run<ExecutedFunctions.Scaled>(null, []));
        using Peer other = session.Connect();
        Assert.Equal("-6 [2] -3 -1 0 -4", other.Run<ExecutedFunctions.Scaled>(null, [1]));
    }

    [Theory]
    [InlineData(typeof(ExecutedFunctions.Failing), "System.InvalidOperationException: no such number\n   at Dsl.Spark.Tests.Worker.ExecutedFunctions.Failing.Run(")]
    [InlineData(typeof(ExecutedFunctions.Short), "ExecutedFunctions+Short gave 1 rows for 2.")]
    [InlineData(typeof(ExecutedFunctions.Garbled), "ExecutedFunctions+Garbled gave bytes as text that are no UTF-8.")]
    [InlineData(typeof(DaemonTests), "Dsl.Spark.Tests.Worker.DaemonTests is no ExecutorFunction.")]
    [InlineData(typeof(string), "System.String")]
    public void An_error_reaches_Spark_and_no_other_task(Type function, string text)
    {
        CodeFolder();
        Session session = Start();
        using (Peer peer = session.Connect())
            Assert.Contains(text, peer.Run(function, null, [1, 2]), StringComparison.Ordinal);
        using Peer next = session.Connect();
        Assert.Equal("-6 [2] -3 -1 0 -4", next.Run<ExecutedFunctions.Scaled>(null, [1]));
    }

    [Fact]
    public void What_was_not_uploaded_is_named()
    {
        Session session = Start();
        using Peer peer = session.Connect();
        Assert.Contains("code, which the client uploaded, is at none of", peer.Run<ExecutedFunctions.Scaled>(null, [1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_secret_is_refused()
    {
        Session session = Start();
        using Peer peer = session.Connect("guessed");
        Assert.Equal("err", peer.Greeting);
        Assert.Equal(-1, peer.Stream.ReadByte());
    }

    [Fact]
    public void A_task_ends_when_Spark_closes_its_connection()
    {
        CodeFolder();
        Session session = Start();
        using (Peer peer = session.Connect())
        {
            peer.Send(typeof(ExecutedFunctions.Endless), null, [1]);
            AwaitedFile.Wait(Path.Combine(folder.FullName, "started"));
        }

        AwaitedFile.Wait(Path.Combine(folder.FullName, "ended"));
        using Peer next = session.Connect();
        Assert.Equal("-6 [2] -3 -1 0 -4", next.Run<ExecutedFunctions.Scaled>(null, [1]));
    }

    [Fact]
    public void A_task_with_batches_to_come_ends_when_Spark_closes_its_connection()
    {
        const int All = 500;
        CodeFolder();
        Session session = Start();
        using (Peer peer = session.Connect())
        {
            peer.Send(typeof(ExecutedFunctions.Slow), null, [1], All);
            AwaitedFile.Wait(Path.Combine(folder.FullName, "started"));
        }

        AwaitedFile.Wait(Path.Combine(folder.FullName, "batches"));
        Assert.InRange(int.Parse(File.ReadAllText(Path.Combine(folder.FullName, "batches"))), 1, All / 2);
    }

    [Fact]
    public void A_network_loads_where_there_is_no_OpenSSL()
    {
        CodeFolder();
        using Scorer network = new();
        Scorer.PredictFunction function = new();
        File.WriteAllBytes(Path.Combine(folder.FullName, "s-1"), function.Describe(network, strict: false).State!.Value.ToArray());
        Session session = Start();
        using Peer peer = session.Connect();

        // It is there, and says what it takes.
        Assert.Contains("takes one column of arrays of 12 numbers", peer.Run<Scorer.PredictFunction>("s-1", [1]), StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.DoesNotContain("libssl", File.ReadAllText($"/proc/{session.Process.Id}/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_ends_with_its_input_and_not_by_a_signal()
    {
        CodeFolder();
        Session session = Start();
        using (Peer peer = session.Connect())
        {
            Assert.Equal(0, Kill(session.Process.Id, Terminate));
            Assert.Equal("-6 [2] -3 -1 0 -4", peer.Run<ExecutedFunctions.Scaled>(null, [1]));

            // The number of a process to kill, which is all of them.
            session.Process.StandardInput.BaseStream.Write([0, 0, 0, 7]);
            session.Process.StandardInput.BaseStream.Flush();
            Assert.Equal("-6 [2] -3 -1 0 -4", peer.Run<ExecutedFunctions.Scaled>(null, [1]));
        }

        session.Process.StandardInput.Close();
        Assert.True(session.Process.WaitForExit(Patience));
        Assert.Equal(0, session.Process.ExitCode);
    }

    [Fact]
    public void Tasks_leave_nothing_on_the_heap()
    {
        const int Tasks = 100;
        CodeFolder();
        File.WriteAllBytes(Path.Combine(folder.FullName, "s-1"), BitConverter.GetBytes(10.0));
        Session session = Start();
        RunAll();
        double before = HeapBytes();
        RunAll();
        double more = HeapBytes() - before;

        // A kilobyte a task would be a leak.
        Assert.True(more < 1024 * Tasks, $"{Tasks} tasks on one connection, and as many on their own, left {more} bytes.");

        void RunAll()
        {
            using Peer peer = session.Connect();
            for (int i = 0; i < Tasks; i++)
            {
                Assert.EndsWith(" -3 -1 0 -4", peer.Run<ExecutedFunctions.Scaled>("s-1", new double[1000 + i]), StringComparison.Ordinal);
                using Peer own = session.Connect();
                Assert.EndsWith(" -3 -1 0 -4", own.Run<ExecutedFunctions.Scaled>(null, new double[1000 + i]), StringComparison.Ordinal);
            }
        }

        double HeapBytes()
        {
            using Peer peer = session.Connect();
            string answer = peer.Run<ExecutedFunctions.HeapBytes>(null, [1]);
            return double.Parse(answer[(answer.IndexOf('[', StringComparison.Ordinal) + 1)..answer.IndexOf(']', StringComparison.Ordinal)], CultureInfo.CurrentCulture);
        }
    }

    [Fact]
    public void It_ends_when_nobody_was_connected_for_a_while()
    {
        CodeFolder();
        Session session = Start(isUnixSocket: true, idleSeconds: "1");
        using (Peer peer = session.Connect())
        {
            Assert.Equal("-6 [2] -3 -1 0 -4", peer.Run<ExecutedFunctions.Scaled>(null, [1]));

            // Connected it stays, however long there is nothing to do.
            Assert.False(session.Process.WaitForExit(TimeSpan.FromSeconds(2.5)));
            Assert.Equal("-6 [2] -3 -1 0 -4", peer.Run<ExecutedFunctions.Scaled>(null, [1]));
        }

        Assert.True(session.Process.WaitForExit(Patience));
        Assert.Equal(0, session.Process.ExitCode);
        Assert.False(File.Exists(session.Address.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_Spark_wants_no_daemon_the_worker_comes_to_it(bool isUnixSocket)
    {
        CodeFolder();
        string path = Path.Combine(folder.FullName, "spark.sock");
        using Socket listener = isUnixSocket ? new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(isUnixSocket ? new UnixDomainSocketEndPoint(path) : new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        ProcessStartInfo start = Program("pyspark.worker");
        start.WorkingDirectory = folder.FullName;
        if (isUnixSocket)
        {
            start.Environment["PYTHON_UNIX_DOMAIN_ENABLED"] = "true";
            start.Environment["PYTHON_WORKER_FACTORY_SOCK_PATH"] = path;
        }
        else
        {
            start.Environment["PYTHON_WORKER_FACTORY_PORT"] = ((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
            start.Environment["PYTHON_WORKER_FACTORY_SECRET"] = Secret;
        }

        Process process = Process.Start(start)!;
        processes.Add(process);
        NetworkStream stream = new(listener.Accept(), ownsSocket: true);
        if (!isUnixSocket)
        {
            Assert.Equal(Secret, new WireReader(stream).Text());
            new WireWriter(stream).Text("ok");
        }

        // For one task: without SPARK_REUSE_WORKER it ends.
        using Peer peer = new(stream, secret: null);
        Assert.Equal(process.Id, peer.ProcessId);
        Assert.Equal("-6 [2] -3 -1 0 -4", peer.Run<ExecutedFunctions.Scaled>(null, [1]));
        Assert.Equal(-1, stream.ReadByte());
        peer.Dispose();
        Assert.True(process.WaitForExit(Patience));
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void Without_Spark_it_says_who_starts_it()
    {
        ProcessStartInfo start = Program();
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Assert.Contains("PYTHON_WORKER_FACTORY_SECRET is not set. Spark's executors start this program", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();
    }

    private static ProcessStartInfo Program(params string[] modules) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Dsl.Spark.Worker.dll"), "-m", .. modules.Length > 0 ? modules : ["pyspark.daemon", "pyspark.worker"]]) { RedirectStandardInput = true, RedirectStandardOutput = true };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    /// <summary>This assembly where a client's upload would be.</summary>
    private void CodeFolder()
    {
        DirectoryInfo code = folder.CreateSubdirectory("code");
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(file => Path.GetFileName(file) is "Dsl.Spark.Tests.dll" or "Dsl.Runtime.dll"))
            File.Copy(file, Path.Combine(code.FullName, Path.GetFileName(file)));
    }

    private Session Start(bool isUnixSocket = false, string? idleSeconds = null)
    {
        ProcessStartInfo start = Program();
        start.WorkingDirectory = folder.FullName;
        start.Environment["SPARK_REUSE_WORKER"] = "1";
        start.Environment["DSL_SPARK_IDLE_SECONDS"] = idleSeconds;
        if (isUnixSocket)
        {
            start.Environment["PYTHON_UNIX_DOMAIN_ENABLED"] = "True";
            start.Environment["PYTHON_WORKER_FACTORY_SOCK_DIR"] = folder.FullName;
        }
        else
        {
            start.Environment["PYTHON_WORKER_FACTORY_SECRET"] = Secret;
        }

        Process process = Process.Start(start)!;
        processes.Add(process);
        WireReader reader = new(process.StandardOutput.BaseStream);
        return new Session(process, isUnixSocket ? new UnixDomainSocketEndPoint(reader.Text()) : new IPEndPoint(IPAddress.Loopback, reader.Int()));
    }

    private sealed record Session(Process Process, EndPoint Address)
    {
        public Peer Connect(string secret = Secret)
        {
            bool isUnixSocket = Address is UnixDomainSocketEndPoint;
            Socket socket = isUnixSocket ? new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(Address);
            return new Peer(new NetworkStream(socket, ownsSocket: true), isUnixSocket ? null : secret);
        }
    }

    /// <summary>Spark's end of a connection; speaks as 3.5 does.</summary>
    private sealed class Peer : IDisposable
    {
        private readonly WireReader reader;

        public Peer(NetworkStream stream, string? secret)
        {
            Stream = stream;
            reader = new WireReader(stream);
            ProcessId = reader.Int();
            if (secret is null)
                return;
            WireWriter writer = new(stream);
            writer.Text(secret);
            Greeting = reader.Text();
        }

        public NetworkStream Stream { get; }

        public int ProcessId { get; }

        public string? Greeting { get; }

        public void Dispose() => Stream.Dispose();

        public string Run<T>(string? state, double[] values) => Run(typeof(T), state, values);

        /// <summary>Runs a function of one column; gives the frames of the answer.</summary>
        public string Run(Type function, string? state, double[] values)
        {
            Send(function, state, values);
            List<string> frames = [];
            while (frames.Count == 0 || frames[^1] != "-4")
            {
                int frame = reader.Int();
                frames.Add(frame.ToString());
                switch (frame)
                {
                    case -6:
                        ArrowStreamReader batches = new(Stream);
                        frames.AddRange(RandomTable.ReadAll(batches).Select(batch => $"[{string.Join(",", batch.Columns[0])}]"));
                        break;
                    case -3:
                        for (int i = 0; i < 5; i++)
                            reader.Long();
                        break;
                    case -2:
                        frames.Add(reader.Text());
                        return string.Join(" ", frames);
                }
            }

            return string.Join(" ", frames);
        }

        public void Send(Type function, string? state, double[] values, int batches = 1)
        {
            MemoryStream bytes = new();
            WireWriter writer = new(bytes);
            writer.Int(0);
            writer.Text("3.5.9");
            bytes.WriteByte(0);
            writer.Int(0);
            writer.Text("");
            writer.Int(1);
            writer.Int(0);
            writer.Int(0);
            writer.Long(3);
            writer.Int(1);
            writer.Int(0);
            writer.Int(0);
            writer.Text("files");
            writer.Int(0);
            bytes.WriteByte(0);
            writer.Int(0);
            writer.Int(EvalTypes.ScalarPandas);
            writer.Int(0);
            writer.Int(1);
            writer.Int(1);
            writer.Int(0);
            writer.Int(1);
            byte[] command = new FunctionCommand("code", function.Assembly.GetName().Name!, function.FullName!, state).ToBytes();
            writer.Int(command.Length);
            bytes.Write(command);
            ColumnBuilder column = new(new DoubleType());
            values.CopyTo(column.Reserve<double>(values.Length));
            ArrowStreamWriter arrow = new(bytes, new StructType(new StructField("_0", new DoubleType())));
            for (int i = 0; i < batches && values.Length > 0; i++)
                arrow.Write([column.View()], values.Length);
            arrow.Finish();
            writer.Int(-4);
            Stream.Write(bytes.ToArray());
        }
    }
}
