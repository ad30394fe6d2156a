using System;
using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>
/// A 2d cross-correlation in groups. Operations: 2·(Cin/groups)·kh·kw per output and one for the bias.
/// </summary>
internal abstract class ConvolutionLayer : ImageLayer
{
    public override bool HasParameters => true;

    /// <summary>Output channels for an input.</summary>
    public abstract int ChannelsOf(Entry entry, Shape input);

    /// <summary>Groups of channels that do not see each other.</summary>
    public abstract int GroupsOf(Entry entry, Shape input);

    public override Shape OutputOf(Site site)
    {
        Window window = Window.OfConvolution(site.Entry, site.Input);
        if (!window.Fits(site))
            return Shape.Unknown;
        int channels = ChannelsOf(site.Entry, site.Input);
        int groups = GroupsOf(site.Entry, site.Input);
        if (site.Input[0] % groups != 0)
            return site.Fail(Descriptors.NotDivisible, "Groups", $"cannot divide its {site.Input[0]} input channels into {groups} groups{site.Origin}");
        if (channels % groups != 0)
            return site.Fail(Descriptors.NotDivisible, "Groups", $"cannot divide its {channels} output channels into {groups} groups");
        return Sized(site, channels, window.Height.Output, window.Width.Output);
    }

    public override IReadOnlyList<string> ParameterNames(Entry entry) => WeightAndBias(entry);

    public override void AddParameters(Node node, List<ParameterSpec> parameters)
    {
        Window window = Window.OfConvolution(node.Entry, node.InputShape);
        int outputs = node.Shape[0];
        int inputs = node.InputShape[0] / GroupsOf(node.Entry, node.InputShape);
        long area = Counting.Multiply(window.Height.Kernel, window.Width.Kernel);
        long fanIn = Counting.Multiply(inputs, area);
        parameters.Add(new(
            "weight",
            new Shape(outputs, inputs, window.Height.Kernel, window.Width.Kernel),
            Initialisation.Of(node.Entry.Int("Init"), fanIn, Counting.Multiply(outputs, area))));
        if (node.Entry.Bool("Bias", true))
            parameters.Add(new("bias", new Shape(outputs), Initialisation.FanIn(fanIn)));
    }

    public override long OperationsOf(Node node)
    {
        Window window = Window.OfConvolution(node.Entry, node.InputShape);
        long taps = Counting.Multiply(
            node.InputShape[0] / GroupsOf(node.Entry, node.InputShape),
            Counting.Multiply(window.Height.Kernel, window.Width.Kernel));
        long perOutput = Counting.Add(Counting.Multiply(2, taps), node.Entry.Bool("Bias", true) ? 1 : 0);
        return Counting.Multiply(perOutput, node.Shape.Count);
    }

    /// <summary>From how many channels on, in and out, Winograd's transforms cost less than the multiplications that they save.</summary>
    private const int WinogradChannels = 32;

    /// <summary>The convolution mixes no channels: kernels of its own.</summary>
    protected virtual bool IsDepthwise => false;

    public override bool TakesEpilogue => true;

    public override bool TakesPool => !IsDepthwise;

    public override bool FoldsBatchNorm => true;

    public override Halo InputHalo(Node node)
    {
        Window window = Window.OfConvolution(node.Entry, node.InputShape);
        bool even = IsWinograd(node, window);
        return new Halo(
            window.Height.Before,
            window.Width.Before,
            After(window.Height, node.InputShape[1], even),
            After(window.Width, node.InputShape[2], even));
    }

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Window window = Window.OfConvolution(node.Entry, node.InputShape);
        int inputs = node.InputShape[0];
        int outputs = node.Shape[0];
        int groups = GroupsOf(node.Entry, node.InputShape);
        bool winograd = IsWinograd(node, window);
        Tensor x = lowering.Image(lowering.InputOf(group));
        Operand shape = lowering.Constant("Conv2dShape", lowering.NameOf(group) + "Shape", ShapeText(group, window, groups, winograd));
        long taps = (long)window.Height.Kernel * window.Width.Kernel;
        long forwardFloats = IsDepthwise ? taps * Round32(outputs)
            : winograd ? 16L * inputs * Round32(outputs)
            : groups * taps * (inputs / groups) * Round32(outputs / groups);
        (Operand scale, Operand bias) = Fold(lowering, group, outputs);
        Storage weights = lowering.Prepared(group, "Weights", forwardFloats, made =>
            lowering.Prepare(IsDepthwise ? "PrepareDepthwiseConv2d" : "PrepareConv2d", shape, lowering.Parameter(node, "weight"), scale, Operand.Buffer(made)));
        bool needsGradient = lowering.NeedsGradient(group);
        Tensor y = lowering.NewImage(group, needsGradient);
        if (IsDepthwise)
        {
            lowering.Call("DepthwiseConv2d", shape, Operand.Buffer(weights), bias, Operand.View(x), Operand.View(y), "batch");
            lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx => lowering.Call(
                "DepthwiseConv2dBackward",
                shape,
                Operand.Buffer(weights),
                Operand.View(x),
                Operand.View(y),
                Lowering.GradientView(dy, y),
                Lowering.GradientView(dx, x),
                lowering.ParameterGradient(node, "weight"),
                lowering.ParameterGradient(node, "bias"),
                "batch")));
            return;
        }

        Operand indices = Operand.None;
        if (needsGradient && group.Pool is { } pool)
            indices = Operand.Buffer(lowering.NewSamples(lowering.NameOf(group) + "Indices", PoolLayer.IndexFloats(pool)));

        lowering.Call("Conv2d", shape, Operand.Buffer(weights), bias, Operand.View(x), Operand.View(y), indices, "batch");
        lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx =>
        {
            Operand backward = Operand.None;
            if (dx is not null)
            {
                long floats = winograd ? 16L * outputs * Round32(inputs) : groups * taps * (outputs / groups) * Round32(inputs / groups);
                backward = Operand.Buffer(lowering.Prepared(group, "WeightsBackward", floats, made =>
                    lowering.Prepare("PrepareConv2dBackward", shape, lowering.Parameter(node, "weight"), Operand.Buffer(made))));
            }

            lowering.Call(
                "Conv2dBackward",
                shape,
                backward,
                Operand.View(x),
                Operand.View(y),
                indices,
                Lowering.GradientView(dy, y),
                Lowering.GradientView(dx, x),
                lowering.ParameterGradient(node, "weight"),
                lowering.ParameterGradient(node, "bias"),
                "batch");
        }));
    }

    /// <summary>Rows or columns that the last window reads beyond the input; for Winograd up to the last whole tile of two outputs.</summary>
    private static int After(WindowSide side, int size, bool even)
    {
        long outputs = even ? (side.Output + 1) / 2 * 2 : side.Output;
        return (int)Math.Min(int.MaxValue, Math.Max(0, ((outputs - 1) * side.Stride) + side.Span - size - side.Before));
    }

    private bool IsWinograd(Node node, Window window) =>
        !IsDepthwise
        && window.Height is { Kernel: 3, Stride: 1, Dilation: 1 }
        && window.Width is { Kernel: 3, Stride: 1, Dilation: 1 }
        && GroupsOf(node.Entry, node.InputShape) == 1
        && node.InputShape[0] >= WinogradChannels
        && node.Shape[0] >= WinogradChannels;

    private static string ShapeText(FusedGroup group, Window window, int groups, bool winograd)
    {
        Node node = group.Head;
        string text = $"new({node.InputShape[0]}, {node.Shape[0]}, {window.Height.Kernel}, {window.Width.Kernel}, {window.Height.Stride}, {window.Width.Stride}, "
            + $"{window.Height.Before}, {window.Width.Before}, {window.Height.Dilation}, {window.Width.Dilation}, {groups}, {node.Shape[1]}, {node.Shape[2]}, "
            + $"global::Dsl.Runtime.ConvAlgorithm.{(winograd ? "Winograd" : "Direct")}, {group.Epilogue.Text}";
        return text + (group.Pool is { } pool ? ", " + PoolLayer.ShapeText(pool) : "") + ")";
    }
}
