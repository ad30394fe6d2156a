using System.Collections.Generic;
using System.Runtime.Intrinsics;
using Dsl.Conformance;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>
/// The tests of kernels, and a part of the conformance suite, again in child processes that may use narrower registers than this one.
/// What this machine lacks is skipped; its widest registers are what the other tests of this process run on.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class InstructionSetTests
{
    public const string WidthVariable = "DSL_REGISTER_WIDTH";

    private const string Filter = "FullyQualifiedName~.Kernels.|FullyQualifiedName~CpuConformanceTests|FullyQualifiedName~CpuThreadsTests";

    // .NET 10's names: EnableAVX512F and its like of older runtimes are not looked at any more.
    [FactOnRegistersWiderThan(256)]
    public void KernelsPassWithoutAvx512() => Run("DOTNET_EnableAVX512", "256");

    [FactOnRegistersWiderThan(128)]
    public void KernelsPassWithoutAvx2() => Run("DOTNET_EnableAVX2", "128");

    private static void Run(string variable, string width)
    {
        int passed = ChildTestRun.Run(typeof(InstructionSetTests).Assembly, Filter, new Dictionary<string, string>
        {
            [variable] = "0",
            [WidthVariable] = width,
            [FamilyCheck.ShareVariable] = "0.25",
        });
        Assert.True(passed > Families.All.Count, $"only {passed} tests ran");
    }

    private sealed class FactOnRegistersWiderThanAttribute : FactAttribute
    {
        public FactOnRegistersWiderThanAttribute(int width)
        {
            int widest = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
            if (widest <= width)
                Skip = $"The widest registers that this process may use have {widest} bits: there is nothing to switch off.";
        }
    }
}
