using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// A network as ONNX (operator set 17, onnx.ai/onnx/operators), built by generated code node by node in the order of computation: a value is called as the layer that makes it, what
/// a layer needs on the way <c>layer/what</c>, a parameter as everywhere. What a node names and no node before it made is a parameter, which then is written too.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class OnnxGraph
{
    private const int IrVersion = 8;
    private const int Opset = 17;

    /// <summary>The first dimension of inputs and outputs: any number of samples.</summary>
    private const string BatchDimension = "batch";

    private readonly ProgramInfo info;
    private readonly ParameterList parameters;
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxInitializer> initializers = [];
    private readonly List<string> outputs = [];

    // Values of nodes and names of initializers.
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    internal OnnxGraph(ProgramInfo info, ParameterList parameters)
    {
        this.info = info;
        this.parameters = parameters;
    }

    /// <summary>Adds a node.</summary>
    /// <param name="operation">ONNX's operator.</param>
    /// <param name="output">The name of its value, and of the node.</param>
    /// <param name="inputs">Values, parameters, constants; empty for an optional input that is not given.</param>
    public OnnxNode Node(string operation, string output, params string[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (string input in inputs)
        {
            if (!known.Contains(input) && parameters.TryGet(input, out Parameter? parameter) && known.Add(input))
                initializers.Add(new OnnxInitializer(parameter!));
        }

        OnnxNode node = new(operation, output, inputs);
        nodes.Add(node);
        known.Add(output);
        return node;
    }

    /// <summary>A list of int64: sizes, axes.</summary>
    /// <returns>Its name.</returns>
    public string Int64s(params long[] values) =>
        Constant("int64s/" + string.Join(',', values), OnnxFields.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values));

    /// <summary>A single float.</summary>
    /// <returns>Its name.</returns>
    public string Float(float value) => Constant("float/" + value.ToString("R", CultureInfo.InvariantCulture), OnnxFields.Float32, [], MemoryMarshal.AsBytes<float>([value]));

    /// <summary>A list of floats.</summary>
    /// <returns>Its name.</returns>
    public string Floats(params float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Floats("floats/" + string.Join(',', Array.ConvertAll(values, value => value.ToString("R", CultureInfo.InvariantCulture))), [values.Length], values);
    }

    /// <summary>The next of the network's outputs: the main one, then each further one.</summary>
    /// <param name="value">The value that it is.</param>
    public void Output(string value) => outputs.Add(value);

    /// <summary>Says that a layer has no form in ONNX.</summary>
    /// <param name="layer">Its name.</param>
    /// <param name="kind">Its kind.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void HasNoForm(string layer, string kind) =>
        throw new NotSupportedException($"{info.Name} cannot be exported to ONNX: {layer} is a {kind}, and a {kind} has no form there.");

    /// <summary>Writes the file.</summary>
    /// <exception cref="NotSupportedException">The file would be larger than ONNX allows.</exception>
    internal void Write(Stream stream)
    {
        ProtobufWriter rest = new();
        rest.Text(OnnxFields.GraphName, info.Name);
        foreach (PortInfo input in info.Inputs)
            rest.Message(OnnxFields.GraphInput, Value(input.Name, input));
        for (int i = 0; i < outputs.Count; i++)
            rest.Message(OnnxFields.GraphOutput, Value(outputs[i], info.Outputs[i]));
        foreach (OnnxNode node in nodes)
            rest.Message(OnnxFields.GraphNode, node.Message);
        List<(ProtobufWriter Head, OnnxInitializer Values)> tensors = [];
        long length = rest.Written.Length;
        foreach (OnnxInitializer initializer in initializers)
        {
            ProtobufWriter head = new();
            head.Head(OnnxFields.GraphInitializer, initializer.Length);
            tensors.Add((head, initializer));
            length += head.Written.Length + initializer.Length;
        }

        ProtobufWriter model = Model();
        model.Head(OnnxFields.ModelGraph, length);
        if (length + model.Written.Length > int.MaxValue)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture, $"{info.Name} cannot be exported to ONNX: its file would have {length + model.Written.Length} bytes, and a protobuf file has at most {int.MaxValue}."));
        }

        stream.Write(model.Written);
        stream.Write(rest.Written);
        foreach ((ProtobufWriter head, OnnxInitializer values) in tensors)
        {
            stream.Write(head.Written);
            values.Write(stream);
        }
    }

    private static ProtobufWriter Model()
    {
        ProtobufWriter model = new();
        model.Integer(OnnxFields.ModelIrVersion, IrVersion);
        model.Text(OnnxFields.ModelProducer, "Dsl");
        model.Text(OnnxFields.ModelProducerVersion, typeof(OnnxGraph).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "");
        ProtobufWriter opset = new();
        opset.Integer(OnnxFields.OpsetVersion, Opset);
        model.Message(OnnxFields.ModelOpset, opset);
        return model;
    }

    private static ProtobufWriter Value(string name, PortInfo port)
    {
        ProtobufWriter shape = new();
        ProtobufWriter batch = new();
        batch.Text(OnnxFields.DimensionName, BatchDimension);
        shape.Message(OnnxFields.ShapeDimension, batch);
        foreach (int size in port.Shape)
        {
            ProtobufWriter dimension = new();
            dimension.Integer(OnnxFields.DimensionSize, size);
            shape.Message(OnnxFields.ShapeDimension, dimension);
        }

        ProtobufWriter tensor = new();
        tensor.Integer(OnnxFields.TensorTypeElement, port.Element == ElementType.Int32 ? OnnxFields.Int32 : OnnxFields.Float32);
        tensor.Message(OnnxFields.TensorTypeShape, shape);
        ProtobufWriter type = new();
        type.Message(OnnxFields.TypeTensor, tensor);
        ProtobufWriter value = new();
        value.Text(OnnxFields.ValueName, name);
        value.Message(OnnxFields.ValueType, type);
        return value;
    }

    private string Int32s(string name, ReadOnlySpan<int> shape, ReadOnlySpan<int> values) => Constant(name, OnnxFields.Int32, shape, MemoryMarshal.AsBytes(values));

    private string Int32(int value) => Int32s("int32/" + value.ToString(CultureInfo.InvariantCulture), [], [value]);

    private string Floats(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values) => Constant(name, OnnxFields.Float32, shape, MemoryMarshal.AsBytes(values));

    /// <summary>A constant; one that is there already under that name is the same.</summary>
    private string Constant(string name, int element, ReadOnlySpan<int> shape, ReadOnlySpan<byte> values)
    {
        if (known.Add(name))
            initializers.Add(new OnnxInitializer(name, element, shape, values));
        return name;
    }
}
