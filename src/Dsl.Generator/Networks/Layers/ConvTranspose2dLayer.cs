using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>ConvTranspose2d</c> declares.</summary>
/// <param name="Channels">Output channels.</param>
/// <param name="Groups">Groups of channels that do not see each other.</param>
/// <param name="Window">The kernel and how it moves over the output.</param>
/// <param name="OutputPadding">Rows and columns that the output has besides.</param>
/// <param name="Bias">Whether a bias is added.</param>
/// <param name="Init">First values of the kernel.</param>
internal sealed record ConvTranspose2dOptions(int Channels, int Groups, WindowOptions Window, int OutputPadding, bool Bias, Init Init);

/// <summary>
/// The gradient of the input of a convolution that runs from this layer's output to its input: that convolution's shape is what the operations get, and its kernel, laid out
/// as PyTorch lays out this layer's, is the weight. Operations: 2·(Cout/groups)·kh·kw per element of the input and one for the bias.
/// </summary>
internal sealed class ConvTranspose2dLayer : ImageLayer
{
    private static readonly LayerParameter Weight = new(
        "weight", WeightShape, node => Initialisation.Of(node.Entry.Options<ConvTranspose2dOptions>().Init, FanIn(node), FanOut(node)));

    private static readonly LayerParameter Bias = new("bias", node => new Shape(node.Shape[0]), node => Initialisation.FanIn(FanIn(node)));

    public override string Name => "ConvTranspose2d";

    public override object ReadOptions(Entry entry)
    {
        ConvTranspose2dAttribute written = entry.Attribute<ConvTranspose2dAttribute>();
        return new ConvTranspose2dOptions(written.Channels, written.Groups, WindowOptions.Of(written, entry), written.OutputPadding, written.Bias, written.Init);
    }

    public override void CheckArguments(Site site)
    {
        ConvTranspose2dOptions options = site.Entry.Options<ConvTranspose2dOptions>();
        site.AtLeast("channels", 1);
        Window.Check(site, options.Window, isPool: false);
        site.AtLeast("OutputPadding", 0);
        int stride = Math.Min(options.Window.Height.Stride, options.Window.Width.Stride);
        if (options.OutputPadding >= stride && site.Entry.Has("OutputPadding"))
            site.Fail(Descriptors.OutOfRange, "OutputPadding", $"needs OutputPadding below its stride of {stride}, but has {options.OutputPadding}");
        site.AtLeast("Groups", 1);
        site.IsMember("Init", options.Init);
    }

    public override Shape OutputOf(LayerSite site)
    {
        ConvTranspose2dOptions options = site.Entry.Options<ConvTranspose2dOptions>();
        long height = Output(options.Window.Height, site.Input[1], options.OutputPadding);
        long width = Output(options.Window.Width, site.Input[2], options.OutputPadding);
        if (!IsLeft(site, height, "Height", "rows") || !IsLeft(site, width, "Width", "columns"))
            return Shape.Unknown;
        if (site.Input[0] % options.Groups != 0)
            site.Fail(Descriptors.NotDivisible, "Groups", $"cannot divide its {site.Input[0]} input channels into {options.Groups} groups{site.Origin}");
        else if (options.Channels % options.Groups != 0)
            site.Fail(Descriptors.NotDivisible, "Groups", $"cannot divide its {options.Channels} output channels into {options.Groups} groups");
        return site.Finding is null ? Sized(site, options.Channels, height, width) : Shape.Unknown;
    }

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => entry.Options<ConvTranspose2dOptions>().Bias ? [Weight, Bias] : [Weight];

    public override long OperationsOf(Node node)
    {
        long products = Counting.Multiply(Counting.Multiply(2, FanIn(node)), node.InputShape.Count);
        return Counting.Add(products, node.Entry.Options<ConvTranspose2dOptions>().Bias ? node.Shape.Count : 0);
    }

    public override bool TakesEpilogue => true;

    public override Halo InputHalo(Node node)
    {
        WindowOptions window = node.Entry.Options<ConvTranspose2dOptions>().Window;
        return new Halo(Before(window.Height), Before(window.Width), After(window.Height, node.Shape[1], node.InputShape[1]), After(window.Width, node.Shape[2], node.InputShape[2]));
    }

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Conv2dShape mirrored = Mirrored(node) with { Epilogue = group.Epilogue };
        Operand shape = Operand.Of(mirrored, lowering.NameOf(group) + "Shape");
        Operand weight = lowering.Parameter(node, Weight.Name);
        Tensor x = lowering.Image(lowering.InputOf(group));
        Storage weights = lowering.Prepared(group, "Weights", mirrored.PreparedBackwardFloats, made =>
            lowering.Prepare(Operations.PrepareConv2dBackward, shape, weight, Operand.Buffer(made)));
        Tensor y = lowering.NewImage(group, lowering.NeedsGradient(group));
        lowering.Call(Operations.ConvTranspose2d, shape, Operand.Buffer(weights), lowering.Parameter(node, Bias.Name), Operand.View(x), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx =>
        {
            Operand backward = Operand.None;
            if (dx is not null)
            {
                backward = Operand.Buffer(lowering.Prepared(group, "WeightsBackward", mirrored.PreparedFloats, made =>
                    lowering.Prepare(Operations.PrepareConv2d, shape, weight, Operand.None, Operand.Buffer(made))));
            }

            lowering.Call(
                Operations.ConvTranspose2dBackward,
                shape,
                backward,
                Operand.View(x),
                Operand.View(y),
                Lowering.GradientView(dy, y),
                Lowering.GradientView(dx, x),
                lowering.ParameterGradient(node, Weight.Name),
                lowering.ParameterGradient(node, Bias.Name),
                Operand.Batch);
        }));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        ConvTranspose2dOptions options = node.Entry.Options<ConvTranspose2dOptions>();
        (WindowSideOptions height, WindowSideOptions width) = (options.Window.Height, options.Window.Width);
        OnnxCall made = options.Bias ? graph.Node("ConvTranspose", node, Weight.Name, Bias.Name) : graph.Node("ConvTranspose", node, Weight.Name);
        made.Ints("kernel_shape", height.Kernel, width.Kernel).Ints("strides", height.Stride, width.Stride);
        if (height.Padding > 0 || width.Padding > 0)
            made.Ints("pads", height.Padding, width.Padding, height.Padding, width.Padding);
        if (options.OutputPadding > 0)
            made.Ints("output_padding", options.OutputPadding, options.OutputPadding);
        if (options.Groups > 1)
            made.Int("group", options.Groups);
    }

    private static bool IsLeft(LayerSite site, long size, string side, string what)
    {
        if (size >= 1)
            return true;
        string kernel = site.Entry.Has("Kernel" + side) ? "Kernel" + side : "k";
        site.Fail(Descriptors.WindowTooLarge, kernel, $"leaves no {what}: (input - 1)·stride - 2·padding + kernel + OutputPadding is {size}{site.Origin}");
        return false;
    }

    private static long Output(WindowSideOptions side, int size, int outputPadding) => ((size - 1L) * side.Stride) - (2L * side.Padding) + side.Kernel + outputPadding;

    /// <summary>Zeros that the first outputs read before the input.</summary>
    private static int Before(WindowSideOptions side) => Math.Max(0, (side.Kernel - 1 - side.Padding + side.Stride - 1) / side.Stride);

    /// <summary>Zeros that the last outputs read behind it.</summary>
    private static int After(WindowSideOptions side, int outputs, int inputs) => (int)Math.Max(0, ((outputs - 1L + side.Padding) / side.Stride) - (inputs - 1));

    /// <summary>The convolution from the output to the input. Its own algorithm is the direct one: that for 3×3 has no way with a bias behind its gradient.</summary>
    private static Conv2dShape Mirrored(Node node)
    {
        ConvTranspose2dOptions options = node.Entry.Options<ConvTranspose2dOptions>();
        (WindowSideOptions height, WindowSideOptions width) = (options.Window.Height, options.Window.Width);
        return new Conv2dShape(
            node.Shape[0],
            node.InputShape[0],
            height.Kernel,
            width.Kernel,
            height.Stride,
            width.Stride,
            height.Padding,
            width.Padding,
            DilationHeight: 1,
            DilationWidth: 1,
            options.Groups,
            node.InputShape[1],
            node.InputShape[2],
            ConvAlgorithm.Direct);
    }

    private static Shape WeightShape(Node node)
    {
        ConvTranspose2dOptions options = node.Entry.Options<ConvTranspose2dOptions>();
        return new Shape(node.InputShape[0], node.Shape[0] / options.Groups, options.Window.Height.Kernel, options.Window.Width.Kernel);
    }

    /// <summary>As PyTorch counts: the second dimension times the kernel's area, which here are the outputs that one input reaches.</summary>
    private static long FanIn(Node node)
    {
        Shape weight = WeightShape(node);
        return Counting.Multiply(weight[1], Counting.Multiply(weight[2], weight[3]));
    }

    private static long FanOut(Node node)
    {
        Shape weight = WeightShape(node);
        return Counting.Multiply(weight[0], Counting.Multiply(weight[2], weight[3]));
    }
}
