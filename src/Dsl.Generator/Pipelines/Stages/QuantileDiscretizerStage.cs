using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Classes of about as many rows each.</summary>
internal sealed class QuantileDiscretizerStage : ColumnStage<QuantileDiscretizerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("numBuckets", Range.AtLeast(2)), ("HandleInvalid", Range.MemberOf<HandleInvalid>())];

    public override IReadOnlyList<string> Sizing { get; } = ["HandleInvalid"];

    protected override Wanted Input => Wanted.Number;

    public override bool Learns(Entry entry) => true;

    public override bool MayDrop(Entry entry) => OptionsOf(entry).HandleInvalid == HandleInvalid.Skip;

    protected override bool TakesNull(Entry entry) => OptionsOf(entry).HandleInvalid != HandleInvalid.Error;

    protected override Column OutputOf(StageSite site, Column input) => Columns.Class(0);

    public override void EmitFit(StageEmission emission) => emission.Fit(emission.Slot(emission.Input), ["NumBuckets", "HandleInvalid"], emission.TrainingArgument);

    public override void EmitRow(StageEmission emission) => emission.DeclareClass($"{emission.Model}.Transform({emission.NumberOrNaN(emission.Input)})");
}
