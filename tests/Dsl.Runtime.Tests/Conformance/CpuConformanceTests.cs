using System;
using System.Runtime.Intrinsics;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>The SIMD backend, on the widest registers that this process may use.</summary>
public sealed class CpuConformanceTests : ConformanceSuite<CpuBackend>
{
    /// <summary>In a child process of <see cref="InstructionSetTests"/>: that its switch was understood.</summary>
    [Fact]
    public void RunsOnTheRegistersAskedFor()
    {
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        if (Environment.GetEnvironmentVariable(InstructionSetTests.WidthVariable) is { } expected)
            Assert.Equal(expected, width.ToString());
    }
}
