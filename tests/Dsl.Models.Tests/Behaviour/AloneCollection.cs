using System;
using Dsl;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Tests that look at or change what belongs to the whole process: they run after all others, one by one.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public class AloneCollection;

/// <summary>Sets <see cref="Compute.Threads"/> until it is disposed.</summary>
internal sealed class ThreadCount : IDisposable
{
    private readonly int before = Compute.Threads;

    public ThreadCount(int count) => Compute.Threads = count;

    public void Dispose() => Compute.Threads = before;
}
