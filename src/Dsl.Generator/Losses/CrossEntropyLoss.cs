using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Losses;

/// <summary>Softmax and negative log-likelihood of one label a sample, or one a step.</summary>
internal sealed partial class CrossEntropyLoss : Loss
{
    public override string Name => "CrossEntropy";

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

    public override int TargetSize(Network network) => (int)(network.OutputShape.Count / network.OutputShape.Last);

    public override IEnumerable<(string Name, string Value)> Table(Network network)
    {
        yield return ("Classes", Literal.Int(network.OutputShape.Last));
        if (network.Loss!.Has("IgnoreLabel"))
            yield return ("IgnoredLabel", Literal.Int(Ignored(network)));
    }

    public override string? ProbabilityOperation(Network network) =>
        $"TBackend.Softmax(context.Outputs[0], context.Outputs[0], {Rows(network, "context.Batch")}, {Literal.Int(network.OutputShape.Last)});";

    public override void Lower(Lowering lowering, Network network, Tensor output)
    {
        Operand rows = Rows(network, "batch");
        Operand classes = network.OutputShape.Last;
        Operand ignored = Ignored(network);

        // Before the loss, which may write its gradient over the logits.
        if (lowering.Training)
            lowering.CallIf("context.CountsCorrect", "CountCorrect", Operand.Buffer(output), "context.Labels", "context.Correct", rows, classes, ignored);
        WithGradient(lowering, output, gradient => lowering.Call(
            "CrossEntropy",
            Operand.Buffer(output),
            "context.Labels",
            gradient,
            "context.Loss",
            rows,
            classes,
            Literal.Float(network.Loss!.Float("LabelSmoothing")),
            ignored));
    }

    private static int Ignored(Network network) => network.Loss!.Int("IgnoreLabel", int.MinValue);

    private string Rows(Network network, string batch) => TargetSize(network) == 1 ? batch : $"{batch} * {Literal.Int(TargetSize(network))}";
}
