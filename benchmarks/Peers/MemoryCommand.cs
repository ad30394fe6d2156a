using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Dsl.Benchmarks.Peers;

/// <summary>
/// `memory [names]`: the peak resident memory of a process that does nothing but a work, ours beside the peer's: weights are read from a file, as a user's program would, and the work is done
/// <see cref="Iterations"/> times on one thread.
/// </summary>
internal static class MemoryCommand
{
    /// <summary>The argument by which the command starts itself for one of ours.</summary>
    public const string OfOne = "memory-of";

    private const int Iterations = 20;
    private const string Weights = "mobilenet.safetensors";

    private static readonly IReadOnlyList<(string Name, Peer Peer, Func<string, OwnWork> Own)> Rows =
    [
        ("mobilenet-predict-1", Peer.OnnxRuntime, folder => PhotoNetworks.MobileNetPredictOf(Path.Combine(folder, Weights))),
        ("resnet-step", Peer.PyTorch, _ => PhotoNetworks.ResNetStep()),
    ];

    public static int Run(string[] names)
    {
        string? path = PeerPlaces.OnnxRuntimePath(out string? missing);
        if (path is null)
            Console.WriteLine($"onnxruntime is missing ({missing}).");
        using ExportedNetworks exported = new();
        using (MobileNet.MobileNetV2 net = PhotoNetworks.NewMobileNet())
            net.Save(Path.Combine(exported.Folder, Weights));
        Console.WriteLine("| name | ours MB | peer | peer MB | ours / peer |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach ((string name, Peer peer, _) in Rows.Where(row => names.Length == 0 || names.Contains(row.Name)))
        {
            double ours = PeakOf(new ProcessStartInfo(Environment.ProcessPath!, [.. Assembly(), OfOne, name, exported.Folder]));
            double theirs = peer == Peer.OnnxRuntime && path is null ? double.NaN : PeakOf(Python(name, exported.Folder, peer == Peer.OnnxRuntime ? path : null));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {ours:F1} | {PeersCommand.Title(peer)} | {theirs:F1} | {ours / theirs:F2} |"));
        }

        return 0;
    }

    /// <summary>One of ours, in this process: writes the peak in megabytes.</summary>
    public static int RunOne(string name, string folder)
    {
        OwnWorks.UseThreads(1);

        // The command's own libraries are no part of the work: nothing here wants System.Linq.
        Func<string, OwnWork>? own = null;
        for (int i = 0; i < Rows.Count; i++)
            own = Rows[i].Name == name ? Rows[i].Own : own;
        OwnWork work = own!(folder);
        for (int i = 0; i < Iterations; i++)
            work.Step();
        Console.WriteLine(Peak().ToString(CultureInfo.InvariantCulture));
        work.Release();
        return 0;
    }

    /// <summary>What this process's program is told to run these commands: of an apphost nothing, of `dotnet Dsl.Benchmarks.dll` the assembly.</summary>
    internal static string[] Assembly() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "Dsl.Benchmarks.dll")] : [];

    private static ProcessStartInfo Python(string name, string folder, string? path)
    {
        ProcessStartInfo start = new(PeerProcess.Python, [Path.Combine(AppContext.BaseDirectory, "Peers", "memory_peer.py"), name, folder, Iterations.ToString(CultureInfo.InvariantCulture)]);
        start.Environment["OPENBLAS_NUM_THREADS"] = start.Environment["OMP_NUM_THREADS"] = "1";
        if (path is not null)
            start.Environment["PYTHONPATH"] = path;
        return start;
    }

    /// <summary>What a process writes: its peak.</summary>
    internal static double PeakOf(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.TryParse(text, CultureInfo.InvariantCulture, out double peak) ? peak : double.NaN;
    }

    /// <summary>The high water mark of this process's resident memory, in megabytes (10⁶ bytes).</summary>
    internal static double Peak()
    {
        string line = Array.Find(File.ReadAllLines("/proc/self/status"), one => one.StartsWith("VmHWM:", StringComparison.Ordinal))!;
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
