using System;

namespace Dsl.Benchmarks.Peers;

/// <summary>One line of the table.</summary>
/// <param name="Name">The name by which the command line selects it.</param>
/// <param name="Peer">PyTorch or onnxruntime.</param>
/// <param name="Own">Makes our side; null while there is none.</param>
/// <param name="MegaFlops">Operations of one iteration, for rows that are one kernel; 0 elsewhere.</param>
/// <param name="PeerWork">The peer's name of the same work, where it is not the row's.</param>
internal sealed record PeerRow(string Name, Peer Peer, Func<OwnWork>? Own, double MegaFlops = 0, string? PeerWork = null)
{
    /// <summary>The name by which the peer is asked for it.</summary>
    public string Asked => PeerWork ?? Name;
}

/// <summary>Who stands beside us in a row.</summary>
internal enum Peer
{
    PyTorch,
    OnnxRuntime,
    ScikitLearn,
}
