using System;
using System.Collections.Generic;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>0 or 1 by a threshold.</summary>
internal sealed class BinarizerStage : ColumnStage<BinarizerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("Threshold", Range.Finite)];

    protected override Wanted Input => Wanted.NumberOrVector;

    protected override Column OutputOf(StageSite site, Column input) => input.Kind == ColumnKind.Vector ? Columns.Vector(input.Size) : Columns.Class(2) with { IsBinary = true };

    public override void EmitTransform(StageEmission emission)
    {
        string arguments = $"batch, {emission.Slot(emission.Input)}, {emission.Slot(emission.Output)}, {emission.Option("Threshold")}";
        emission.Writer.Line(emission.Input.Kind == ColumnKind.Vector
            ? $"global::Dsl.Pipelines.BinarizerStage.TransformVectors({emission.Name}, {arguments});"
            : $"global::Dsl.Pipelines.BinarizerStage.TransformNumbers({arguments});");
    }

    public override void EmitRow(StageEmission emission)
    {
        const string Call = "global::Dsl.Pipelines.BinarizerStage.Transform(";
        string threshold = emission.Option("Threshold");
        if (emission.Input.Kind != ColumnKind.Vector)
            emission.Set($"{Call}{emission.Number(emission.Input)}, {threshold})");
        else if (emission.IsDense(emission.Output))
            emission.SetDense(emission.Output, span => $"{Call}{emission.Span(emission.Input)}, {span}, {threshold});");
        else
            emission.Set($"{Call}{emission.Vector(emission.Input)}, {threshold})");
    }

    public override string? FittedSize(StageEmission emission, Column output, string model, Func<Column, string?> sizeOf) => sizeOf(output.Sources[0]);
}
