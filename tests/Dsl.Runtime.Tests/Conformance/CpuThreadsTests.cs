using System;
using System.Threading.Tasks;
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
    [MemberData(nameof(RefusedStepCheck.Optimizers), MemberType = typeof(RefusedStepCheck))]
    public void AStepIsRefusedOnAnyNumberOfThreads(string optimizer)
    {
        int threads = Compute.Threads;
        try
        {
            for (Compute.Threads = 1; Compute.Threads < 4; Compute.Threads++)
                RefusedStepCheck.Run<CpuBackend>(optimizer);
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    /// <summary>Calls from several threads at once, of which one has the pool and the others work alone, give the bits of a lone call.</summary>
    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void CallsBesideOthersGiveTheSameBits(string family)
    {
        FamilyCheck.Run(family, 0.04, true, (scenario, seed) =>
        {
            using var lone = new Stage<CpuBackend>(seed);
            scenario.Run(lone);
            var faults = new string?[4];
            Parallel.For(0, faults.Length, new ParallelOptions { MaxDegreeOfParallelism = faults.Length }, i =>
            {
                using var stage = new Stage<CpuBackend>(seed);
                scenario.Run(stage);
                faults[i] = Comparison<CpuBackend>.OfBits(lone, stage);
            });
            return Array.Find(faults, fault => fault is not null);
        });
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
