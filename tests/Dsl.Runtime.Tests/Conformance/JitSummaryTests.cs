using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>
/// No method of ours is so large that the JIT gives up on optimising it (about 20,000 IL instructions or 2,000 basic blocks). The JIT itself
/// says so: DOTNET_JitStdOutFile and DOTNET_JitDisasmSummary work in every release build of the runtime.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class JitSummaryTests
{
    [Fact]
    public void NoKernelFallsBackToUnoptimisedCode()
    {
        string[] lines = Summary("FullyQualifiedName~CpuConformanceTests.Agrees");
        Assert.Contains(lines, line => line.Contains(" Dsl.Runtime.CpuBackend:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(" Dsl.Runtime.Kernels.", StringComparison.Ordinal));
        Assert.Empty(GaveUp(lines));
    }

    [Fact]
    public void ALineOfTheJitIsUnderstood()
    {
        // As .NET 10 wrote it for a method of 6,000 branches.
        string[] lines =
        [
            "   1: JIT compiled Dsl.P:Main() [Tier0, IL size=13, code size=25]",
            "   2: JIT compiled Dsl.P:Big(int) [Tier-0 switched MinOpts, IL size=172806, code size=227161]",
            "   3: JIT compiled System.P:Big(int) [Tier-0 switched MinOpts, IL size=172806, code size=227161]",
        ];
        Assert.Equal([lines[1]], GaveUp(lines));
    }

    private static IEnumerable<string> GaveUp(string[] lines) => lines.Where(line =>
        line.Contains("JIT compiled Dsl.", StringComparison.Ordinal) && line.Contains("switched MinOpts", StringComparison.Ordinal));

    private static string[] Summary(string filter)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ChildTestRun.Run(filter, new Dictionary<string, string>
            {
                ["DOTNET_JitStdOutFile"] = file,
                ["DOTNET_JitDisasmSummary"] = "1",
                [FamilyCheck.ShareVariable] = "0.1",
            });
            return File.ReadAllLines(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
