using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The largest of each window; padding counts as nothing.</summary>
internal sealed class MaxPool2dLayer : PoolLayer
{
    public override string Name => "MaxPool2d";

    public override object ReadOptions(Entry entry) => WindowOptions.Of(entry.Attribute<MaxPool2dAttribute>(), entry);

    /// <summary>Windows that do not overlap and have no padding: each output of the convolution is looked at once.</summary>
    public override bool CanBeFusedAsPool(Node node)
    {
        Window window = node.Entry.Options<WindowOptions>().Over(node.InputShape);
        return window.Height.Kernel <= window.Height.Stride && window.Width.Kernel <= window.Width.Stride
            && window.Height.Before == 0 && window.Width.Before == 0 && window.Height.Kernel * (long)window.Width.Kernel <= 255;
    }

    public override void Lower(Lowering lowering, FusedGroup group) => LowerMaxPool(lowering, group, ShapeOf(group.Head), group.Head.Shape.Count);

    /// <summary>Max pooling of any window to so many elements a sample.</summary>
    internal static void LowerMaxPool(Lowering lowering, FusedGroup group, PoolShape window, long outputs)
    {
        Tensor x = lowering.Image(lowering.InputOf(group));
        Operand shape = Operand.Of(window, lowering.NameOf(group) + "Shape");
        bool needsGradient = lowering.NeedsGradient(group);
        Operand indices = needsGradient ? Operand.Buffer(lowering.NewSamples(lowering.NameOf(group) + "Indices", window.IndexFloats(outputs))) : Operand.None;

        // A global pool's output is a vector; the operation sees it as an image of one pixel.
        Tensor y = group.Last.Shape.Rank == 3 ? lowering.NewImage(group, needsGradient) : lowering.NewFlat(group, needsGradient);
        lowering.Call(Operations.MaxPool2d, shape, Operand.View(x), Operand.View(y), indices, Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.MaxPool2dBackward, shape, indices, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch)));
    }
}
