using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Drops rows with null or NaN; behind it the columns have none. Of training columns it drops them in <c>Fit</c> alone: a row that is predicted does not need these.</summary>
internal sealed class DropNullsStage : StageOf<DropNullsAttribute>
{
    public override bool MayDrop(Entry entry) => true;

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [.. UseAll(entry, "columns")];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [.. MadeInPlace(entry, "columns")];

    public override void Check(StageSite site)
    {
        for (int i = 0; i < site.Uses.Count; i++)
        {
            if (site.Read(i, Wanted.Anything, takesNull: true, takesSensitive: true) is { } input)
                site.Make(i, input with { IsNullable = false, IsDropped = true }, input);
        }

        if (site.Uses.Count > 0)
            return;
        foreach (Column column in site.Scope.Current.ToArray())
        {
            if (!column.IsTraining && !column.IsUnknown)
                site.Change(column, column with { IsNullable = false, IsDropped = true });
        }
    }

    public override bool ReadsBatch => false;

    public override void EmitTransform(StageEmission emission)
    {
        IEnumerable<Column> inputs = emission.Stage.Inputs.Where((_, i) => emission.Place == EmissionPlace.Fit || !emission.Stage.Outputs[i].IsTraining);
        string[] conditions = [.. inputs.Select(input => Condition(input, emission.ValueAt(input, "i"), emission.Own(input))).OfType<string>()];
        if (conditions.Length > 0)
            emission.KeepWhere(string.Join(" && ", conditions));
    }

    public override void EmitRow(StageEmission emission)
    {
        for (int i = 0; i < emission.Stage.Inputs.Count; i++)
        {
            Column input = emission.Stage.Inputs[i];
            if (emission.Stage.Outputs[i].IsTraining || Condition(input, emission.TypedMaybe(input), emission.Own(input)) is not { } condition)
                continue;
            emission.Writer.Line($"if (!({condition}))");
            emission.Drop();
            if (input.IsNullable)
                emission.Declare(emission.Stage.Outputs[i], emission.Value(input));
        }
    }

    /// <summary>When a value is there; null: always.</summary>
    private static string? Condition(Column column, string value, string own)
    {
        if (column.IsNullable)
            return column.MayBeNaN ? $"{value} is {{ }} {own} && !{column.CSharp}.IsNaN({own})" : $"{value} is not null";
        return column.MayBeNaN ? $"!{column.CSharp}.IsNaN({value})" : column.IsOblivious ? $"{value} is not null" : null;
    }
}
