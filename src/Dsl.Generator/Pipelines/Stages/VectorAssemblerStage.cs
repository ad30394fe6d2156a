using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Numbers, flags and vectors, one behind the other.</summary>
internal sealed class VectorAssemblerStage : JoiningStage<VectorAssemblerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("HandleInvalid", Range.MemberOf<HandleInvalid>())];

    public override IReadOnlyList<string> Sizing { get; } = ["HandleInvalid"];

    public override bool MayDrop(Entry entry) => OptionsOf(entry).HandleInvalid == HandleInvalid.Skip;

    public override void Check(StageSite site)
    {
        if (site.Uses.Count == 0)
            site.FailHere(Descriptors.WrongOption, "needs at least one column to put together");
        if (site.ReadAll("inputs", Wanted.Elements, takesNull: OptionsOf(site.Entry).HandleInvalid != HandleInvalid.Error) is { } inputs)
            site.Make(0, Columns.Vector(SizeOf(inputs)), inputs);
    }

    /// <summary>The sum of the sizes; 0 where one is known only after fitting.</summary>
    private static int SizeOf(IReadOnlyList<Column> inputs)
    {
        if (inputs.Count == 0 || inputs.Any(input => input.Elements == Column.Wrong))
            return Column.Wrong;
        return inputs.Any(input => input.Elements == 0) ? 0 : Columns.Sized(Counting.Sum(inputs, input => input.Elements));
    }

    public override void EmitTransform(StageEmission emission) => emission.Writer.Line(
        $"{emission.Class}.Transform({emission.Name}, batch, {emission.Slots(emission.Stage.Inputs)}, {emission.Slot(emission.Output)}, {emission.Option("HandleInvalid")}{emission.TrainingArgument});");

    public override void EmitRow(StageEmission emission) => new AssembledRow(
        emission, keeps: OptionsOf(emission.Stage.Entry).HandleInvalid == HandleInvalid.Keep && !emission.IsVaried("HandleInvalid")).Write();

    public override string? FittedSize(StageEmission emission, Column output, string model, Func<Column, string?> sizeOf)
    {
        string?[] sizes = [.. output.Sources.Select(sizeOf)];
        return Array.IndexOf(sizes, null) >= 0 ? null : string.Join(" + ", sizes);
    }
}
