using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;

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
}
