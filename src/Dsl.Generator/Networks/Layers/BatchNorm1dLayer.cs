using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>F, or T×F per feature over batch and steps.</summary>
internal sealed class BatchNorm1dLayer : BatchNormLayer
{
    private const long ManyValues = 1L << 30;

    public override string Name => "BatchNorm1d";

    public override object ReadOptions(Entry entry)
    {
        BatchNorm1dAttribute written = entry.Attribute<BatchNorm1dAttribute>();
        return new BatchNormOptions((float)written.Momentum, (float)written.Epsilon);
    }

    public override string Needs => "features or steps × features";

    public override bool TakesRank(int rank) => rank is 1 or 2;

    public override int AxisOf(Shape input) => input.Rank - 1;

    protected override Tensor ByChannel(Lowering lowering, Tensor input) => lowering.Steps(input);

    protected override void LowerSteps(Lowering lowering, FusedGroup group, Operand lengths, Tensor x, Tensor y)
    {
        Node node = group.Head;
        (int steps, int features) = (node.Shape[0], node.Shape.Last);
        BatchNormOptions options = node.Entry.Options<BatchNormOptions>();
        Storage mean = lowering.NewFixed(lowering.NameOf(group) + "Mean", features);
        Storage variance = lowering.NewFixed(lowering.NameOf(group) + "Variance", features);
        Storage unbiased = lowering.NewFixed(lowering.NameOf(group) + "Unbiased", features);
        Operand gamma = lowering.Parameter(node, Weight.Name);
        lowering.WantTwoSamples($"{node.Path} may have one step of its own");
        lowering.Call(
            Operations.BatchNormSteps,
            Operand.Buffer(x),
            lengths,
            gamma,
            lowering.Parameter(node, Bias.Name),
            options.Epsilon,
            Operand.Buffer(mean),
            Operand.Buffer(variance),
            Operand.Buffer(unbiased),
            Operand.Buffer(y),
            steps,
            features,
            Operand.Batch);
        if (!group.Epilogue.IsNone)
            lowering.Call(Operations.Unary, Operand.Of(group.Epilogue), Operand.View(y), Operand.View(y), Operand.Batch);

        // The operation has worked out the unbiased variance from the number of own steps, which the compiler does not know: of so many values the factor is 1.
        lowering.UpdateStatistics(
        [
            Operand.Buffer(mean),
            Operand.Buffer(unbiased),
            Operand.PerSample(ManyValues),
            options.Momentum,
            lowering.Parameter(node, RunningMean.Name),
            lowering.Parameter(node, RunningVariance.Name),
            features,
        ],
        lowering.Parameters.OffsetOf(node, RunningMean.Name));
        lowering.OnBackward(group, y, dy =>
        {
            if (!group.Epilogue.IsNone)
            {
                Operand gradient = Lowering.GradientView(dy, y);
                lowering.Call(Operations.UnaryBackward, Operand.Of(group.Epilogue), Operand.None, Operand.View(y), gradient, gradient, Operand.Batch);
            }

            lowering.WithGradient(x, dx => lowering.Call(
                Operations.BatchNormStepsBackward,
                Operand.Buffer(x),
                lengths,
                gamma,
                options.Epsilon,
                Operand.Buffer(mean),
                Operand.Buffer(variance),
                Operand.Buffer(dy),
                Operand.BufferOrNone(dx),
                lowering.ParameterGradient(node, Weight.Name),
                lowering.ParameterGradient(node, Bias.Name),
                steps,
                features,
                Operand.Batch));
        });
    }

    protected override Tensor NewOutput(Lowering lowering, FusedGroup group, Tensor x, bool needsGradient)
    {
        Tensor y = lowering.NewFlat(group, needsGradient);
        return y.Reinterpret(y.Name, y.Shape, x.Layout);
    }
}
