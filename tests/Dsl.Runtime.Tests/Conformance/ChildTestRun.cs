using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Tests of this assembly, run again in a process of their own with other environment variables.</summary>
internal static partial class ChildTestRun
{
    /// <summary>Runs the tests that the filter selects, fails where one of them does, and returns how many passed.</summary>
    public static int Run(string filter, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "test", typeof(ChildTestRun).Assembly.Location, "--nologo", "--filter", filter },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + errors.Result);
        var passed = PassedCount().Match(output);
        Assert.True(passed.Success, "No count of passed tests in:\n" + output);
        return int.Parse(passed.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Passed:\s+(\d+)")]
    private static partial Regex PassedCount();
}
