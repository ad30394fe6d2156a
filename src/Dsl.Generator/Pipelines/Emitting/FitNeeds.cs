using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>What <c>Fit</c> has to run: nothing that no later stage learns from, but for methods whose vectors have the size that those of the fitted rows have.</summary>
internal sealed class FitNeeds
{
    private readonly HashSet<int> columns = [];
    private readonly HashSet<int> stages = [];
    private readonly CheckedPipeline pipeline;
    private Dictionary<int, int>? lastReads;

    public FitNeeds(CheckedPipeline pipeline)
    {
        this.pipeline = pipeline;
        bool learnsLater = false;
        for (int i = pipeline.Stages.Count - 1; i >= 0; i--)
        {
            CheckedStage stage = pipeline.Stages[i];
            bool hasSeenSize = stage.Method is not null && stage.Outputs.Any(output => output is { Kind: ColumnKind.Vector, Size: 0 });
            bool runs = hasSeenSize || stage.Outputs.Any(output => columns.Contains(output.Index)) || (learnsLater && stage.MayDrop);
            if (runs)
                stages.Add(i);
            learnsLater |= stage.Learns || stage.Rule.HoldsBack || hasSeenSize;
            if (!runs && !stage.Learns && !stage.Rule.HoldsBack)
                continue;
            foreach (Column input in stage.Inputs)
                columns.Add(input.Index);
        }
    }

    /// <summary>Whether the batch goes through a stage.</summary>
    public bool Runs(CheckedStage stage) => stages.Contains(stage.Index);

    /// <summary>Whether a stage looks at the rows themselves: methods take the values of properties, and <c>Split</c> holds rows back for the scores.</summary>
    public bool ReadsRows(CheckedStage stage) => stage.Rule.HoldsBack
        ? pipeline.Scores.Count > 0
        : Runs(stage) && !Stage.Of(stage).ReadsBatch && stage.Inputs.Any(input => TypedValues.PropertyOf(input) is not null);

    /// <summary>The row's columns that a batch has for other methods, and no fit reads.</summary>
    public IEnumerable<int> Unread(ColumnSlots slots)
    {
        Dictionary<int, int> reads = lastReads ??= LastReads(slots);
        return pipeline.Columns.Where(column => column.Property is not null && slots.IsRead(column)).Select(slots.Of).Where(slot => !reads.ContainsKey(slot));
    }

    /// <summary>The columns that nothing reads behind a stage.</summary>
    public IEnumerable<int> Released(CheckedStage stage, ColumnSlots slots)
    {
        Dictionary<int, int> reads = lastReads ??= LastReads(slots);
        IEnumerable<Column> here = Runs(stage) ? stage.Inputs.Concat(stage.Outputs) : stage.Learns ? stage.Inputs : [];
        here = here.Where(column => column.Stage >= 0 || slots.IsRead(column));
        return SlotsOf(here, slots).Distinct().Where(slot => !reads.TryGetValue(slot, out int last) || last <= stage.Index);
    }

    /// <summary>The last stage of a fit that reads a slot; none of a slot that no stage reads.</summary>
    private Dictionary<int, int> LastReads(ColumnSlots slots)
    {
        Dictionary<int, int> last = [];
        foreach (CheckedStage stage in pipeline.Stages.Where(stage => Runs(stage) || stage.Learns || stage.Rule.HoldsBack))
        {
            foreach (int slot in SlotsOf(stage.Inputs, slots))
                last[slot] = stage.Index;
        }

        return last;
    }

    private static IEnumerable<int> SlotsOf(IEnumerable<Column> columns, ColumnSlots slots)
    {
        foreach (Column column in columns)
        {
            yield return slots.Of(column);
            if (slots.TypedOf(column) is { } typed)
                yield return typed;
        }
    }
}
