using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Holds back some rows; nothing at all in <c>Predict</c> and <c>Transform</c>.</summary>
internal sealed class SplitStage : StageOf<SplitAttribute>
{
    private static readonly Wanted Strata = new(
        "text, a flag, a class number or a whole number",
        column => column.Kind is ColumnKind.Text or ColumnKind.Flag or ColumnKind.ClassNumber || (column.Kind == ColumnKind.Number && column.IsWhole),
        _ => "");

    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("Train", Range.Inside)];

    public override bool HoldsBack => true;

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => entry.Text("Stratify") is null ? [] : [Use(entry, "Stratify", isForTraining: true)];

    public override void Check(StageSite site)
    {
        if (site.Uses.Count > 0)
            site.Read(0, Strata);
    }

    public override void EmitFit(StageEmission emission)
    {
        string strata = "null";
        if (emission.Stage.Inputs.Count > 0 && emission.Input.IsNullable)
            emission.Writer.Line($"global::Dsl.Pipelines.SplitStage.LeaveOut({emission.Name}, batch, {emission.Slot(emission.Input)});");
        if (emission.Stage.Inputs.Count > 0)
            strata = $"global::Dsl.Pipelines.Strata.Of(batch.{(emission.Input.Kind == ColumnKind.Text ? "Texts" : "Numbers")}({emission.Slot(emission.Input)}))";
        string row = emission.Code.Row.CSharp;
        emission.Writer.Line($"bool[] keep = global::Dsl.Pipelines.SplitStage.Train({emission.Step}, batch.Count, {emission.Option("Train")}, {strata});");
        if (emission.Code.Pipeline.Scores.Count > 0)
        {
            emission.Writer.Line("int[] heldRows = global::Dsl.Pipelines.RowColumns.HeldRows(batch, keep);");
            emission.Writer.Line($"{row}[] held = global::Dsl.Pipelines.RowColumns.Held<{row}>(rows, heldRows);");
        }

        emission.Writer.Line("batch.Keep(keep);");
    }
}
