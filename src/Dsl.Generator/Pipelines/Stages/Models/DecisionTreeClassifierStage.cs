using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>A classification tree.</summary>
internal sealed class DecisionTreeClassifierStage : TreeStage<DecisionTreeClassifierAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        .. TreeRanges, ("Impurity", Range.MemberOf<TreeImpurity>()),
    ];

    public override IReadOnlyList<string> Settings { get; } = [.. TreeSettings, "Impurity"];

    protected override Wanted Label => Wanted.Classes;
}
