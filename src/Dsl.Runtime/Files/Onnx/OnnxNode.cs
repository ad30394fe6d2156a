using System;
using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>A node of an <see cref="OnnxGraph"/>, to which generated code adds attributes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OnnxNode
{
    internal OnnxNode(string operation, string output, ReadOnlySpan<string> inputs)
    {
        foreach (string input in inputs)
            Message.Text(OnnxFields.NodeInput, input);
        Message.Text(OnnxFields.NodeOutput, output);
        Message.Text(OnnxFields.NodeName, output);
        Message.Text(OnnxFields.NodeOperation, operation);
    }

    // As AttributeProto.AttributeType numbers them.
    private enum AttributeType
    {
        Float = 1,
        Int = 2,
        String = 3,
        Ints = 7,
    }

    internal ProtobufWriter Message { get; } = new();

    /// <summary>Adds a number.</summary>
    public OnnxNode Int(string name, long value) => Add(name, AttributeType.Int, attribute => attribute.Integer(OnnxFields.AttributeInt, value));

    /// <summary>Adds a list of numbers.</summary>
    public OnnxNode Ints(string name, params long[] values) => Add(name, AttributeType.Ints, attribute =>
    {
        foreach (long value in values)
            attribute.Integer(OnnxFields.AttributeInts, value);
    });

    /// <summary>Adds a float.</summary>
    public OnnxNode Float(string name, float value) => Add(name, AttributeType.Float, attribute => attribute.Float(OnnxFields.AttributeFloat, value));

    /// <summary>Adds a word.</summary>
    public OnnxNode Text(string name, string value) => Add(name, AttributeType.String, attribute => attribute.Text(OnnxFields.AttributeText, value));

    /// <summary>The second of several outputs, and so on.</summary>
    internal OnnxNode Also(params ReadOnlySpan<string> outputs)
    {
        foreach (string output in outputs)
            Message.Text(OnnxFields.NodeOutput, output);
        return this;
    }

    private OnnxNode Add(string name, AttributeType type, Action<ProtobufWriter> value)
    {
        ProtobufWriter attribute = new();
        attribute.Text(OnnxFields.AttributeName, name);
        value(attribute);
        attribute.Integer(OnnxFields.AttributeType, (long)type);
        Message.Message(OnnxFields.NodeAttribute, attribute);
        return this;
    }
}
