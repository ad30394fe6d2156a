using System;
using System.IO;
using BenchModels;

namespace Dsl.Benchmarks.Peers;

/// <summary>A folder with our networks as ONNX, for onnxruntime's side; gone when the session is over.</summary>
internal sealed class ExportedNetworks : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-peers-");

    public ExportedNetworks()
    {
        Export("mlp", new Mlp(seed: 0));
        Export("cnn", new Cnn(seed: 0));
        Export("gru", new GruNet(seed: 0));
        Export("transformer", new Transformer(seed: 0));
        Export("mobilenet", PhotoNetworks.NewMobileNet());
    }

    public string Folder => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    private void Export(string name, Network network)
    {
        network.ExportOnnx(Path.Combine(folder.FullName, name + ".onnx"));
        network.Dispose();
    }
}
