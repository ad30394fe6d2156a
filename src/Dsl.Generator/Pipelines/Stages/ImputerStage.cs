using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Fills in what is missing, in place; what it fills in is no class number any more.</summary>
internal sealed class ImputerStage : StageOf<ImputerAttribute>
{
    private static readonly Wanted Frequent = new(
        "numbers, text or flags", column => Wanted.IsNumber(column) || column.Kind is ColumnKind.Text or ColumnKind.Flag, column => Wanted.Number.Advice(column));

    private static readonly Wanted Amounts = new(
        "numbers",
        Wanted.IsNumber,
        column => column.Kind is ColumnKind.Text or ColumnKind.Flag ? ": Strategy = Imputation.Mode takes it" : Wanted.Number.Advice(column));

    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("Strategy", Range.MemberOf<Imputation>())];

    public override IReadOnlyList<string> Checked { get; } = ["Strategy"];

    public override bool Learns(Entry entry) => true;

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [.. UseAll(entry, "columns")];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [.. MadeInPlace(entry, "columns")];

    public override void Check(StageSite site)
    {
        if (site.Uses.Count == 0)
            site.FailHere(Descriptors.WrongOption, "needs at least one column");
        Wanted wanted = OptionsOf(site.Entry).Strategy == Imputation.Mode ? Frequent : Amounts;
        for (int i = 0; i < site.Uses.Count; i++)
        {
            if (site.Read(i, wanted, takesNull: true, takesSensitive: true) is not { } input)
                continue;
            Column made = input.Kind is ColumnKind.Text or ColumnKind.Flag ? input with { IsNullable = false, IsDropped = false } : Columns.Number;
            site.Make(i, made with { IsSensitive = input.IsSensitive }, input);
        }
    }

    public override void EmitFit(StageEmission emission) => emission.Fit(emission.Slots(emission.Stage.Inputs), ["Strategy", "MissingValue"]);

    public override void EmitTransform(StageEmission emission) => emission.Writer.Line($"{emission.Model}.Transform(batch, {emission.Slots(emission.Stage.Inputs)});");

    public override void EmitRow(StageEmission emission)
    {
        for (int i = 0; i < emission.Stage.Inputs.Count; i++)
        {
            Column input = emission.Stage.Inputs[i];
            string call = $"{emission.Model}.Transform({Literal.Int(i)}, {(input.Kind == ColumnKind.Text ? emission.MaybeValue(input) : emission.MaybeNumber(input))})";
            emission.Declare(emission.Stage.Outputs[i], input.Kind == ColumnKind.Flag ? call + " != 0" : call);
        }
    }
}
