using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The largest of each window; padding counts as nothing.</summary>
internal abstract class MaxPoolLayer : PoolLayer
{
    /// <summary>Windows that do not overlap and have no padding: each output of the convolution is looked at once.</summary>
    public override bool CanBeFusedAsPool(Node node)
    {
        Window window = WindowOf(node, node.Entry.Options<WindowOptions>());
        return window.Height.Kernel <= window.Height.Stride && window.Width.Kernel <= window.Width.Stride
            && window.Height.Before == 0 && window.Width.Before == 0 && window.Height.Kernel * (long)window.Width.Kernel <= 255;
    }

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Tensor x = InputImage(lowering, group, float.NegativeInfinity);
        Tensor y = OutputImage(lowering, group, WindowOf(node, node.Entry.Options<WindowOptions>()), lowering.NeedsGradient(group));
        LowerMaxPool(lowering, group, x, y, ShapeOf(node));

        // A window of nothing has no number: steps that are none must not carry -∞ on.
        lowering.ClearBeyond(lowering.ValueOf(group.Last.Index));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        WindowOptions options = node.Entry.Options<WindowOptions>();
        if (IsBehindZeros(graph, node))
            ExportApart(graph, node, WindowOf(node, options));
        else
            Export(graph, node, "MaxPool", options, float.NegativeInfinity);
    }

    private static bool IsBehindZeros(OnnxGraph graph, Node node)
    {
        Node before = graph.InputNode(node);
        while (before.Layer is DropoutLayer)
            before = graph.InputNode(before);
        return before.Layer is ZeroPad2dLayer;
    }

    /// <summary>
    /// onnxruntime (seen: 1.31) makes a Pad of zeros part of the max pool behind it, whose own padding is nothing and no zero; not of one with auto_pad. So own padding stands before it.
    /// </summary>
    private static void ExportApart(OnnxGraph graph, Node node, Window window)
    {
        (WindowSide height, WindowSide width) = (window.Height, window.Width);
        string x = graph.Input(node);
        if (height.Before > 0 || width.Before > 0)
        {
            string padded = OnnxGraph.Inner(node, "Padded");
            graph.Node("Pad", padded, x, OnnxGraph.Int64s(0, 0, height.Before, width.Before, 0, 0, height.After, width.After), OnnxGraph.Float(float.NegativeInfinity));
            x = padded;
        }

        graph.Node("MaxPool", node.Path, x).Ints("kernel_shape", height.Kernel, width.Kernel).Ints("strides", height.Stride, width.Stride).Text("auto_pad", "VALID");
    }

    /// <summary>Max pooling of any window.</summary>
    internal static void LowerMaxPool(Lowering lowering, FusedGroup group, Tensor x, Tensor y, PoolShape window)
    {
        Operand shape = Operand.Of(window, lowering.NameOf(group) + "Shape");
        Operand indices = lowering.NeedsGradient(group)
            ? Operand.Buffer(lowering.NewSamples(lowering.NameOf(group) + "Indices", window.IndexFloats(group.Head.Shape.Count)))
            : Operand.None;
        lowering.Call(Operations.MaxPool2d, shape, Operand.View(x), Operand.View(y), indices, Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.MaxPool2dBackward, shape, indices, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch)));
    }
}
