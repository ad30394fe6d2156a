using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Networks.Emitting;

/// <summary>An input or output as the generated members name it.</summary>
/// <param name="Parameter">The name of a span or batch of it.</param>
/// <param name="Prefix">What <c>Shape</c> and <c>Batch</c> are added to: <c>Input</c>, <c>Output</c>, or its own name.</param>
/// <param name="Shape">Its shape, unknown in a wrong declaration.</param>
/// <param name="Element">What its elements are.</param>
internal sealed record Port(string Parameter, string Prefix, Shape Shape, ElementType Element)
{
    /// <summary>The elements' type in C#.</summary>
    public string Type => Element == ElementType.Int32 ? "int" : "float";

    /// <summary>The name of its batch type.</summary>
    public string Batch { get; } = Prefix + "Batch";

    /// <summary>The name of the member with its shape.</summary>
    public string ShapeMember { get; } = Prefix + "Shape";

    /// <summary>The name of a span or batch of the gradient at it.</summary>
    public string Gradients => Parameter == "inputs" ? "inputGradients" : GradientsOf(Parameter);

    /// <summary>The inputs in declared order; one without a name where the declaration has none.</summary>
    public static List<Port> Inputs(Network network)
    {
        if (network.Inputs.Count < 2)
        {
            Node? only = network.Inputs.Count == 0 ? null : network.Nodes[network.Inputs[0]];
            return [new Port("inputs", "Input", only?.Shape ?? Shape.Unknown, only?.Layer.Gives ?? ElementType.Float32)];
        }

        List<Port> ports = [];
        foreach (int input in network.Inputs)
            Add(ports, network.Nodes[input].Name, network.Nodes[input].Shape, network.Nodes[input].Layer.Gives);
        return ports;
    }

    /// <summary>The main output, then the further ones.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">Its inputs: a signature has both.</param>
    public static List<Port> Outputs(Network network, List<Port> inputs)
    {
        List<Port> ports = [.. inputs];
        ports.Add(new Port("outputs", "Output", network.OutputShape, ElementType.Float32));
        foreach (NetworkOutput output in network.Outputs)
            Add(ports, output.Name, output.Node < 0 ? Shape.Unknown : network.Nodes[output.Node].Shape, ElementType.Float32);
        return ports.GetRange(inputs.Count, ports.Count - inputs.Count);
    }

    // imageValues is imageGradients, imageValues2 is imageGradients2.
    private static string GradientsOf(string parameter)
    {
        int at = parameter.LastIndexOf("Values", System.StringComparison.Ordinal);
        return parameter.Substring(0, at) + "Gradients" + parameter.Substring(at + "Values".Length);
    }

    // What a wrong declaration names twice or by no identifier is left out. Inputs and outputs stand in one signature: a number keeps "image" and
    // "Image" apart, and the suffix a name from being a keyword or one of our own.
    private static void Add(List<Port> ports, string name, Shape shape, ElementType element)
    {
        if (name == "Output" || !SyntaxFacts.IsValidIdentifier(name) || ports.Exists(port => port.Prefix == name))
            return;
        string parameter = GeneratedNames.CamelCase(name) + "Values";
        string unique = parameter;
        for (int i = 2; ports.Exists(port => port.Parameter == unique); i++)
            unique = parameter + Literal.Int(i);
        ports.Add(new Port(unique, name, shape, element));
    }
}
