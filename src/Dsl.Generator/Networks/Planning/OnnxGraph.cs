using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>
/// A network in ONNX: the calls of the runtime's <c>OnnxGraph</c> that describe it, gathered layer by layer in the order of computation. A value is called as the layer that makes it.
/// </summary>
internal sealed class OnnxGraph
{
    private readonly Network network;
    private readonly List<OnnxCall> calls = [];

    // Of each node's value, as the lowering has them: how many steps of a sample are its own, and whether half of its features come from the end.
    private readonly OnnxLengths?[] lengths;
    private readonly bool[] isBidirectional;

    private OnnxGraph(Network network)
    {
        this.network = network;
        lengths = new OnnxLengths?[network.Nodes.Count];
        isBidirectional = new bool[network.Nodes.Count];
    }

    /// <summary>The calls that describe a network without errors.</summary>
    public static IReadOnlyList<OnnxCall> Of(Network network)
    {
        OnnxGraph graph = new(network);
        foreach (Node node in network.Nodes)
            graph.Add(node);
        graph.Call("Output", network.Nodes[network.Main].Path);
        foreach (NetworkOutput output in network.Outputs)
        {
            string value = network.Nodes[output.Node].Path;
            if (value != output.Name)
                graph.Node("Identity", output.Name, value);
            graph.Call("Output", output.Name);
        }

        return graph.calls;
    }

    /// <summary>A name for what a layer makes on the way.</summary>
    public static string Inner(Node node, string what) => node.Path + "/" + what;

    /// <summary>The name of a parameter of a layer.</summary>
    public static string Parameter(Node node, string name) => node.Path + "." + name;

    /// <summary>A constant list of numbers, to be an input of a node.</summary>
    public static OnnxCall Int64s(params int[] values) => new("Int64s", [.. values]);

    /// <summary>A constant float, to be an input of a node.</summary>
    public static OnnxCall Float(float value) => new("Float", value);

    /// <summary>The name of the value that a layer reads.</summary>
    public string Input(Node node, int i = 0) => network.Nodes[node.Inputs[i]].Path;

    /// <summary>The layer or source whose value a layer reads.</summary>
    public Node InputNode(Node node) => network.Nodes[node.Inputs[0]];

    /// <summary>Calls a member.</summary>
    public OnnxCall Call(string member, params object?[] arguments)
    {
        OnnxCall call = new(member, arguments);
        calls.Add(call);
        return call;
    }

    /// <summary>Adds a node of ONNX.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="output">The name of its value.</param>
    /// <param name="inputs">Names of values and parameters, or constants.</param>
    public OnnxCall Node(string operation, string output, params object?[] inputs) => Call("Node", [operation, output, .. inputs]);

    /// <summary>Adds the one node that a layer is: of its current output, parameters by their short names and constants.</summary>
    public OnnxCall Node(string operation, Node node, params object[] further) =>
        Node(operation, node.Path, [Input(node), .. further.Select(one => one is string parameter ? Parameter(node, parameter) : one)]);

    /// <summary>The lengths of a layer's input, batch × 1; null where every sample has all steps or the layer looks at none.</summary>
    public string? LengthsOf(Node node, int i = 0) => node.Layer.LengthsIn(node) == Lengths.Ended ? null : lengths[node.Inputs[i]]?.Name(this);

    /// <summary>Says what a layer's window over steps makes of the lengths of its input.</summary>
    public void MapLengths(Node node, LengthMap map)
    {
        if (lengths[node.Inputs[0]] is { } before)
            lengths[node.Index] = new OnnxLengths(Inner(node, "Lengths"), (graph, name) => graph.Call("WindowLengths", name, before.Name(graph), map.Kernel, map.Stride, map.Padding, map.Dilation));
    }

    /// <summary>The input of a layer, with a value in place of what lies beyond a sample's own steps.</summary>
    public string OwnSteps(Node node, float beyond) => OwnSteps(node, Input(node), LengthsOf(node), "Own", node.InputShape[0], beyond);

    /// <summary>
    /// Lets a layer work with features or channels in front, as ONNX has them: on an image or a vector as it is, on a sequence between two transpositions.
    /// </summary>
    /// <param name="node">The layer.</param>
    /// <param name="add">Adds what makes the second value of the first one; a sample's shape of both is the third.</param>
    /// <param name="beyond">What the layer sees beyond a sample's own steps, if it may not see them.</param>
    public void ByChannel(Node node, Action<string, string, Shape> add, float? beyond = null)
    {
        if (node.Shape.Rank != 2)
        {
            add(Input(node), node.Path, node.Shape);
            return;
        }

        string x = beyond is { } value ? OwnSteps(node, value) : Input(node);
        (string before, string after) = (Inner(node, "FeaturesFirst"), Inner(node, "Result"));
        Node("Transpose", before, x).Ints("perm", 0, 2, 1);
        add(before, after, new Shape(node.Shape[1], node.Shape[0]));

        // What the largest of a window of nothing is must not be carried on.
        bool clears = beyond is { } seen && float.IsInfinity(seen) && lengths[node.Index] is not null;
        string steps = clears ? Inner(node, "Steps") : node.Path;
        Node("Transpose", steps, after).Ints("perm", 0, 2, 1);
        if (clears)
            Call("OwnSteps", node.Path, steps, lengths[node.Index]!.Name(this), node.Shape[0], 0f);
    }

    /// <summary>Whether the second half of the features of a layer's input was made from the end to the start.</summary>
    public bool HasBidirectionalInput(Node node) => isBidirectional[node.Inputs[0]];

    /// <summary>Says that the second half of the features of a layer's output is made from the end to the start.</summary>
    public void SetBidirectional(Node node) => isBidirectional[node.Index] = true;

    private string OwnSteps(Node node, string x, string? own, string what, int steps, float beyond)
    {
        if (own is null)
            return x;
        Call("OwnSteps", Inner(node, what), x, own, steps, beyond);
        return Inner(node, what);
    }

    private void Add(Node node)
    {
        if (node.Layer.IsSource)
        {
            if (node.Ids is { Vocabulary: > 0, Padding: >= 0 })
                lengths[node.Index] = new OnnxLengths(Inner(node, "Lengths"), (graph, name) => graph.Call("Lengths", name, node.Path, node.Ids.Padding, node.Shape[0]));
            return;
        }

        isBidirectional[node.Index] = node.Layer.KeepsFeatures && isBidirectional[node.Inputs[0]];
        if (node.Layer.LengthsIn(node) == Lengths.Passed)
            lengths[node.Index] = lengths[node.Inputs[0]];
        Layer.Of(node).Export(this, node);
    }

    /// <summary>Lengths of a value: computed once, before the first layer that asks for them.</summary>
    private sealed class OnnxLengths(string name, Action<OnnxGraph, string> compute)
    {
        private bool isComputed;

        public string Name(OnnxGraph graph)
        {
            if (!isComputed)
                compute(graph, name);
            isComputed = true;
            return name;
        }
    }
}
