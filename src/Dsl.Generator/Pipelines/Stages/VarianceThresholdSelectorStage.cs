using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>The elements that vary.</summary>
internal sealed class VarianceThresholdSelectorStage : ColumnStage<VarianceThresholdSelectorAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("VarianceThreshold", Range.AtLeast(0))];

    public override IReadOnlyList<string> Settings { get; } = ["VarianceThreshold"];

    protected override Wanted Input => Wanted.Vector;

    public override bool Learns(Entry entry) => true;

    protected override Column OutputOf(StageSite site, Column input) => Columns.Vector(0);
}
