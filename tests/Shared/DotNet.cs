using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Dsl.Tests;

/// <summary>What a run of the dotnet command printed and returned.</summary>
internal sealed record DotNet(int ExitCode, string Output)
{
    /// <summary>Runs the command in a folder, as from a shell of its own.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="packages">NuGet's folder of unpacked packages; null: the user's own.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    public static async Task<DotNet> Run(string folder, string? packages, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };

        // What the test run's own MSBuild left in the environment is about the test project.
        foreach (string name in new[] { "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "VSTEST_CONNECTION_TIMEOUT" })
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (packages is not null)
            start.Environment["NUGET_PACKAGES"] = packages;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new DotNet(process.ExitCode, await output + await errors);
    }
}
