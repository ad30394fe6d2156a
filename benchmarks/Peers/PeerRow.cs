using System;

namespace Dsl.Benchmarks.Peers;

/// <summary>One line of the table.</summary>
/// <param name="Name">The name by which the command line selects it.</param>
/// <param name="Peer">PyTorch or onnxruntime.</param>
/// <param name="Own">Makes our side; null while there is none.</param>
/// <param name="MegaFlops">Operations of one iteration, for rows that are one kernel; 0 elsewhere.</param>
internal sealed record PeerRow(string Name, Peer Peer, Func<OwnWork>? Own, double MegaFlops = 0);

/// <summary>Who stands beside us in a row.</summary>
internal enum Peer
{
    PyTorch,
    OnnxRuntime,
}
