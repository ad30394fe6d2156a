using Dsl.Generator.Checking;

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
}
