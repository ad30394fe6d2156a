using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Drops rows with null or NaN; behind it the columns have none.</summary>
internal sealed class DropNullsStage : StageOf<DropNullsAttribute>
{
    public override bool MayDrop(Entry entry) => true;

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [.. UseAll(entry, "columns")];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) =>
        [.. UseAll(entry, "columns").Select(use => new ColumnMade(use.Name, use.Argument, IsInPlace: true, use.Element))];

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
}
