namespace Dsl.Conformance;

/// <summary>What went between the host and a backend's memory, and how often fully connected weights were prepared.</summary>
public sealed class BackendTraffic
{
    /// <summary>Floats that the host has read.</summary>
    public long FloatsRead { get; private set; }

    /// <summary>Floats that the host has written.</summary>
    public long FloatsWritten { get; private set; }

    /// <summary>Forward weights of linear layers that were prepared.</summary>
    public int Preparations { get; private set; }

    internal void Read(int floats) => FloatsRead += floats;

    internal void Write(int floats) => FloatsWritten += floats;

    internal void Prepare() => Preparations++;
}
