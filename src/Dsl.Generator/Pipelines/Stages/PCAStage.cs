using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Principal components.</summary>
internal sealed class PCAStage : ColumnStage<PCAAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("k", Range.AtLeast(1))];

    public override IReadOnlyList<string> Settings { get; } = ["K"];

    protected override Wanted Input => Wanted.Vector;

    public override bool Learns(Entry entry) => true;

    protected override Column OutputOf(StageSite site, Column input)
    {
        int k = OptionsOf(site.Entry).K;
        site.CheckAtMostSize("k", k, input);
        return Columns.Vector(site.IsRight("k") ? k : Column.Wrong);
    }
}
