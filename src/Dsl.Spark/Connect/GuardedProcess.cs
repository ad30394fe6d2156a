using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Dsl.Spark.Connect;

/// <summary>A program that ends with this process, however that ends; what it writes last is kept.</summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    private const int KeptLines = 40;

    // The program runs while the pipe to the shell is open: the kernel closes it when this process dies, of whatever cause.
    private const string Guard = "exec 3<&0; \"$@\" 3<&- & pid=$!; { cat <&3; kill $pid; } >/dev/null 2>&1 & wait $pid";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(15);

    private readonly Process process;
    private readonly Queue<string> lines = new();

    private GuardedProcess(Process process) => this.process = process;

    /// <summary>Starts a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">What it finds in its environment besides this process's.</param>
    public static GuardedProcess Start(string[] command, IReadOnlyDictionary<string, string> environment)
    {
        bool isGuarded = !OperatingSystem.IsWindows();
        ProcessStartInfo start = new(isGuarded ? "/bin/sh" : command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in isGuarded ? ["-c", Guard, "sh", .. command] : command[1..])
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        GuardedProcess started = new(Process.Start(start)!);
        started.process.OutputDataReceived += started.Keep;
        started.process.ErrorDataReceived += started.Keep;
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Waits until the program answers at a port of this machine.</summary>
    /// <param name="name">What an error calls it.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It ended before, or does not answer.</exception>
    public async Task WaitForPortAsync(string name, int port, CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!await AcceptsAsync(port, cancellation).ConfigureAwait(false))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"{name} ended with {process.ExitCode} before it answered. It said:\n{Log}");
            if (watch.Elapsed > LongestStart)
                throw new InvalidOperationException($"{name} did not answer on port {port} within {LongestStart.TotalMinutes} minutes. It said:\n{Log}");
            await Task.Delay(100, cancellation).ConfigureAwait(false);
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

    private static async Task<bool> AcceptsAsync(int port, CancellationToken cancellation)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>What the program said last.</summary>
    private string Log
    {
        get
        {
            lock (lines)
                return string.Join("\n", lines);
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
}
