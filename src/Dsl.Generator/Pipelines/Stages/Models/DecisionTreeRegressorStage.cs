using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>A regression tree.</summary>
internal sealed class DecisionTreeRegressorStage : TreeStage<DecisionTreeRegressorAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        .. TreeRanges,
    ];

    public override IReadOnlyList<string> Settings { get; } = TreeSettings;

    protected override Wanted Label => Wanted.Amount;
}
