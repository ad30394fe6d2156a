using System;
using System.Diagnostics;
using System.IO;

namespace Dsl.Benchmarks.Peers;

/// <summary>Where peers and data lie on this machine. Nothing is installed: what is not there is said and left out.</summary>
internal static class PeerPlaces
{
    private const string Fashion = "/usr/share/datasets/fashion-mnist";

    /// <summary>Folder of Python packages with onnxruntime beside the repository, or null with the reason.</summary>
    public static string? OnnxRuntimePath(out string? missing) => Unpacked("peers", out missing);

    /// <summary>The Spark of SPARK_HOME, else the one beside the repository, or null with the reason.</summary>
    public static string? SparkHome(out string? missing)
    {
        missing = null;
        return Environment.GetEnvironmentVariable("SPARK_HOME") is { Length: > 0 } home ? home : Unpacked("spark", out missing);
    }

    /// <summary>Folder of the Fashion-MNIST files as Debian's dataset-fashion-mnist installs them, or null.</summary>
    public static string? FashionMnist() => Directory.Exists(Fashion) ? Fashion : null;

    /// <summary>What a folder beside the repository unpacks into, or null with the reason.</summary>
    private static string? Unpacked(string name, out string? missing)
    {
        missing = null;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Dsl.sln")))
                continue;
            string unpack = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", name, "unpack"));
            if (!File.Exists(unpack))
            {
                missing = $"no {unpack}";
                return null;
            }

            using var process = Process.Start(new ProcessStartInfo(unpack) { RedirectStandardOutput = true })!;
            string path = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return path;
            missing = $"{unpack} ended with {process.ExitCode}";
            return null;
        }

        missing = "not inside the repository";
        return null;
    }
}
