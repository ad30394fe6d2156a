using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;

namespace Dsl.Benchmarks.Peers;

/// <summary>
/// One run of a peer's Python program (see turns.py for the lines that pass between us). Between measurements the process blocks on its
/// standard input and takes no time from ours.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    public const string Python = "/usr/bin/python3";

    private readonly Process process;
    private readonly StringBuilder errors = new();
    private readonly HashSet<string> works = [];

    private PeerProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>What the peer says about itself: version, threads, BLAS.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Starts a peer, or returns null and the reason why there is none.</summary>
    public static PeerProcess? Start(string script, int threads, string? pythonPath, string[] arguments, out string? missing)
    {
        missing = null;
        if (!File.Exists(Python))
        {
            missing = $"no {Python}";
            return null;
        }

        string count = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Peers", script));
        start.ArgumentList.Add(count);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        // OpenBLAS sizes its pool when it is loaded, before the program can say anything.
        start.Environment["OPENBLAS_NUM_THREADS"] = count;
        start.Environment["OMP_NUM_THREADS"] = count;
        if (pythonPath is not null)
            start.Environment["PYTHONPATH"] = pythonPath;

        var peer = new PeerProcess(Process.Start(start)!);
        while (peer.process.StandardOutput.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            if (words[0] == "info")
                peer.Description = line[5..];
            if (words[0] != "ready")
                continue;
            peer.works.UnionWith(words[1..]);
            return peer;
        }

        peer.process.WaitForExit();
        string[] lines = peer.errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        missing = lines.Length > 0 ? lines[^1] : $"{script} ended with {peer.process.ExitCode}";
        peer.Dispose();
        return null;
    }

    public bool Has(string work) => works.Contains(work);

    /// <summary>Runs a work that many times and returns microseconds for one.</summary>
    public double Time(string work, int iterations) =>
        double.Parse(Ask($"run {work} {iterations}"), CultureInfo.InvariantCulture) / iterations;

    public string Call(string name, params object[] arguments) => Ask($"call {name} {string.Join(' ', arguments)}");

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(2000))
                process.Kill();
        }

        process.Dispose();
    }

    private string Ask(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        return process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The peer ended at '{line}': {errors}");
    }
}
