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
/// A 2d cross-correlation in groups. Operations: 2·(Cin/groups)·kh·kw per output and one for the bias.
/// </summary>
internal abstract class ConvolutionLayer : ImageLayer
{
    public override Shape OutputOf(LayerSite site)
    {
        ConvolutionOptions options = site.Entry.Options<ConvolutionOptions>();
        Window window = options.Window.Over(site.Input);
        if (!window.Fits(site))
            return Shape.Unknown;
        int channels = options.Channels > 0 ? options.Channels : site.Input[0];
        int groups = GroupsOf(options, site.Input);
        if (site.Input[0] % groups != 0)
            site.Fail(Descriptors.NotDivisible, "Groups", $"cannot divide its {site.Input[0]} input channels into {groups} groups{site.Origin}");
        else if (channels % groups != 0)
            site.Fail(Descriptors.NotDivisible, "Groups", $"cannot divide its {channels} output channels into {groups} groups");
        return site.Finding is null ? Sized(site, channels, window.Height.Output, window.Width.Output) : Shape.Unknown;
    }

    public override IReadOnlyList<string> ParameterNames(Entry entry) => WeightAndBias(entry.Options<ConvolutionOptions>().Bias);

    public override void AddParameters(Node node, List<ParameterSpec> parameters)
    {
        ConvolutionOptions options = node.Entry.Options<ConvolutionOptions>();
        Window window = options.Window.Over(node.InputShape);
        int outputs = node.Shape[0];
        int inputs = node.InputShape[0] / GroupsOf(node.Entry.Options<ConvolutionOptions>(), node.InputShape);
        long area = Counting.Multiply(window.Height.Kernel, window.Width.Kernel);
        long fanIn = Counting.Multiply(inputs, area);
        parameters.Add(new(
            "weight",
            new Shape(outputs, inputs, window.Height.Kernel, window.Width.Kernel),
            Initialisation.Of(options.Init, fanIn, Counting.Multiply(outputs, area))));
        if (options.Bias)
            parameters.Add(new("bias", new Shape(outputs), Initialisation.FanIn(fanIn)));
    }

    public override long OperationsOf(Node node)
    {
        ConvolutionOptions options = node.Entry.Options<ConvolutionOptions>();
        Window window = options.Window.Over(node.InputShape);
        long taps = Counting.Multiply(
            node.InputShape[0] / GroupsOf(node.Entry.Options<ConvolutionOptions>(), node.InputShape),
            Counting.Multiply(window.Height.Kernel, window.Width.Kernel));
        long perOutput = Counting.Add(Counting.Multiply(2, taps), options.Bias ? 1 : 0);
        return Counting.Multiply(perOutput, node.Shape.Count);
    }

    /// <summary>The convolution mixes no channels: kernels of its own.</summary>
    protected virtual bool IsDepthwise => false;

    public override bool TakesEpilogue => true;

    public override bool TakesPool => !IsDepthwise;

    public override bool FoldsBatchNorm => true;

    public override Halo InputHalo(Node node)
    {
        ConvolutionOptions options = node.Entry.Options<ConvolutionOptions>();
        Window window = options.Window.Over(node.InputShape);
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
        ConvolutionOptions options = node.Entry.Options<ConvolutionOptions>();
        Window window = options.Window.Over(node.InputShape);
        Tensor x = lowering.Image(lowering.InputOf(group));
        Conv2dShape convolution = ShapeOf(node, window) with
        {
            Epilogue = group.Epilogue,
            Pool = group.Pool is { } behind ? PoolLayer.ShapeOf(behind) : default,
        };
        Operand shape = Operand.Of(convolution, lowering.NameOf(group) + "Shape");
        long forwardFloats = IsDepthwise ? convolution.DepthwisePreparedFloats : convolution.PreparedFloats;
        (Operand scale, Operand bias) = Fold(lowering, group, node.Shape[0]);
        Storage weights = lowering.Prepared(group, "Weights", forwardFloats, made =>
            lowering.Prepare(IsDepthwise ? Operations.PrepareDepthwiseConv2d : Operations.PrepareConv2d, shape, lowering.Parameter(node, "weight"), scale, Operand.Buffer(made)));
        bool needsGradient = lowering.NeedsGradient(group);
        Tensor y = lowering.NewImage(group, needsGradient);
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
                lowering.ParameterGradient(node, "weight"),
                lowering.ParameterGradient(node, "bias"),
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
                    lowering.Prepare(Operations.PrepareConv2dBackward, shape, lowering.Parameter(node, "weight"), Operand.Buffer(made))));
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
                lowering.ParameterGradient(node, "weight"),
                lowering.ParameterGradient(node, "bias"),
                Operand.Batch);
        }));
    }

    /// <summary>Rows or columns that the last window reads beyond the input; for Winograd up to the last whole tile of two outputs.</summary>
    private static int After(WindowSide side, int size, bool even)
    {
        long outputs = even ? (side.Output + 1) / 2 * 2 : side.Output;
        return (int)Math.Min(int.MaxValue, Math.Max(0, ((outputs - 1) * side.Stride) + side.Span - size - side.Before));
    }

    private static int GroupsOf(ConvolutionOptions options, Shape input) => options.Groups > 0 ? options.Groups : input[0];

    /// <summary>The convolution itself, without what is fused behind it.</summary>
    private static Conv2dShape ShapeOf(Node node, Window window)
    {
        Conv2dShape shape = new(
            node.InputShape[0],
            node.Shape[0],
            window.Height.Kernel,
            window.Width.Kernel,
            window.Height.Stride,
            window.Width.Stride,
            window.Height.Before,
            window.Width.Before,
            window.Height.Dilation,
            window.Width.Dilation,
            GroupsOf(node.Entry.Options<ConvolutionOptions>(), node.InputShape),
            node.Shape[1],
            node.Shape[2],
            ConvAlgorithm.Direct);
        return shape with { Algorithm = shape.Advised };
    }
}
