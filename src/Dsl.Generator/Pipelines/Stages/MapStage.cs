using System.Collections.Generic;
using Dsl.Generator.Declaring;
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
}
