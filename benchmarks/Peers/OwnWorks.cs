using System.Collections.Generic;
using Dsl.Benchmarks.Kernels;

namespace Dsl.Benchmarks.Peers;

/// <summary>The rows of the table, in its order.</summary>
internal static class OwnWorks
{
    public static IReadOnlyList<PeerRow> Rows { get; } =
    [
        new("mlp-step", Peer.PyTorch, null),
        new("mlp-predict-1", Peer.OnnxRuntime, null),
        new("mlp-predict-32", Peer.OnnxRuntime, null),
        new("cnn-step", Peer.PyTorch, null),
        new("cnn-predict-64", Peer.OnnxRuntime, null),
        new("cnn-predict-1", Peer.OnnxRuntime, null),
        new("gemm-1024", Peer.PyTorch, () => Kernel(new ProductWork(1024, 1024, 1024)), 2 * 1024.0 * 1024 * 1024 / 1e6),
        new("conv-64-64-28", Peer.OnnxRuntime, null, Convolution(16, 28, 64, 64)),
        new("conv-32-64-14", Peer.OnnxRuntime, null, Convolution(64, 14, 32, 64)),
        new("conv-128-128-14", Peer.OnnxRuntime, null, Convolution(16, 14, 128, 128)),
    ];

    public static void UseThreads(int threads) => Compute.Threads = threads;

    private static OwnWork Kernel(ProductWork work) => new(work.Run, work.Dispose);

    /// <summary>Operations of a 3×3 convolution that keeps its size, in millions; a multiply-add counts as two.</summary>
    private static double Convolution(int batch, int size, int channels, int filters) =>
        2.0 * batch * size * size * channels * filters * 9 / 1e6;
}
