using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Dsl.Benchmarks.Machine;

namespace Dsl.Benchmarks.Peers;

/// <summary>`peers [names]`: ours beside PyTorch and onnxruntime in one session, a row each for one and two threads.</summary>
internal static class PeersCommand
{
    /// <summary>Processes of each peer per thread count; the fastest one counts.</summary>
    private const int Restarts = 3;

    private static readonly int[] ThreadCounts = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public static int Run(string[] names)
    {
        string[] known = [.. OwnWorks.Rows.Select(r => r.Name), FashionEpoch.Name];
        foreach (string name in names.Except(known))
        {
            Console.Error.WriteLine($"There is no row '{name}'. Rows: {string.Join(", ", known)}");
            return 2;
        }

        MachineReport.Print(Console.Out);
        List<PeerRow> rows = [.. OwnWorks.Rows.Where(r => names.Length == 0 || names.Contains(r.Name))];
        bool fashion = names.Contains(FashionEpoch.Name);
        var contests = new List<Contest>();
        var settled = new List<Contest>();
        if (rows.Count > 0)
            Measure(rows, contests, settled);

        Console.WriteLine();
        Console.WriteLine("| name | threads | ours us | peer | peer us | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (Contest contest in contests)
            WriteRow(contest.Row.Name, contest.Threads, contest.OurMicroseconds, contest.Row.Peer, contest.PeerMicroseconds);
        if (fashion)
            FashionEpoch.Run(ThreadCounts);

        WriteKernels(contests);
        foreach (Contest contest in settled)
            WriteSettled(contest, contests);
        Console.WriteLine();
        Console.WriteLine($"load average at the end: {MachineReport.Load}");
        return 0;
    }

    /// <summary>One row of the table; NaN prints as `-`.</summary>
    public static void WriteRow(string name, int threads, double ours, Peer peer, double peers) =>
        Console.WriteLine($"| {name} | {threads} | {Figure(ours)} | {Title(peer)} | {Figure(peers)} | {Figure(peers / ours)} |");

    public static string Title(Peer peer) => peer switch
    {
        Peer.PyTorch => "PyTorch",
        Peer.OnnxRuntime => "onnxruntime",
        _ => "scikit-learn",
    };

    private static void Measure(List<PeerRow> rows, List<Contest> contests, List<Contest> settled)
    {
        var wanted = rows.Select(r => r.Peer).ToHashSet();
        string? onnxPath = PeerPlaces.OnnxRuntimePath(out string? onnxMissing);
        using ExportedNetworks exported = new();
        foreach (int threads in ThreadCounts)
        {
            List<Contest> ofThreads = [.. rows.Select(r => new Contest(r, threads))];
            contests.AddRange(ofThreads);
            // Last in its process, because it changes how that process's memory behaves.
            Contest? afterwards = rows.Exists(r => r.Name == "cnn-step") ? new Contest(new PeerRow("cnn-step-settled", Peer.PyTorch, null), threads) : null;
            if (afterwards is not null)
                settled.Add(afterwards);
            OwnWorks.UseThreads(threads);
            for (int restart = 0; restart < Restarts; restart++)
            {
                bool first = restart == 0;
                using PeerProcess? torch = wanted.Contains(Peer.PyTorch) ? StartTorch(threads, null, first) : null;
                using PeerProcess? onnx = wanted.Contains(Peer.OnnxRuntime) ? StartOnnx(threads, exported.Folder, onnxPath, onnxMissing, first) : null;
                foreach (Contest contest in ofThreads)
                    contest.Meet(contest.Row.Peer == Peer.PyTorch ? torch : onnx);
                afterwards?.Meet(torch);
            }
        }
    }

    /// <summary>Starts PyTorch's side; with the folder of Fashion-MNIST it can train on it.</summary>
    public static PeerProcess? StartTorch(int threads, string? fashion, bool announce)
    {
        PeerProcess? peer = PeerProcess.Start("pytorch_peer.py", threads, null, fashion is null ? [] : [fashion], out string? missing);
        if (announce)
        {
            Console.WriteLine(peer is not null ? peer.Description : $"PyTorch is missing ({missing}): its rows show ours only.");
            if (peer is not null && !peer.Description.Contains("openblas", StringComparison.OrdinalIgnoreCase)
                && !peer.Description.Contains("mkl", StringComparison.OrdinalIgnoreCase))
            {
                Console.WriteLine("This PyTorch runs on a reference BLAS, which is several times slower: no measure (Debian: libopenblas0-pthread).");
            }
        }

        return peer;
    }

    private static PeerProcess? StartOnnx(int threads, string exported, string? path, string? missing, bool announce)
    {
        PeerProcess? peer = path is null ? null : PeerProcess.Start("onnxruntime_peer.py", threads, path, [exported], out missing);
        if (announce)
            Console.WriteLine(peer is not null ? peer.Description : $"onnxruntime is missing ({missing}): its rows show ours only.");
        return peer;
    }

    private static void WriteKernels(List<Contest> contests)
    {
        List<Contest> kernels = [.. contests.Where(c => c.Row.MegaFlops > 0 && !double.IsNaN(c.OurMicroseconds))];
        if (kernels.Count == 0)
            return;
        Console.WriteLine();
        Console.WriteLine("| kernel | threads | GFLOP/s | core's peak GFLOP/s | of peak |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (Contest contest in kernels)
        {
            double reached = contest.Row.MegaFlops / contest.OurMicroseconds * 1e3;
            double peak = contest.Peak * contest.Threads;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {contest.Row.Name} | {contest.Threads} | {reached:F1} | {peak:F1} | {reached / peak:P1} |"));
        }
    }

    private static void WriteSettled(Contest settled, List<Contest> contests)
    {
        Contest plain = contests.Find(c => c.Row.Name == "cnn-step" && c.Threads == settled.Threads)!;
        if (double.IsNaN(settled.PeerMicroseconds))
            return;
        Console.WriteLine($"cnn-step, {settled.Threads} thread(s): PyTorch in a process whose allocator has stopped returning memory to the system takes "
            + $"{Figure(settled.PeerMicroseconds)} us (ratio {Figure(settled.PeerMicroseconds / plain.OurMicroseconds)})");
    }

    private static string Figure(double value) =>
        double.IsNaN(value) ? "-"
        : value.ToString(Math.Abs(value) < 10 ? "F3" : Math.Abs(value) < 1000 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
