using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Dsl.Runtime;
using Dsl.Tests;

namespace Dsl.Conformance;

/// <summary>
/// Gathers exported networks with inputs and our outputs, and has onnx.checker and onnxruntime judge them all in one Python process. The packages lie beside the repository
/// (<c>../shared/peers</c>); nothing is installed.
/// </summary>
public sealed class OnnxJudge : IDisposable
{
    private const double Tolerance = 1e-4;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-onnx-");
    private readonly Dictionary<string, string> titles = new(StringComparer.Ordinal);

    /// <summary>Why nobody can judge here; null where somebody can.</summary>
    public static string? Absence => SharedFolder.PeersMissing;

    /// <summary>Exports a network and keeps what it gave for a batch.</summary>
    /// <param name="name">A file name.</param>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Of each input the values of a batch, ids too.</param>
    /// <param name="outputs">What the network gave.</param>
    /// <param name="title">What it is called in a failure.</param>
    public void Add(string name, Network network, IReadOnlyList<float[]> inputs, IReadOnlyList<float[]> outputs, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        INetwork described = network;
        network.ExportOnnx(Path.Combine(folder.FullName, name + ".onnx"));
        List<INamedTensor> tensors = [];
        for (int i = 0; i < inputs.Count; i++)
            tensors.Add(Tensor("input/" + described.Inputs[i].Name, described.Inputs[i], inputs[i]));
        for (int i = 0; i < outputs.Count; i++)
            tensors.Add(Tensor($"output/{i}", described.Outputs[i], outputs[i]));
        Safetensors.Write(Path.Combine(folder.FullName, name + ".safetensors"), tensors);
        titles.Add(name, title ?? name);
    }

    /// <summary>Judges them all.</summary>
    /// <returns>What is wrong, a line each.</returns>
    public IReadOnlyList<string> Judge()
    {
        string[] lines = SharedFolder.Python("Onnx/compare.py", folder.FullName).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> verdicts = lines.Select(line => line.Split('\t', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        List<string> wrong = [];
        foreach ((string name, string title) in titles)
        {
            string verdict = verdicts.GetValueOrDefault(name, "was not judged");
            if (!double.TryParse(verdict, CultureInfo.InvariantCulture, out double difference) || !(difference <= Tolerance))
                wrong.Add($"{title}: {verdict}");
        }

        return wrong;
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    private static ArrayTensor Tensor(string name, PortInfo port, float[] values) => new(name, [values.Length / port.Size, .. port.Shape], values);
}
