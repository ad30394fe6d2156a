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

    public override void Export(OnnxGraph graph, Node node) => Export(graph, node, "MaxPool", node.Entry.Options<WindowOptions>(), float.NegativeInfinity);

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
