using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>Boosted trees of two classes.</summary>
internal sealed class GBTClassifierStage : TreeStage<GBTClassifierAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        .. TreeRanges, ("MaxIter", Range.AtLeast(0)), ("StepSize", Range.Share), ("SubsamplingRate", Range.Share),
    ];

    public override IReadOnlyList<string> Settings { get; } = [.. TreeSettings, "MaxIter", "StepSize", "FeatureSubsetStrategy", "SubsamplingRate"];

    protected override Wanted Label => Wanted.Classes;

    protected override bool IsBinary(Entry entry) => true;
}
