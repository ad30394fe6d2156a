using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>A class number becomes a vector with a 1 at its place.</summary>
internal sealed class OneHotEncoderStage : ColumnStage<OneHotEncoderAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("HandleInvalid", Range.MemberOf<HandleInvalid>()), ("Size", Range.AtLeast(1))];

    public override IReadOnlyList<string> Settings { get; } = ["DropLast", "HandleInvalid", "Size"];

    public override IReadOnlyList<string> Sizing { get; } = ["DropLast", "HandleInvalid"];

    public override string? Flaw(string option, object? value) => option == "HandleInvalid" && Graph.Range.NumberOf(value) == (int)HandleInvalid.Skip ? "HandleInvalid Error or Keep" : null;

    protected override Wanted Input => Wanted.Number;

    public override bool Learns(Entry entry) => true;

    protected override Column OutputOf(StageSite site, Column input)
    {
        CheckSkip(site);
        OneHotEncoderAttribute options = OptionsOf(site.Entry);
        bool isDeclared = site.Entry.Has("Size");
        if (!site.IsRight("Size") || !site.IsRight("HandleInvalid") || input.Classes == Column.Wrong)
            return Columns.Vector(isDeclared && site.IsRight("Size") ? options.Size : Column.Wrong);
        if (input.Classes == 0)
            return Columns.Vector(isDeclared ? options.Size : 0);
        int size = input.Classes - (options.DropLast ? 1 : 0) + (options.HandleInvalid == HandleInvalid.Keep ? 1 : 0);
        if (isDeclared && options.Size != size)
        {
            site.FailOption("Size", $"has Size = {options.Size}, but the {input.Classes} classes of {input.Name} give a vector of {size}");
            return Columns.Vector(Column.Wrong);
        }

        if (size < 1)
        {
            site.FailHere(Descriptors.WrongOption, $"would make a vector without elements of the one class of {input.Name}: DropLast = false keeps it");
            return Columns.Vector(Column.Wrong);
        }

        return Columns.Vector(size);
    }

    protected override void Miss(StageSite site) => CheckSkip(site);

    private static void CheckSkip(StageSite site)
    {
        if (OptionsOf(site.Entry).HandleInvalid == HandleInvalid.Skip)
            site.FailOption("HandleInvalid", "has no Skip: Error or Keep, or Skip where the class number is made");
    }

    public override void EmitRow(StageEmission emission)
    {
        if (emission.IsDense(emission.Output))
            emission.SetDense(emission.Output, span => $"{emission.Model}.Transform({emission.Number(emission.Input)}, {span});");
        else
            emission.Set($"{emission.Model}.Transform({emission.Number(emission.Input)})");
    }
}
