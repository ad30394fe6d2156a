using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>Clusters.</summary>
internal sealed class KMeansStage : ModelStage<KMeansAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        ("K", Range.AtLeast(2)), ("MaxIter", Range.AtLeast(0)), ("Tol", Range.AtLeast(0)), ("InitMode", Range.MemberOf<KMeansInit>()), ("InitSteps", Range.AtLeast(1)),
        ("DistanceMeasure", Range.MemberOf<KMeansDistance>()),
    ];

    public override IReadOnlyList<string> Sizing { get; } = ["K"];

    public override IReadOnlyList<string> Settings { get; } = ["K", "MaxIter", "Tol", "InitMode", "InitSteps", "DistanceMeasure"];

    protected override Wanted? Label => null;

    protected override Column PredictionOf(Column? label, int classes) => Columns.Class(classes);

    protected override int ClassesOf(StageSite site, Column? label) => site.IsRight("K") ? OptionsOf(site.Entry).K : Column.Wrong;
}
