using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Dsl.Tests;

/// <summary>What lies beside the repository on the machines that build it (<c>../shared</c>), and nowhere else; and Spark, which may lie elsewhere.</summary>
internal static class SharedFolder
{
    private static readonly Lazy<string?> PeersFolder = new(() => Find("peers/unpack") is { } unpack ? Run(new ProcessStartInfo(unpack)).Trim() : null);

    // Where a user's own is set, nothing is unpacked.
    private static readonly Lazy<string> SparkFolder = new(() => Environment.GetEnvironmentVariable("SPARK_HOME") is { Length: > 0 } set ? set : Run(new ProcessStartInfo(Find("spark/unpack")!)).Trim());

    /// <summary>The Python packages to judge with, unpacked where they were not, or null.</summary>
    public static string? Peers => PeersFolder.Value;

    /// <summary>Why there are no Python packages to judge with; null where there are.</summary>
    public static string? PeersMissing => Find("peers/unpack") is null ? "there is no shared/peers/unpack beside the repository, with onnx, onnxruntime and pyarrow" : null;

    /// <summary>The folder of Spark: that of SPARK_HOME, else the one beside the repository, unpacked where it was not.</summary>
    public static string SparkHome => SparkFolder.Value;

    /// <summary>Why there is no Spark; null where there is one.</summary>
    public static string? SparkMissing => Environment.GetEnvironmentVariable("SPARK_HOME") is { Length: > 0 } || Find("spark/unpack") is not null
        ? null
        : "SPARK_HOME is not set, and there is no shared/spark/unpack beside the repository";

    /// <summary>A file or folder under <c>../shared</c>, or null.</summary>
    /// <param name="path">Its path there.</param>
    public static string? Find(string path)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string there = Path.Combine(at.FullName, "shared", path);
            if (File.Exists(there) || Directory.Exists(there))
                return there;
        }

        return null;
    }

    /// <summary>How to run a Python script of a test project with the peers' packages.</summary>
    /// <param name="script">Its path beside the tests.</param>
    /// <param name="arguments">What it gets.</param>
    public static ProcessStartInfo PythonStart(string script, params string[] arguments)
    {
        ProcessStartInfo start = new("python3");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, script));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["PYTHONPATH"] = Peers;
        return start;
    }

    /// <summary>Runs a Python script of a test project with the peers' packages, and gives what it printed.</summary>
    public static string Python(string script, params string[] arguments) => Run(PythonStart(script, arguments));

    private static string Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {errors.Result}");
    }
}
