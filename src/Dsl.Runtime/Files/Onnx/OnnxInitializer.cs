using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>A tensor whose values stand in an ONNX file: a parameter, written from where it lies, or a constant of the graph.</summary>
internal sealed class OnnxInitializer
{
    private const int ChunkFloats = 1 << 20;

    private readonly ProtobufWriter head = new();
    private readonly INamedTensor? tensor;
    private readonly byte[] constant = [];
    private readonly long byteCount;

    public OnnxInitializer(INamedTensor tensor)
    {
        this.tensor = tensor;
        byteCount = (long)tensor.Count * sizeof(float);
        WriteHead(tensor.Name, OnnxFields.Float32, tensor.Shape);
    }

    public OnnxInitializer(string name, int element, ReadOnlySpan<int> shape, ReadOnlySpan<byte> values)
    {
        constant = values.ToArray();
        byteCount = constant.Length;
        WriteHead(name, element, shape);
    }

    /// <summary>Bytes of the message.</summary>
    public long Length => head.Written.Length + byteCount;

    public void Write(Stream stream)
    {
        stream.Write(head.Written);
        if (tensor is null)
        {
            stream.Write(constant);
            return;
        }

        ReadOnlySpan<float> values = tensor.Values;
        for (int start = 0; start < values.Length; start += ChunkFloats)
            stream.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(ChunkFloats, values.Length - start))));
    }

    private void WriteHead(string name, int element, ReadOnlySpan<int> shape)
    {
        foreach (int size in shape)
            head.Integer(OnnxFields.TensorDimension, size);
        head.Integer(OnnxFields.TensorElement, element);
        head.Text(OnnxFields.TensorName, name);
        head.Head(OnnxFields.TensorBytes, byteCount);
    }
}
