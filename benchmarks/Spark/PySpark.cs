using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace Dsl.Benchmarks.Spark;

/// <summary>PySpark in a process of its own, on the same server.</summary>
internal sealed class PySpark(Process process) : IDisposable
{
    public static PySpark Start(string pythonPath, params object[] arguments)
    {
        ProcessStartInfo start = new("python3") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Spark", "pyspark_peer.py"));
        foreach (object argument in arguments)
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        start.Environment["PYTHONPATH"] = pythonPath;
        PySpark peer = new(Process.Start(start)!);
        return peer.process.StandardOutput.ReadLine() == "ready" ? peer : throw new InvalidOperationException("PySpark did not start; its errors stand above.");
    }

    private readonly Process process = process;

    public (double Seconds, double Result) Run(string work)
    {
        process.StandardInput.WriteLine(work);
        process.StandardInput.Flush();
        string[] answer = (process.StandardOutput.ReadLine() ?? "failed the process ended").Split(' ', 2);
        return answer[0] != "failed"
            ? (double.Parse(answer[0], CultureInfo.InvariantCulture), double.Parse(answer[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"PySpark, {work}: {answer[1]}");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
