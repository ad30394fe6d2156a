using System;
using System.Linq;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>
/// A layer whose window slides over an image, or over the steps of a sequence: that is, as it lies, an image of one row with the features as channels. Of a
/// padded sample it sees a value of its own choice beyond the sample's steps, and its output has lengths by the formula of its shape.
/// </summary>
internal abstract class WindowLayer : Layer
{
    /// <summary>It works on T×F along T.</summary>
    protected virtual bool IsOverSteps => false;

    public override string Needs => IsOverSteps ? "steps × features" : "channels × height × width";

    public override bool TakesRank(int rank) => rank == (IsOverSteps ? 2 : 3);

    public override Lengths LengthsIn(Node node) => IsOverSteps ? Lengths.Mapped : Lengths.Ended;

    /// <summary>A value as the window meets it: channels×height×width.</summary>
    protected static Shape ImageOf(Shape shape) => shape.Rank == 2 ? new Shape(shape[1], 1, shape[0]) : shape;

    /// <summary>The window over the layer's input.</summary>
    protected static Window WindowOf(Node node, WindowOptions options) => options.Over(ImageOf(node.InputShape));

    /// <summary>The output's shape, or a failure where the window does not fit (DSL203) or the output is too large (DSL208).</summary>
    protected Shape Slide(LayerSite site, WindowOptions options, int channels)
    {
        Shape image = ImageOf(site.Input);
        Window window = options.Over(image);
        if (!window.Fits(site, image, IsOverSteps))
            return Shape.Unknown;
        return IsOverSteps ? Sized(site, window.Width.Output, channels) : Sized(site, channels, window.Height.Output, window.Width.Output);
    }

    /// <summary>The input as an image, with a value in place of what lies beyond a sample's own steps.</summary>
    protected Tensor InputImage(Lowering lowering, FusedGroup group, float beyond) =>
        IsOverSteps ? lowering.OwnSteps(lowering.InputOf(group), beyond) : lowering.Image(lowering.InputOf(group));

    /// <summary>The output as an image. That of a sequence gets the lengths that the window makes of the input's.</summary>
    protected Tensor OutputImage(Lowering lowering, FusedGroup group, Window window, bool needsGradient)
    {
        if (!IsOverSteps)
            return lowering.NewImage(group, needsGradient);
        Tensor y = lowering.NewFlat(group, needsGradient);
        y.Lengths = lowering.MappedLengths(group, window.Width.Lengths);
        Shape image = ImageOf(y.Shape);
        return y.Reinterpret(y.Name, y.Shape, Layout.Image(image[0], image[1], image[2]));
    }

    /// <summary>Adds the node of ONNX that slides the window, over features × steps where it is over steps.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="node">Whose.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="options">The window as declared.</param>
    /// <param name="beyond">What it sees beyond a sample's own steps.</param>
    /// <param name="parameters">By their short names.</param>
    protected OnnxCall Export(OnnxGraph graph, Node node, string operation, WindowOptions options, float beyond, params string[] parameters)
    {
        Window window = WindowOf(node, options);
        if (IsOverSteps)
            graph.MapLengths(node, window.Width.Lengths);
        OnnxCall? made = null;
        graph.ByChannel(node, (x, y, _) => made = graph.Node(operation, y, [x, .. parameters.Select(name => OnnxGraph.Parameter(node, name))]), beyond);
        WindowSide[] sides = IsOverSteps ? [window.Width] : [window.Height, window.Width];
        made!.Ints("kernel_shape", [.. sides.Select(side => side.Kernel)]);
        Unless(1, "strides", side => side.Stride);
        Unless(1, "dilations", side => side.Dilation);
        if (sides.Any(side => side.Before > 0 || side.After > 0))
            made.Ints("pads", [.. sides.Select(side => side.Before), .. sides.Select(side => side.After)]);
        return made;

        void Unless(int usual, string name, Func<WindowSide, int> value)
        {
            if (sides.Any(side => value(side) != usual))
                made!.Ints(name, [.. sides.Select(value)]);
        }
    }
}
