using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What a batch norm declares.</summary>
internal sealed record BatchNormOptions(float Momentum, float Epsilon);

/// <summary>Normalisation over the batch by feature or channel. Operations: four per element (centre, scale, scale, shift).</summary>
internal abstract class BatchNormLayer : Layer
{
    protected static readonly LayerParameter Weight = new("weight", PerChannel, _ => Initialisation.Ones);

    protected static readonly LayerParameter Bias = new("bias", PerChannel, _ => Initialisation.Zeros);

    protected static readonly LayerParameter RunningMean = new("running_mean", PerChannel, _ => Initialisation.Zeros, IsBuffer: true);

    protected static readonly LayerParameter RunningVariance = new("running_var", PerChannel, _ => Initialisation.Ones, IsBuffer: true);

    public override bool EndsUntrained => true;

    /// <summary>The axis of features or channels.</summary>
    public abstract int AxisOf(Shape input);

    public override void CheckArguments(Site site)
    {
        site.InUnit("Momentum");
        site.Positive("Epsilon");
    }

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => [Weight, Bias, RunningMean, RunningVariance];

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override bool TakesEpilogue => true;

    public override bool KeepsFeatures => true;

    public override bool IsCausal(Node node) => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override string? WhyTwoSamples(Node node) => node.Shape.Count == node.Shape[AxisOf(node.Shape)] ? "has one value per channel and sample" : null;

    /// <summary>Over channels of an image, or over the features of a vector; a sequence's steps are folded by the linear layer's rows alike.</summary>
    public override bool IsBatchNorm => true;

    public override float EpsilonOf(Node norm) => norm.Entry.Options<BatchNormOptions>().Epsilon;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Tensor x = ByChannel(lowering, lowering.InputOf(group));
        int channels = node.Shape[AxisOf(node.Shape)];
        BatchNormOptions options = node.Entry.Options<BatchNormOptions>();
        Operand epsilon = options.Epsilon;
        bool needsGradient = lowering.NeedsGradient(group);
        Tensor y = NewOutput(lowering, group, x, needsGradient);
        if (!lowering.Training || !node.IsTrainable)
        {
            Running(lowering, group, x, y, channels);
            return;
        }

        if (lowering.LengthsOf(group) is { Kind: not OperandKind.None } lengths)
        {
            LowerSteps(lowering, group, lengths, x, y);
            return;
        }

        Storage mean = lowering.NewFixed(lowering.NameOf(group) + "Mean", channels);
        Storage variance = lowering.NewFixed(lowering.NameOf(group) + "Variance", channels);
        Operand gamma = lowering.Parameter(node, Weight.Name);
        Operand beta = lowering.Parameter(node, Bias.Name);
        Tensor? addend = group.Addend is { } other ? ByChannel(lowering, lowering.ValueOf(other.Index)) : null;
        Operand[] forward =
        [
            gamma,
            beta,
            epsilon,
            Operand.Of(group.Epilogue),
            Operand.Buffer(mean),
            Operand.Buffer(variance),
            Operand.View(y),
            Operand.Batch,
        ];
        if (addend is null)
            lowering.Call(Operations.BatchNorm, [Operand.View(x), .. forward]);
        else
            lowering.Call(Operations.BatchNormAdd, [Operand.View(x), Operand.View(addend), .. forward]);
        long pixels = node.Shape.Count / channels;
        lowering.UpdateStatistics(
        [
            Operand.Buffer(mean),
            Operand.Buffer(variance),
            Operand.PerSample(pixels),
            options.Momentum,
            lowering.Parameter(node, RunningMean.Name),
            lowering.Parameter(node, RunningVariance.Name),
            channels,
        ],
        lowering.Parameters.OffsetOf(node, RunningMean.Name));
        lowering.OnBackward(group, y, dy =>
        {
            lowering.WithGradient(x, dx =>
            {
                Operand[] backward =
                [
                    epsilon,
                    Operand.Of(group.Epilogue),
                    Operand.Buffer(mean),
                    Operand.Buffer(variance),
                    Operand.View(y),
                    Lowering.GradientView(dy, y),
                    Lowering.GradientView(dx, x),
                    lowering.ParameterGradient(node, Weight.Name),
                    lowering.ParameterGradient(node, Bias.Name),
                    Operand.Batch,
                ];
                if (addend is null)
                    lowering.Call(Operations.BatchNormBackward, [Operand.View(x), gamma, beta, .. backward]);
                else
                    lowering.Call(Operations.BatchNormAddBackward, [Operand.View(x), gamma, .. backward]);
            });

            // What the norm has made of it is the addend's gradient as it stands.
            if (addend is not null)
                lowering.WriteGradientInPlace(addend, dy, _ => { });
        });
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        string[] parameters = [.. node.Parameters.Select(parameter => OnnxGraph.Parameter(node, parameter.Name))];
        graph.ByChannel(node, (x, y, _) => graph.Node("BatchNormalization", y, [x, .. parameters]).Float("epsilon", EpsilonOf(node)));
    }

    /// <summary>Samples of unequal length, in training: statistics are those of own steps.</summary>
    protected virtual void LowerSteps(Lowering lowering, FusedGroup group, Operand lengths, Tensor x, Tensor y) =>
        throw new System.InvalidOperationException($"{Name} knows no steps.");

    /// <summary>The input with channels last.</summary>
    protected abstract Tensor ByChannel(Lowering lowering, Tensor input);

    /// <summary>The output, in the input's layout.</summary>
    protected abstract Tensor NewOutput(Lowering lowering, FusedGroup group, Tensor x, bool needsGradient);

    private static Shape PerChannel(Node node) => new(node.Shape[((BatchNormLayer)node.Layer).AxisOf(node.Shape)]);

    private static void Running(Lowering lowering, FusedGroup group, Tensor x, Tensor y, int channels)
    {
        (Operand scale, Operand shift) = FoldNorm(lowering, group, group.Head, Operand.None, channels);
        lowering.Call(Operations.ScaleShift, Operand.View(x), scale, shift, Operand.Of(group.Epilogue), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradientInPlace(x, dy, dx => lowering.Call(
            Operations.ScaleShiftBackward,
            scale,
            Operand.Of(group.Epilogue),
            Operand.View(y),
            Lowering.GradientView(dy, y),
            Lowering.GradientView(dx, x),
            Operand.Batch)));
    }
}
