using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What a batch norm declares.</summary>
internal sealed record BatchNormOptions(float Momentum, float Epsilon);

/// <summary>Normalisation over the batch by feature or channel. Operations: four per element (centre, scale, scale, shift).</summary>
internal abstract class BatchNormLayer : Layer
{
    public override bool EndsUntrained => true;

    /// <summary>The axis of features or channels.</summary>
    public abstract int AxisOf(Shape input);

    public override void CheckArguments(Site site)
    {
        site.InUnit("Momentum");
        site.Positive("Epsilon");
    }

    public override IReadOnlyList<string> ParameterNames(Entry entry) => ["weight", "bias", "running_mean", "running_var"];

    public override void AddParameters(Node node, List<ParameterSpec> parameters)
    {
        Shape shape = new(node.Shape[AxisOf(node.Shape)]);
        parameters.Add(new("weight", shape, Initialisation.Ones));
        parameters.Add(new("bias", shape, Initialisation.Zeros));
        parameters.Add(new("running_mean", shape, Initialisation.Zeros, IsBuffer: true));
        parameters.Add(new("running_var", shape, Initialisation.Ones, IsBuffer: true));
    }

    public override long OperationsOf(Node node) => Counting.Multiply(4, node.Shape.Count);

    public override bool TakesEpilogue => true;

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

        Storage mean = lowering.NewFixed(lowering.NameOf(group) + "Mean", channels);
        Storage variance = lowering.NewFixed(lowering.NameOf(group) + "Variance", channels);
        Operand gamma = lowering.Parameter(node, "weight");
        lowering.Call(
            Operations.BatchNorm,
            Operand.View(x),
            gamma,
            lowering.Parameter(node, "bias"),
            epsilon,
            Operand.Of(group.Epilogue),
            Operand.Buffer(mean),
            Operand.Buffer(variance),
            Operand.View(y),
            Operand.Batch);
        long pixels = node.Shape.Count / channels;
        lowering.UpdateStatistics(
        [
            Operand.Buffer(mean),
            Operand.Buffer(variance),
            Operand.PerSample(pixels),
            options.Momentum,
            lowering.Parameter(node, "running_mean"),
            lowering.Parameter(node, "running_var"),
            channels,
        ],
        lowering.Parameters.OffsetOf(node, "running_mean"));
        lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx => lowering.Call(
            Operations.BatchNormBackward,
            Operand.View(x),
            gamma,
            epsilon,
            Operand.Of(group.Epilogue),
            Operand.Buffer(mean),
            Operand.Buffer(variance),
            Operand.View(y),
            Lowering.GradientView(dy, y),
            Lowering.GradientView(dx, x),
            lowering.ParameterGradient(node, "weight"),
            lowering.ParameterGradient(node, "bias"),
            Operand.Batch)));
    }

    /// <summary>The input with channels last.</summary>
    protected abstract Tensor ByChannel(Lowering lowering, Tensor input);

    /// <summary>The output, in the input's layout.</summary>
    protected abstract Tensor NewOutput(Lowering lowering, FusedGroup group, Tensor x, bool needsGradient);

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
