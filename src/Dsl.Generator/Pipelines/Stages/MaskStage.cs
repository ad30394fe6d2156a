using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Hides values: what it makes is not sensitive.</summary>
internal sealed class MaskStage : ColumnStage<MaskAttribute>
{
    private static readonly Wanted Hashed = new(
        "a number, a flag, text or a time", column => Wanted.IsNumber(column) || column.Kind is ColumnKind.Flag or ColumnKind.Text or ColumnKind.Time, _ => "");

    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("how", Range.MemberOf<Masking>()), ("Width", Range.Above(0)), ("Scale", Range.Above(0))];

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
}
