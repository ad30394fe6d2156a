using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Losses;

/// <summary>What <c>CrossEntropy</c> declares.</summary>
internal sealed record CrossEntropyOptions(float LabelSmoothing, int IgnoreLabel);

/// <summary>Softmax and negative log-likelihood of one label a sample, or one a step.</summary>
internal sealed class CrossEntropyLoss : Loss
{
    public override string Name => "CrossEntropy";

    public override object ReadOptions(Entry entry)
    {
        CrossEntropyAttribute written = entry.Attribute<CrossEntropyAttribute>();
        return new CrossEntropyOptions((float)written.LabelSmoothing, written.IgnoreLabel);
    }

    public override bool TakesLabels => true;

    public override bool Applies(string activation) => activation is "Softmax" or "LogSoftmax";

    public override void CheckArguments(Site site) => site.InUnit("LabelSmoothing");

    public override string? Refuses(Network network)
    {
        Shape output = network.OutputShape;
        if (output.Rank > 2)
            return "needs classes, or steps × classes";
        return output.Last < 2 ? "needs at least 2 classes" : null;
    }

    public override bool HasProbabilities => true;

    public override Target TargetOf(Network network) => new(TargetKind.Labels, RowsOf(network), network.OutputShape.Last, Ignored(network));

    public override void LowerProbabilities(Lowering lowering, Network network, Tensor output) => lowering.Call(
        Operations.Softmax, Operand.Buffer(output), Operand.Buffer(output), Operand.PerSample(RowsOf(network)), network.OutputShape.Last);

    public override void Lower(Lowering lowering, Network network, Tensor output)
    {
        Operand rows = Operand.PerSample(RowsOf(network));
        Operand classes = network.OutputShape.Last;
        Operand ignored = Ignored(network);

        // Before the loss, which may write its gradient over the logits.
        if (lowering.Training)
            lowering.CallWhen(Condition.WhenCounting, Operations.CountCorrect, Operand.Buffer(output), lowering.Labels, lowering.Correct, rows, classes, ignored);
        WithGradient(lowering, output, gradient => lowering.Call(
            Operations.CrossEntropy,
            Operand.Buffer(output),
            lowering.Labels,
            gradient,
            lowering.Loss,
            rows,
            classes,
            network.Loss!.Options<CrossEntropyOptions>().LabelSmoothing,
            ignored));
    }

    private static int RowsOf(Network network) => (int)(network.OutputShape.Count / network.OutputShape.Last);

    private static int Ignored(Network network) => network.Loss!.Options<CrossEntropyOptions>().IgnoreLabel;
}
