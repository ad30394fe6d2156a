using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Dsl.Conformance;

/// <summary>Tests of an assembly, run again in a process of their own with other environment variables.</summary>
public static partial class ChildTestRun
{
    /// <summary>Runs the tests that the filter selects and returns how many passed.</summary>
    /// <exception cref="InvalidOperationException">A test failed, or none was found; the message is the run's output.</exception>
    public static int Run(Assembly tests, string filter, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "test", tests.Location, "--nologo", "--filter", filter },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var passed = PassedCount().Match(output);
        return process.ExitCode == 0 && passed.Success
            ? int.Parse(passed.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"Exit code {process.ExitCode}:\n{output}{errors.Result}");
    }

    [GeneratedRegex(@"Passed:\s+(\d+)")]
    private static partial Regex PassedCount();
}
