using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>GroupNorm</c> declares.</summary>
internal sealed record GroupNormOptions(int Groups, float Epsilon);

/// <summary>
/// Normalisation of each sample by groups of channels; the features of a sequence are its channels. It works on all steps, padded or
/// not: the language names it among none of those that look at a mask. Operations: four per element (centre, scale, scale, shift).
/// </summary>
internal sealed class GroupNormLayer : Layer
{
    private static readonly LayerParameter Weight = new("weight", PerChannel, _ => Initialisation.Ones);

    private static readonly LayerParameter Bias = new("bias", PerChannel, _ => Initialisation.Zeros);

    public override string Name => "GroupNorm";

    public override object ReadOptions(Entry entry)
    {
        GroupNormAttribute written = entry.Attribute<GroupNormAttribute>();
        return new GroupNormOptions(written.Groups, (float)written.Epsilon);
    }

    public override void CheckArguments(Site site)
    {
        site.AtLeast("groups", 1);
        site.Positive("Epsilon");
    }

    public override string Needs => "channels × height × width or steps × features";

    public override bool TakesRank(int rank) => rank is 2 or 3;

    public override Shape OutputOf(LayerSite site)
    {
        int channels = ChannelsOf(site.Input);
        int groups = site.Entry.Options<GroupNormOptions>().Groups;
        if (channels % groups == 0)
            return site.Input;
        site.Fail(Descriptors.NotDivisible, "groups", $"cannot divide its {channels} channels into {groups} groups{site.Origin}");
        return Shape.Unknown;
    }

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => [Weight, Bias];

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override bool TakesEpilogue => true;

    public override bool KeepsFeatures => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        GroupNormOptions options = node.Entry.Options<GroupNormOptions>();
        bool needsGradient = lowering.NeedsGradient(group);
        (Tensor x, Tensor y) = ByChannel(lowering, group, needsGradient);
        Operand gamma = lowering.Parameter(node, Weight.Name);
        Operand epilogue = Operand.Of(group.Epilogue);
        Operand mean = Operand.BufferOrNone(needsGradient ? lowering.NewSamples(lowering.NameOf(group) + "Mean", options.Groups) : null);
        Operand scale = Operand.BufferOrNone(needsGradient ? lowering.NewSamples(lowering.NameOf(group) + "Scale", options.Groups) : null);
        lowering.Call(
            Operations.GroupNorm,
            Operand.View(x),
            gamma,
            lowering.Parameter(node, Bias.Name),
            options.Groups,
            options.Epsilon,
            epilogue,
            mean,
            scale,
            Operand.View(y),
            Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx => lowering.Call(
            Operations.GroupNormBackward,
            Operand.View(x),
            gamma,
            options.Groups,
            epilogue,
            mean,
            scale,
            Operand.View(y),
            Lowering.GradientView(dy, y),
            Lowering.GradientView(dx, x),
            lowering.ParameterGradient(node, Weight.Name),
            lowering.ParameterGradient(node, Bias.Name),
            Operand.Batch)));
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        GroupNormOptions options = node.Entry.Options<GroupNormOptions>();
        (string weight, string bias) = (OnnxGraph.Parameter(node, Weight.Name), OnnxGraph.Parameter(node, Bias.Name));
        graph.ByChannel(node, (x, y, shape) => graph.Call("GroupNorm", [y, x, weight, bias, options.Groups, options.Epsilon, .. shape.ToArray()]));
    }

    /// <summary>Input and output with channels last: a sequence is an image of one row as it lies.</summary>
    private static (Tensor X, Tensor Y) ByChannel(Lowering lowering, FusedGroup group, bool needsGradient)
    {
        if (group.Head.Shape.Rank == 3)
        {
            Tensor image = lowering.Image(lowering.InputOf(group));
            return (image, lowering.NewImage(group, needsGradient));
        }

        Tensor x = lowering.Steps(lowering.InputOf(group));
        Tensor y = lowering.NewFlat(group, needsGradient);
        return (x, y.Reinterpret(y.Name, y.Shape, x.Layout));
    }

    private static int ChannelsOf(Shape shape) => shape.Rank == 3 ? shape[0] : shape.Last;

    private static Shape PerChannel(Node node) => new(ChannelsOf(node.Shape));
}
