using System.Collections.Generic;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>0 or 1 by a threshold.</summary>
internal sealed class BinarizerStage : ColumnStage<BinarizerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("Threshold", Range.Finite)];

    protected override Wanted Input => Wanted.NumberOrVector;

    protected override Column OutputOf(StageSite site, Column input) => input.Kind == ColumnKind.Vector ? Columns.Vector(input.Size) : Columns.Class(2) with { IsBinary = true };
}
