using System;
using System.IO;
using Dsl.Runtime;

namespace Dsl;

public abstract partial class Network
{
    /// <summary>
    /// Writes the network as it predicts now, as ONNX (operator set 17): inputs and outputs are called as here and have any number of samples as their first dimension, ids are int32 as
    /// for <c>Predict</c>, and parameters keep their names. The old file stays until the new one is whole.
    /// </summary>
    /// <param name="path">The file, by custom <c>*.onnx</c>.</param>
    /// <exception cref="NotSupportedException">A layer has no form in ONNX, or the file would be larger than 2 GiB.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void ExportOnnx(string path)
    {
        OnnxGraph graph = DescribeOnnx();
        FileReplacement.Write(path, graph.Write);
    }

    /// <summary>Writes the network as ONNX; the stream stays open.</summary>
    /// <inheritdoc cref="ExportOnnx(string)"/>
    public void ExportOnnx(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        DescribeOnnx().Write(stream);
    }

    private OnnxGraph DescribeOnnx()
    {
        code.ThrowIfDisposed();
        OnnxGraph graph = new(code.Info, Parameters);
        code.DescribeOnnx(graph);
        return graph;
    }
}
