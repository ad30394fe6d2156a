using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Hides values: what it makes is not sensitive.</summary>
internal sealed class MaskStage : ColumnStage<MaskAttribute>
{
    private const string Mask = "global::Dsl.Pipelines.MaskStage.";

    private static readonly Wanted Hashed = new(
        "a number, a flag, text or a time", column => Wanted.IsNumber(column) || column.Kind is ColumnKind.Flag or ColumnKind.Text or ColumnKind.Time, _ => "");

    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("how", Range.MemberOf<Masking>()), ("Width", Range.Above(0)), ("Scale", Range.Above(0))];

    public override IReadOnlyList<string> Checked { get; } = ["Width", "Scale"];

    protected override Wanted Input => Wanted.Anything;

    public override void Check(StageSite site)
    {
        MaskAttribute options = OptionsOf(site.Entry);
        CheckNumber(site, options.How, Masking.Bucket, "Width");
        CheckNumber(site, options.How, Masking.Noise, "Scale");
        Wanted wanted = options.How switch
        {
            Masking.Hash => Hashed,
            Masking.Bucket or Masking.Noise => Wanted.Number,
            _ => Wanted.Anything,
        };
        if (site.Read(0, wanted, takesNull: true, takesSensitive: true) is { } input)
            site.Make(0, OutputOf(site, input), input);
    }

    protected override Column OutputOf(StageSite site, Column input) => OptionsOf(site.Entry).How switch
    {
        Masking.Redact => Columns.Text,
        Masking.Hash => Columns.Text with { IsNullable = input.IsNullable },
        _ => Columns.Number with { IsNullable = input.IsNullable },
    };

    private static void CheckNumber(StageSite site, Masking how, Masking own, string argument)
    {
        if (how == own && !site.Entry.Has(argument))
            site.FailHere(Descriptors.WrongOption, $"needs {argument} above 0 for {own}");
        else if (how != own && site.Entry.Has(argument) && site.IsRight("how"))
            site.FailOption(argument, $"has {argument}, which is for {own}, beside {how}");
    }

    public override string? Prepared(StageEmission emission) => HowOf(emission) is Masking.Hash or Masking.Noise ? $"global::Dsl.Pipelines.MaskingKey.Of({emission.Name}, run.Options)" : null;

    public override string PreparedType => "global::Dsl.Pipelines.MaskingKey";

    public override void EmitTransform(StageEmission emission)
    {
        Column input = emission.Input;
        string columns = $"batch, {emission.Slot(input)}, {emission.Slot(emission.Output)}";
        emission.Writer.Line(HowOf(emission) switch
        {
            Masking.Redact => $"{Mask}Redact(batch, {emission.Slot(emission.Output)});",
            Masking.Bucket => $"{Mask}Bucket({columns}, {emission.Option("Width")});",
            Masking.Noise => $"{Mask}Noise({emission.Shared}, {columns}, {emission.Option("Scale")});",
            _ => $"{Mask}{HashOf(input)}({emission.Shared}, {columns});",
        });
    }

    public override void EmitRow(StageEmission emission)
    {
        Column input = emission.Input;
        string? presence = emission.HasValue(input);
        string call = HowOf(emission) switch
        {
            Masking.Redact => $"{Mask}Redacted",
            Masking.Bucket => $"{Mask}Bucket({emission.Number(input)}, {emission.Option("Width")})",
            Masking.Noise => $"{Mask}Noise({emission.Shared}, {emission.Number(input)}, {emission.Option("Scale")})",
            _ => $"{emission.Shared}.Hash({Hashable(emission, input)})",
        };
        emission.Declare(emission.Output, presence is null || HowOf(emission) == Masking.Redact ? call : $"{presence} ? {call} : null");
    }

    private static string Hashable(StageEmission emission, Column input) => Wanted.IsNumber(input) ? emission.Number(input)
        : MethodCall.MayBeWrong(input) ? $"{emission.Value(input)} ?? throw global::Dsl.Pipelines.RowColumns.NullIn({Literal.Quoted(input.Name)})"
        : emission.Value(input);

    private static string HashOf(Column input) => input.Kind switch
    {
        ColumnKind.Text => "HashTexts",
        ColumnKind.Flag => "HashFlags",
        ColumnKind.Time => $"HashTimes<{input.CSharp}>",
        _ => "HashNumbers",
    };

    private static Masking HowOf(StageEmission emission) => OptionsOf(emission.Stage.Entry).How;
}
