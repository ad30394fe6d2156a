using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Dsl.Runtime;
using ModelTests.PyTorch;
using Xunit;

namespace ModelTests.Onnx;

/// <summary>Every layer of the language as ONNX: the declarations that are compared with PyTorch, after a training step, so that running statistics are not those of the beginning.</summary>
public sealed class OnnxTests
{
    public static IEnumerable<object[]> Names => PyTorchCases.ByName.Keys.Select(name => new object[] { name });

    [FactWithOnnxRuntime]
    public void Onnxruntime_gives_the_same_outputs()
    {
        using OnnxJudge judge = new();
        foreach (PyTorchCase it in PyTorchCases.ByName.Values)
        {
            Fixture fixture = Fixture.Read(it.Name);
            using Network network = Trained(it, fixture);
            INetwork described = network;
            if (HasOwnLayer(described))
                continue;
            it.Predict(network, fixture);
            float[][] inputs = [.. described.Inputs.Select((port, i) => port.Element == ElementType.Int32 ? Array.ConvertAll(fixture.Ids(i).ToArray(), id => (float)id) : fixture.Input(i).ToArray())];
            judge.Add(it.Name, network, inputs, [.. Enumerable.Range(0, fixture.OutputCount).Select(i => fixture.Output(i).ToArray())]);
        }

        IReadOnlyList<string> wrong = judge.Judge();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>What a reader of any kind relies on; without onnxruntime too.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_graph_is_in_order_and_whole(string name)
    {
        PyTorchCase it = PyTorchCases.ByName[name];
        using Network network = Trained(it, Fixture.Read(name));
        INetwork described = network;
        using MemoryStream stream = new();
        if (HasOwnLayer(described))
        {
            Assert.Contains("has no form there", Assert.Throws<NotSupportedException>(() => network.ExportOnnx(stream)).Message, StringComparison.Ordinal);
            Assert.Equal(0, stream.Length);
            return;
        }

        network.ExportOnnx(stream);
        OnnxFile file = OnnxFile.Read(stream.ToArray());

        Assert.Equal((8, 17), (file.IrVersion, file.Opset));
        AssertPorts(described.Inputs, file.Inputs);
        AssertPorts(described.Outputs, file.Outputs);
        Assert.Equal(described.Inputs.Select(port => port.Name), file.Inputs.Select(value => value.Name));
        HashSet<string> known = [.. file.Inputs.Select(value => value.Name), .. file.Initializers.Keys];
        foreach (OnnxFileNode node in file.Nodes)
        {
            Assert.All(node.Inputs, input => Assert.True(input.Length == 0 || known.Contains(input), $"{node.Name} reads {input} before anything made it"));
            Assert.All(node.Outputs, output => Assert.True(known.Add(output), $"{output} is made twice"));
        }

        Assert.All(file.Outputs, output => Assert.Contains(output.Name, known));
        foreach (LayerRow layer in described.Layers)
            Assert.Contains(layer.Name, known);

        // Only recurrent layers have other initializers than ours: ONNX packs them.
        foreach (Parameter parameter in network.Parameters)
        {
            if (parameter.Name.Contains(".weight_ih_l", StringComparison.Ordinal) || parameter.Name.Contains(".weight_hh_l", StringComparison.Ordinal)
                || parameter.Name.Contains(".bias_ih_l", StringComparison.Ordinal) || parameter.Name.Contains(".bias_hh_l", StringComparison.Ordinal))
            {
                continue;
            }

            OnnxFileTensor tensor = file.Initializers[parameter.Name];
            Assert.Equal(1, tensor.Element);
            Assert.Equal(parameter.Shape.ToArray().Select(size => (long)size), tensor.Shape);
            Assert.Equal(parameter.Values.ToArray(), tensor.Values<float>());
        }

        HashSet<string> read = [.. file.Nodes.SelectMany(node => node.Inputs)];
        Assert.All(file.Initializers.Keys, initializer => Assert.Contains(initializer, read));
    }

    [Fact]
    public void A_file_is_written_whole_or_not_at_all()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-onnx-");
        try
        {
            string path = Path.Combine(folder.FullName, "net.onnx");
            File.WriteAllText(path, "an old file");
            Network network = PyTorchCases.ByName["LinearVector"].OnCpu();
            network.ExportOnnx(path);
            using MemoryStream stream = new();
            network.ExportOnnx(stream);
            Assert.Equal(stream.ToArray(), File.ReadAllBytes(path));
            Assert.Single(folder.GetFiles());

            string nowhere = Path.Combine(folder.FullName, "none", "net.onnx");
            Assert.Contains(nowhere, Assert.Throws<IOException>(() => network.ExportOnnx(nowhere)).Message, StringComparison.Ordinal);
            network.Dispose();
            Assert.Throws<ObjectDisposedException>(() => network.ExportOnnx(path));
            Assert.Equal(stream.ToArray(), File.ReadAllBytes(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AssertPorts(IReadOnlyList<PortInfo> ports, IReadOnlyList<OnnxFileValue> values)
    {
        Assert.Equal(ports.Count, values.Count);
        for (int i = 0; i < ports.Count; i++)
        {
            Assert.Equal(ports[i].Element == ElementType.Int32 ? 6 : 1, values[i].Element);
            Assert.Equal(["batch", .. ports[i].Shape.Select(size => $"{size}")], values[i].Dimensions);
        }
    }

    // What a user has written in C# has no form elsewhere.
    private static bool HasOwnLayer(INetwork network) => network.Layers.Any(row => row.Layer == "Custom");

    private static Network Trained(PyTorchCase it, Fixture fixture)
    {
        Network network = it.OnCpu();
        network.LoadWeights(Fixture.Path(it.Name), "initial/");
        it.TrainStep(network, fixture);
        return network;
    }
}
