using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>A forest of classification trees.</summary>
internal sealed class RandomForestClassifierStage : TreeStage<RandomForestClassifierAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        .. TreeRanges, ("Impurity", Range.MemberOf<TreeImpurity>()), ("NumTrees", Range.AtLeast(1)), ("SubsamplingRate", Range.Share),
    ];

    public override IReadOnlyList<string> Settings { get; } = [.. TreeSettings, "Impurity", "NumTrees", "FeatureSubsetStrategy", "SubsamplingRate", "Bootstrap"];

    protected override Wanted Label => Wanted.Classes;
}
