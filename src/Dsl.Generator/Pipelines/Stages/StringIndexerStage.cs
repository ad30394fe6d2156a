using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Numbers labels.</summary>
internal sealed class StringIndexerStage : ColumnStage<StringIndexerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
        [("StringOrderType", Range.MemberOf<StringOrder>()), ("HandleInvalid", Range.MemberOf<HandleInvalid>()), ("Classes", Range.AtLeast(1))];

    public override IReadOnlyList<string> Sizing { get; } = ["HandleInvalid"];

    protected override Wanted Input => Wanted.TextOrNumber;

    public override bool Learns(Entry entry) => true;

    public override bool MayDrop(Entry entry) => OptionsOf(entry).HandleInvalid == HandleInvalid.Skip;

    protected override bool TakesNull(Entry entry) => OptionsOf(entry).HandleInvalid != HandleInvalid.Error;

    protected override Column OutputOf(StageSite site, Column input)
    {
        StringIndexerAttribute options = OptionsOf(site.Entry);
        bool isDeclared = site.Entry.Has("Classes");
        int classes = !site.IsRight("Classes") ? Column.Wrong : !isDeclared ? 0 : Columns.Sized((long)options.Classes + (options.HandleInvalid == HandleInvalid.Keep ? 1 : 0));
        return Columns.Class(classes, site.Index);
    }

    public override void EmitFit(StageEmission emission)
    {
        string text = emission.Input switch
        {
            { Kind: ColumnKind.Text } => "Text",
            { IsWhole: true, Kind: ColumnKind.Number } => "Whole",
            { CSharp: "float" } => "Single",
            _ => "Double",
        };
        string asText = text == "Text" ? "" : ", global::Dsl.Pipelines.ColumnText." + text;
        emission.Fit(emission.Slot(emission.Input), ["StringOrderType", "HandleInvalid", "Classes"], asText + emission.TrainingArgument);
    }

    public override void EmitRow(StageEmission emission) =>
        emission.DeclareClass($"{emission.Model}.Transform({(emission.Input.Kind == ColumnKind.Text ? emission.MaybeValue(emission.Input) : emission.MaybeNumber(emission.Input))})");
}
