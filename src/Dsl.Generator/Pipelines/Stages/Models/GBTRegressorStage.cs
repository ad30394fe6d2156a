using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>Boosted regression trees.</summary>
internal sealed class GBTRegressorStage : TreeStage<GBTRegressorAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        .. TreeRanges, ("MaxIter", Range.AtLeast(0)), ("StepSize", Range.Share), ("SubsamplingRate", Range.Share), ("LossType", Range.MemberOf<BoostingLoss>()),
    ];

    public override IReadOnlyList<string> Settings { get; } = [.. TreeSettings, "MaxIter", "StepSize", "FeatureSubsetStrategy", "SubsamplingRate", "LossType"];

    protected override Wanted Label => Wanted.Amount;
}
