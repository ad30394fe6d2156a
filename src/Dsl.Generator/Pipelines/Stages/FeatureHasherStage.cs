using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Columns by hash.</summary>
internal sealed class FeatureHasherStage : JoiningStage<FeatureHasherAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("NumFeatures", Range.AtLeast(1))];

    public override IReadOnlyList<string> Sizing { get; } = ["NumFeatures"];

    private static readonly Wanted Hashed = new(
        "numbers, flags or text", column => Wanted.IsNumber(column) || column.Kind is ColumnKind.Flag or ColumnKind.Text, column => column.Kind == ColumnKind.Tokens ? ": HashingTF takes them" : "");

    public override void Check(StageSite site)
    {
        FeatureHasherAttribute options = OptionsOf(site.Entry);
        if (site.Uses.Count == 0)
            site.FailHere(Descriptors.WrongOption, "needs at least one column");
        IReadOnlyList<Column>? inputs = site.ReadAll("inputs", Hashed, takesNull: true);
        for (int i = 0; i < options.CategoricalCols.Length; i++)
        {
            string name = options.CategoricalCols[i] ?? "";
            if (site.Uses.Any(use => use.Name == name))
                continue;
            string? meant = Spelling.Closest(name, site.Uses.Select(use => use.Name));
            site.FailColumn(Descriptors.NoSuchColumn, Place.Argument(site.Ordinal, "CategoricalCols", i), $"has no input {name}{(meant is null ? "" : $": did you mean {meant}?")}", meant);
        }

        if (inputs is not null)
            site.Make(0, Columns.Vector(site.IsRight("NumFeatures") ? options.NumFeatures : Column.Wrong), inputs);
    }

    public override string Prepared(StageEmission emission)
    {
        string names = string.Join(", ", emission.Stage.Inputs.Select(input => Literal.Quoted(input.Name)));
        string[] categorical = OptionsOf(emission.Stage.Entry).CategoricalCols;
        string kinds = string.Join(", ", emission.Stage.Inputs.Select(input => "global::Dsl.Pipelines.HashedKind." + KindOf(input, categorical)));
        return $"new global::Dsl.Pipelines.FeatureHasherStage({emission.Name}, {emission.Option("NumFeatures")}, [{names}], [{kinds}])";
    }

    public override void EmitTransform(StageEmission emission) => emission.Writer.Line($"{emission.Shared}.Transform(batch, {emission.Slots(emission.Stage.Inputs)}, {emission.Slot(emission.Output)});");

    public override void EmitRow(StageEmission emission)
    {
        string hashed = emission.Own(emission.Output);
        string count = Literal.Int(emission.Stage.Inputs.Count);
        emission.Writer.Line($"global::Dsl.Pipelines.FeatureHasherStage.HashedRow {hashed} = {emission.Shared}.Begin(stackalloc int[{count}], stackalloc double[{count}]);");
        for (int i = 0; i < emission.Stage.Inputs.Count; i++)
        {
            Column input = emission.Stage.Inputs[i];
            emission.Writer.Line($"{hashed}.Add({Literal.Int(i)}, {(Wanted.IsNumber(input) ? emission.MaybeNumber(input) : emission.MaybeValue(input))});");
        }

        emission.Declare(emission.Output, hashed + ".End()");
    }

    public override bool IsRowDense(Column output, Func<Column, bool> isDense) => false;

    private static string KindOf(Column input, string[] categorical) => input.Kind switch
    {
        ColumnKind.Text => "Text",
        ColumnKind.Flag => "Flag",
        _ when Array.IndexOf(categorical, input.Name) < 0 => "Number",
        _ when input.IsWhole => "WholeCategory",
        _ => input.CSharp == "float" ? "SingleCategory" : "Category",
    };
}
