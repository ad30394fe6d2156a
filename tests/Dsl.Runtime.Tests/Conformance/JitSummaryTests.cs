using System.Collections.Generic;
using Dsl.Conformance;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>No kernel is so large that the JIT compiles it without optimisation.</summary>
[Collection(nameof(AloneCollection))]
public sealed class JitSummaryTests
{
    [Fact]
    public void NoKernelFallsBackToUnoptimisedCode()
    {
        string[] lines = JitSummary.Of(
            typeof(JitSummaryTests).Assembly,
            "FullyQualifiedName~CpuConformanceTests.Agrees",
            new Dictionary<string, string> { [FamilyCheck.ShareVariable] = "0.1" });
        Assert.NotEmpty(JitSummary.Methods(lines, "Dsl.Runtime.CpuBackend:"));
        Assert.NotEmpty(JitSummary.Methods(lines, "Dsl.Runtime.Kernels."));
        Assert.Empty(JitSummary.GaveUp(lines, "Dsl."));
    }

    [Fact]
    public void ALineOfTheJitIsUnderstood()
    {
        // As .NET 10 wrote it for a method of 6,000 branches.
        string[] lines =
        [
            "   1: JIT compiled Dsl.P:Main() [FullOpts, IL size=13, code size=25]",
            "   2: JIT compiled Dsl.P:Big(int) [Tier-0 switched MinOpts, IL size=172806, code size=227161]",
            "   3: JIT compiled System.P:Big(int) [Tier-0 switched MinOpts, IL size=172806, code size=227161]",
        ];
        Assert.Equal([lines[1]], JitSummary.GaveUp(lines, "Dsl."));
    }
}
