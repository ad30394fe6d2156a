using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>A column of what a method of the class returns.</summary>
internal sealed class MapStage : MethodStage<MapAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("Size", Range.AtLeast(1))];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [Made(entry, "output")];

    public override void Check(StageSite site)
    {
        if (MethodOf(site, "Map needs a number, a flag, text, tokens, a vector or a time", one => one.Result is { Kind: not ColumnKind.Carried }) is not { Result: { } result })
            return;
        bool hasSize = site.Entry.Has("Size");
        if (hasSize && result.Kind != ColumnKind.Vector && site.IsRight("Size"))
            site.FailOption("Size", $"has a Size, but makes {result.Short}: only vectors have one");
        int size = result.Kind != ColumnKind.Vector ? 0 : !site.IsRight("Size") ? Column.Wrong : OptionsOf(site.Entry).Size;
        site.Make(0, Columns.Of(result) with { Size = size, IsSensitive = IsSensitive(site) }, site.Inputs);
    }

    public override bool ReadsBatch => false;

    public override void EmitTransform(StageEmission emission)
    {
        CodeWriter writer = emission.Writer;
        ColumnFill fill = new(emission.Code, emission.Output);
        bool isFit = emission.Place == EmissionPlace.Fit;
        bool hasSeenSize = emission.Output is { Kind: ColumnKind.Vector, Size: 0 };
        string name = Literal.Quoted(emission.Output.Name);
        fill.Declare("batch.Count", !hasSeenSize ? "0" : isFit ? $"{LocalNames.Run}.Sizes.Of({name})" : emission.Code.Plan.WantedSize(emission.Output));
        BatchCode.OpenLoop(writer);
        MethodCall call = new(emission, (column, _) => emission.ValueAt(column, "i"));
        string? presence = call.Presence(column => emission.ValueAt(column, "i") + " is not null");
        fill.Assign(presence is null ? call.Text : $"({presence} ? ({emission.Output.CSharp}?){call.Text} : null)", "i", "batch.RowOf(i)");
        writer.Close();
        writer.Line();
        fill.Set();
        if (hasSeenSize && isFit)
            writer.Line($"{LocalNames.Run}.Sizes.Learn({name}, {LocalNames.Batch}, {emission.Slot(emission.Output)});");
    }

    public override void EmitRow(StageEmission emission)
    {
        MethodCall call = new(emission, (column, takesNull) => takesNull ? emission.TypedMaybe(column) : emission.Typed(column));
        string? presence = call.Presence(emission.HasValue);
        emission.Declare(emission.Output, presence is null ? call.Text : $"{presence} ? {call.Text} : null");
        if (emission.Output.Kind == ColumnKind.Vector)
            RowCode.CheckSize(emission.Code, emission.Output);
    }

    public override bool IsRowDense(Column output, Func<Column, bool> isDense) => false;

    public override string? FittedSize(StageEmission emission, Column output, string model, Func<Column, string?> sizeOf) => null;
}
