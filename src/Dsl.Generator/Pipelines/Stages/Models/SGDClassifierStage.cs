using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>Stochastic gradient descent.</summary>
internal sealed class SGDClassifierStage : ModelStage<SGDClassifierAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        ("Loss", Range.MemberOf<SgdLoss>()), ("Penalty", Range.MemberOf<SgdPenalty>()), ("Alpha", Range.AtLeast(0)), ("L1Ratio", Range.Unit), ("MaxIter", Range.AtLeast(1)), ("Tol", Range.AtLeast(0)),
        ("NIterNoChange", Range.AtLeast(1)), ("LearningRate", Range.MemberOf<SgdLearningRate>()), ("Eta0", Range.Above(0)), ("PowerT", Range.Finite),
    ];

    public override IReadOnlyList<string> Checked { get; } = ["Loss", "Alpha", "LearningRate"];

    public override IReadOnlyList<string> Settings { get; } = ["Loss", "Penalty", "Alpha", "L1Ratio", "FitIntercept", "MaxIter", "Tol", "NIterNoChange", "Shuffle", "LearningRate", "Eta0", "PowerT"];

    protected override Wanted Label => Wanted.Classes;

    // Of a loss that is none nobody can tell.
    protected override bool HasProbability(Entry entry) => OptionsOf(entry).Loss is var loss && (loss is SgdLoss.LogLoss or SgdLoss.ModifiedHuber || !System.Enum.IsDefined(typeof(SgdLoss), loss));

    protected override void CheckOptions(StageSite site)
    {
        SGDClassifierAttribute options = OptionsOf(site.Entry);
        if (options.Alpha == 0 && options.LearningRate == SgdLearningRate.Optimal)
            site.FailLatter("Alpha", "LearningRate", "needs Alpha above 0 with SgdLearningRate.Optimal, whose steps follow from it");
        const string Gives = "LogLoss and ModifiedHuber give them";
        if (HasProbability(site.Entry))
            return;
        if (site.Entry.Has("Probability"))
            site.FailOption("Probability", $"has no probabilities with {options.Loss}: {Gives}");
        else if (site.Makes.Skip(1).FirstOrDefault(made => made.Argument != "RawPrediction") is { } probability)
            site.FailOption("Loss", $"has no probabilities with {options.Loss}, but makes {probability.Name}: {Gives}");
    }
}
