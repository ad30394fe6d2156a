using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>A forest of regression trees.</summary>
internal sealed class RandomForestRegressorStage : TreeStage<RandomForestRegressorAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        .. TreeRanges, ("NumTrees", Range.AtLeast(1)), ("SubsamplingRate", Range.Share),
    ];

    public override IReadOnlyList<string> Settings { get; } = [.. TreeSettings, "NumTrees", "FeatureSubsetStrategy", "SubsamplingRate", "Bootstrap"];

    protected override Wanted Label => Wanted.Amount;
}
