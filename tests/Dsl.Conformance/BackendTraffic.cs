using System;

namespace Dsl.Conformance;

/// <summary>What went between the host and a backend's memory, and how often fully connected weights were prepared.</summary>
public sealed class BackendTraffic
{
    /// <summary>How often the host has read, waiting for the backend each time.</summary>
    public int Reads { get; private set; }

    /// <summary>Floats that the host has read.</summary>
    public long FloatsRead { get; private set; }

    /// <summary>Floats that the host has written.</summary>
    public long FloatsWritten { get; private set; }

    /// <summary>Forward weights of linear layers that were prepared.</summary>
    public int Preparations { get; private set; }

    /// <summary>What goes between the host and a <see cref="ReferenceBackend"/> while something is done.</summary>
    public static BackendTraffic Of(Action action)
    {
        var traffic = new BackendTraffic();
        ReferenceBackend.Traffic = traffic;
        try
        {
            action();
        }
        finally
        {
            ReferenceBackend.Traffic = null;
        }

        return traffic;
    }

    internal void Read(int floats)
    {
        Reads++;
        FloatsRead += floats;
    }

    internal void Write(int floats) => FloatsWritten += floats;

    internal void Prepare() => Preparations++;
}
