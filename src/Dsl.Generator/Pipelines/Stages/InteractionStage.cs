using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Products of the elements of several columns.</summary>
internal sealed class InteractionStage : StageOf<InteractionAttribute>
{
    private static readonly Wanted Factor = Wanted.NumberOrVector;

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) => [.. UseAll(entry, "inputs")];

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => [Made(entry, "output")];

    public override void Check(StageSite site)
    {
        if (site.Uses.Count == 0)
            site.FailHere(Descriptors.WrongOption, "needs at least one column");
        if (site.ReadAll("inputs", Factor) is { } inputs)
            site.Make(0, Columns.Vector(SizeOf(inputs)), inputs);
    }

    private static int SizeOf(IReadOnlyList<Column> inputs)
    {
        long size = inputs.Count == 0 ? Column.Wrong : 1;
        bool isOpen = false;
        foreach (Column input in inputs)
        {
            // A class number counts as one-hot of all its classes.
            int factor = input is { Kind: ColumnKind.ClassNumber, IsBinary: false } ? input.Classes : input.Elements;
            if (factor == Column.Wrong)
                return Column.Wrong;
            isOpen |= factor == 0;
            size = Counting.Multiply(size, factor == 0 ? 1 : factor);
        }

        return isOpen ? 0 : Columns.Sized(size);
    }
}
