using System.Collections.Generic;
using Dsl.Benchmarks.Kernels;
using Dsl.Runtime;

namespace Dsl.Benchmarks.Peers;

/// <summary>The rows of the table, in its order.</summary>
internal static class OwnWorks
{
    public static IReadOnlyList<PeerRow> Rows { get; } =
    [
        new("mlp-step", Peer.PyTorch, OwnNetworks.MlpStep),
        new("mlp-predict-1", Peer.OnnxRuntime, () => OwnNetworks.MlpPredict(1)),
        new("mlp-predict-32", Peer.OnnxRuntime, () => OwnNetworks.MlpPredict(32)),
        new("cnn-step", Peer.PyTorch, OwnNetworks.CnnStep),
        new("cnn-predict-64", Peer.OnnxRuntime, () => OwnNetworks.CnnPredict(64)),
        new("cnn-predict-1", Peer.OnnxRuntime, () => OwnNetworks.CnnPredict(1)),
        new("lstm-step", Peer.PyTorch, OwnNetworks.LstmStep),
        new("gru-predict-1", Peer.OnnxRuntime, OwnNetworks.GruPredict),
        new("transformer-step", Peer.PyTorch, OwnNetworks.TransformerStep),
        new("transformer-predict-1", Peer.OnnxRuntime, () => OwnNetworks.TransformerPredict(1)),
        new("mobilenet-predict-1", Peer.OnnxRuntime, () => PhotoNetworks.MobileNetPredict(1)),
        new("mobilenet-predict-8", Peer.OnnxRuntime, () => PhotoNetworks.MobileNetPredict(8)),
        new("mobilenet-frozen-1", Peer.PyTorch, () => PhotoNetworks.MobileNetPredict(1)),
        new("mobilenet-frozen-8", Peer.PyTorch, () => PhotoNetworks.MobileNetPredict(8)),
        new("mobilenet-head-step", Peer.PyTorch, PhotoNetworks.MobileNetHeadStep),
        new("resnet-step", Peer.PyTorch, PhotoNetworks.ResNetStep),
        new("gemm-1024", Peer.PyTorch, () => Kernel(new ProductWork(1024, 1024, 1024)), 2 * 1024.0 * 1024 * 1024 / 1e6),
        Convolution(16, 28, 64, 64, ConvAlgorithm.Direct),
        Convolution(16, 28, 64, 64, ConvAlgorithm.Winograd),
        Convolution(16, 14, 128, 128, ConvAlgorithm.Direct),
        Convolution(16, 14, 128, 128, ConvAlgorithm.Winograd),
        Convolution(64, 14, 32, 64, ConvAlgorithm.Direct),
        Convolution(64, 14, 32, 64, ConvAlgorithm.Winograd),
    ];

    public static void UseThreads(int threads) => Compute.Threads = threads;

    private static OwnWork Kernel(ProductWork work) => new(work.Run, work.Dispose);

    /// <summary>
    /// A 3×3 convolution that keeps its size. Operations are those of the plain sum (a multiply-add counts as two), whatever the algorithm does, so that
    /// Winograd may pass the core's peak.
    /// </summary>
    private static PeerRow Convolution(int batch, int size, int channels, int filters, ConvAlgorithm algorithm)
    {
        string work = $"conv-{channels}-{filters}-{size}";
        string name = algorithm == ConvAlgorithm.Winograd ? work + "-winograd" : work;
        return new PeerRow(name, Peer.OnnxRuntime, Own, 2.0 * batch * size * size * channels * filters * 9 / 1e6, work);

        OwnWork Own()
        {
            var kernel = new ConvolutionWork<CpuBackend>(batch, size, channels, filters, algorithm);
            return new OwnWork(kernel.Forward, kernel.Dispose);
        }
    }
}
