using System;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>What needs the process for itself: the number of threads is one setting for all.</summary>
[Collection(nameof(AloneCollection))]
public sealed class CpuThreadsTests
{
    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void BitsDoNotDependOnTheNumberOfThreads(string family)
    {
        int threads = Compute.Threads;
        try
        {
            FamilyCheck.Run(family, 0.1, true, (scenario, seed) =>
                Comparison<CpuBackend>.OfRuns(scenario, seed, () => Compute.Threads = 1, () => Compute.Threads = 2 + (seed % 2)));
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void SecondCallsAllocateNothing(string family)
    {
        FamilyCheck.Run(family, 0.1, false, Comparison<CpuBackend>.OfAllocation);
        FamilyCheck.Run(family, 0.03, true, Comparison<CpuBackend>.OfAllocation);
    }
}

/// <summary>Tests that run while no other test does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
