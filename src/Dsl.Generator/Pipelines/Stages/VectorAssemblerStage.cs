using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Numbers, flags and vectors, one behind the other.</summary>
internal sealed class VectorAssemblerStage : StageOf<VectorAssemblerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("HandleInvalid", Range.MemberOf<HandleInvalid>())];

    public override bool MayDrop(Entry entry) => OptionsOf(entry).HandleInvalid == HandleInvalid.Skip;

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [.. UseAll(entry, "inputs")];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [Made(entry, "output")];

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
}
