using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Dsl.Spark.Tests;

/// <summary>What lies beside the repository on the machines that build it, and nowhere else.</summary>
internal static class SharedFolder
{
    private static readonly Lazy<string?> PeersFolder = new(() => Find("peers/unpack") is { } unpack ? Run(new ProcessStartInfo(unpack)).Trim() : null);

    /// <summary>The Python packages to judge with, or null.</summary>
    public static string? Peers => PeersFolder.Value;

    /// <summary>The folder of Spark, unpacked where it was not.</summary>
    public static string SparkHome => Run(new ProcessStartInfo(Find("spark/unpack")!)).Trim();

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

    /// <summary>Runs a Python script of this project with the peers' packages, and gives what it printed.</summary>
    public static string Python(string script, params string[] arguments)
    {
        ProcessStartInfo start = new("python3");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, script));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["PYTHONPATH"] = Peers;
        return Run(start);
    }

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
