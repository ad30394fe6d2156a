using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Columns by hash.</summary>
internal sealed class FeatureHasherStage : StageOf<FeatureHasherAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("NumFeatures", Range.AtLeast(1))];

    private static readonly Wanted Hashed = new(
        "numbers, flags or text", column => Wanted.IsNumber(column) || column.Kind is ColumnKind.Flag or ColumnKind.Text, column => column.Kind == ColumnKind.Tokens ? ": HashingTF takes them" : "");

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [.. UseAll(entry, "inputs")];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [Made(entry, "output")];

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
}
