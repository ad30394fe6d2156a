using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What a convolution declares.</summary>
/// <param name="Channels">Output channels; 0 where they are those of the input.</param>
/// <param name="Groups">Groups of channels that do not see each other; 0 where each channel is one.</param>
/// <param name="Window">The kernel and how it moves.</param>
/// <param name="Bias">Whether a bias is added.</param>
/// <param name="Init">First values of the kernel.</param>
internal sealed record ConvolutionOptions(int Channels, int Groups, WindowOptions Window, bool Bias, Init Init);

/// <summary>
/// A cross-correlation in groups. Operations: 2·(Cin/groups)·kh·kw per output and one for the bias.
/// </summary>
internal abstract class ConvolutionLayer : WindowLayer
{
    private static readonly LayerParameter Weight = new("weight", WeightShape, node => Initialisation.Of(node.Entry.Options<ConvolutionOptions>().Init, FanIn(node), FanOut(node)));

    private static readonly LayerParameter Bias = new("bias", node => new Shape(ImageOf(node.Shape)[0]), node => Initialisation.FanIn(FanIn(node)));

    public override Shape OutputOf(LayerSite site)
    {
        ConvolutionOptions options = site.Entry.Options<ConvolutionOptions>();
        int inputs = ImageOf(site.Input)[0];
        int channels = options.Channels > 0 ? options.Channels : inputs;
        int groups = GroupsOf(options, inputs);
        Window window = options.Window.Over(ImageOf(site.Input));
        if (!window.Fits(site, ImageOf(site.Input), IsOverSteps))
            return Shape.Unknown;
        if (inputs % groups != 0)
            site.Fail(Descriptors.NotDivisible, "Groups", $"cannot divide its {inputs} input channels into {groups} groups{site.Origin}");
        else if (channels % groups != 0)
            site.Fail(Descriptors.NotDivisible, "Groups", $"cannot divide its {channels} output channels into {groups} groups");
        return site.Finding is null ? Slide(site, options.Window, channels) : Shape.Unknown;
    }

    /// <summary>The ranges of what a convolution with channels of its own declares.</summary>
    protected static void CheckChannels(Site site)
    {
        ConvolutionOptions options = site.Entry.Options<ConvolutionOptions>();
        site.AtLeast("channels", 1);
        Window.Check(site, options.Window, isPool: false);
        site.AtLeast("Groups", 1);
        site.IsMember("Init", options.Init);
    }

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => entry.Options<ConvolutionOptions>().Bias ? [Weight, Bias] : [Weight];

    public override long OperationsOf(Node node)
    {
        long perOutput = Counting.Add(Counting.Multiply(2, FanIn(node)), node.Entry.Options<ConvolutionOptions>().Bias ? 1 : 0);
        return Counting.Multiply(perOutput, node.Shape.Count);
    }

    /// <summary>The convolution mixes no channels: kernels of its own.</summary>
    protected virtual bool IsDepthwise => false;

    public override bool TakesEpilogue => true;

    public override bool TakesPool => !IsDepthwise;

    public override bool FoldsBatchNorm => true;

    public override Halo InputHalo(Node node)
    {
        // A sequence lies without a halo: its readers want it in one run.
        if (IsOverSteps)
            return default;
        Window window = WindowOf(node, node.Entry.Options<ConvolutionOptions>().Window);
        bool even = ShapeOf(node, window).Algorithm == ConvAlgorithm.Winograd;
        return new Halo(
            window.Height.Before,
            window.Width.Before,
            After(window.Height, node.InputShape[1], even),
            After(window.Width, node.InputShape[2], even));
    }

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Window window = WindowOf(node, node.Entry.Options<ConvolutionOptions>().Window);
        Tensor x = InputImage(lowering, group, 0);
        Conv2dShape convolution = ShapeOf(node, window) with
        {
            Epilogue = group.Epilogue,
            Pool = group.Pool is { } behind ? PoolLayer.ShapeOf(behind) : default,
        };
        Operand shape = Operand.Of(convolution, lowering.NameOf(group) + "Shape");
        long forwardFloats = IsDepthwise ? convolution.DepthwisePreparedFloats : convolution.PreparedFloats;
        (Operand scale, Operand bias) = Fold(lowering, group, ImageOf(node.Shape)[0]);
        Storage weights = lowering.Prepared(group, "Weights", forwardFloats, made =>
            lowering.Prepare(IsDepthwise ? Operations.PrepareDepthwiseConv2d : Operations.PrepareConv2d, shape, lowering.Parameter(node, Weight.Name), scale, Operand.Buffer(made)));
        bool needsGradient = lowering.NeedsGradient(group);
        Tensor y = OutputImage(lowering, group, window, needsGradient);
        if (IsDepthwise)
        {
            lowering.Call(Operations.DepthwiseConv2d, shape, Operand.Buffer(weights), bias, Operand.View(x), Operand.View(y), Operand.Batch);
            lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx => lowering.Call(
                Operations.DepthwiseConv2dBackward,
                shape,
                Operand.Buffer(weights),
                Operand.View(x),
                Operand.View(y),
                Lowering.GradientView(dy, y),
                Lowering.GradientView(dx, x),
                lowering.ParameterGradient(node, Weight.Name),
                lowering.ParameterGradient(node, Bias.Name),
                Operand.Batch)));
            return;
        }

        Operand indices = Operand.None;
        if (needsGradient && group.Pool is { } pool)
            indices = Operand.Buffer(lowering.NewSamples(lowering.NameOf(group) + "Indices", convolution.Pool.IndexFloats(pool.Shape.Count)));

        lowering.Call(Operations.Conv2d, shape, Operand.Buffer(weights), bias, Operand.View(x), Operand.View(y), indices, Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx =>
        {
            Operand backward = Operand.None;
            if (dx is not null)
            {
                backward = Operand.Buffer(lowering.Prepared(group, "WeightsBackward", convolution.PreparedBackwardFloats, made =>
                    lowering.Prepare(Operations.PrepareConv2dBackward, shape, lowering.Parameter(node, Weight.Name), Operand.Buffer(made))));
            }

            lowering.Call(
                Operations.Conv2dBackward,
                shape,
                backward,
                Operand.View(x),
                Operand.View(y),
                indices,
                Lowering.GradientView(dy, y),
                Lowering.GradientView(dx, x),
                lowering.ParameterGradient(node, Weight.Name),
                lowering.ParameterGradient(node, Bias.Name),
                Operand.Batch);
        }));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        ConvolutionOptions options = node.Entry.Options<ConvolutionOptions>();
        OnnxCall made = Export(graph, node, "Conv", options.Window, 0, options.Bias ? [Weight.Name, Bias.Name] : [Weight.Name]);
        int groups = GroupsOf(options, ImageOf(node.InputShape)[0]);
        if (groups > 1)
            made.Int("group", groups);
    }

    /// <summary>Rows or columns that the last window reads beyond the input; for Winograd up to the last whole tile of two outputs.</summary>
    private static int After(WindowSide side, int size, bool even)
    {
        long outputs = even ? (side.Output + 1) / 2 * 2 : side.Output;
        return (int)Math.Min(int.MaxValue, Math.Max(0, ((outputs - 1) * side.Stride) + side.Span - size - side.Before));
    }

    private static Shape WeightShape(Node node)
    {
        ConvolutionOptions options = node.Entry.Options<ConvolutionOptions>();
        int inputs = ImageOf(node.InputShape)[0];
        int outputs = ImageOf(node.Shape)[0];
        int perGroup = inputs / GroupsOf(options, inputs);
        (WindowSideOptions height, WindowSideOptions width) = (options.Window.Height, options.Window.Width);
        return node.Shape.Rank == 2 ? new Shape(outputs, perGroup, width.Kernel) : new Shape(outputs, perGroup, height.Kernel, width.Kernel);
    }

    /// <summary>Inputs of one output: the operations' taps too.</summary>
    private static long FanIn(Node node)
    {
        Shape weight = WeightShape(node);
        return Counting.Multiply(weight[1], Taps(weight));
    }

    private static long FanOut(Node node)
    {
        Shape weight = WeightShape(node);
        return Counting.Multiply(weight[0], Taps(weight));
    }

    private static long Taps(Shape weight) => Counting.Multiply(weight[2], weight.Rank == 4 ? weight[3] : 1);

    private static int GroupsOf(ConvolutionOptions options, int inputs) => options.Groups > 0 ? options.Groups : inputs;

    /// <summary>The convolution itself, without what is fused behind it.</summary>
    private static Conv2dShape ShapeOf(Node node, Window window)
    {
        Shape input = ImageOf(node.InputShape);
        Shape output = ImageOf(node.Shape);
        Conv2dShape shape = new(
            input[0],
            output[0],
            window.Height.Kernel,
            window.Width.Kernel,
            window.Height.Stride,
            window.Width.Stride,
            window.Height.Before,
            window.Width.Before,
            window.Height.Dilation,
            window.Width.Dilation,
            GroupsOf(node.Entry.Options<ConvolutionOptions>(), input[0]),
            output[1],
            output[2],
            ConvAlgorithm.Direct);
        return shape with { Algorithm = shape.Advised };
    }
}
