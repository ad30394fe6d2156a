using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Report;

/// <summary>A column on its way down: from the row of the picture that makes it to the last that reads it.</summary>
/// <param name="Column">Name and kind.</param>
/// <param name="From">The row that makes it.</param>
/// <param name="To">The last row that reads it; <paramref name="From"/> where nothing does.</param>
/// <param name="Lane">Where it goes down.</param>
internal readonly record struct ColumnLane(PipelineColumn Column, int From, int To, int Lane);

/// <summary>
/// Where the columns of a pipeline go down beside its stages: a row of the picture a column of the given rows, then a row a stage. A lane is free again behind the last row that reads its
/// column; a column that nothing reads ends where it begins.
/// </summary>
internal sealed class ColumnLanes
{
    private readonly List<ColumnLane> lanes = [];
    private readonly Dictionary<string, int> current = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<int>> made = [];
    private readonly List<IReadOnlyList<int>> read = [];

    /// <summary>Lays the columns out.</summary>
    /// <param name="columns">The columns of the rows.</param>
    /// <param name="stages">The stages in order.</param>
    public ColumnLanes(IReadOnlyList<PipelineColumn> columns, IReadOnlyList<PipelineStage> stages)
    {
        int[] busyUntil = [];
        for (int row = 0; row < columns.Count + stages.Count; row++)
        {
            PipelineStage? stage = row < columns.Count ? null : stages[row - columns.Count];
            read.Add(stage is null ? [] : [.. stage.Inputs.Where(current.ContainsKey).Distinct().Select(name => current[name])]);
            List<int> begun = [];
            foreach (PipelineColumn column in stage is null ? [columns[row]] : stage.Outputs)
            {
                int last = LastReader(column.Name, row, columns.Count, stages);
                current[column.Name] = lanes.Count;
                begun.Add(lanes.Count);
                lanes.Add(new ColumnLane(column, row, last, Free(ref busyUntil, row, last)));
            }

            made.Add(begun);
        }

        Count = busyUntil.Length;
    }

    /// <summary>How many lanes there are.</summary>
    public int Count { get; }

    /// <summary>Every column, in the order in which they are made; one that is changed in place begins anew.</summary>
    public IReadOnlyList<ColumnLane> All => lanes;

    /// <summary>Which a row makes.</summary>
    public IReadOnlyList<int> MadeBy(int row) => made[row];

    /// <summary>Which a row reads.</summary>
    public IReadOnlyList<int> ReadBy(int row) => read[row];

    /// <summary>The last row that reads what a row makes, until a later one makes a column of that name.</summary>
    private static int LastReader(string column, int from, int columns, IReadOnlyList<PipelineStage> stages)
    {
        int last = from;
        for (int i = Math.Max(0, from + 1 - columns); i < stages.Count; i++)
        {
            if (stages[i].Inputs.Contains(column))
                last = i + columns;
            if (stages[i].Outputs.Any(output => output.Name == column))
                break;
        }

        return last;
    }

    private static int Free(ref int[] busyUntil, int from, int to)
    {
        // What ends in a row leaves its lane to what begins there: the dot of one is the ring of the other only where a column is changed in place.
        int lane = Array.FindIndex(busyUntil, until => until <= from);
        if (lane < 0)
        {
            lane = busyUntil.Length;
            Array.Resize(ref busyUntil, lane + 1);
        }

        // Nothing else begins in the row in which a column that nobody reads begins and ends.
        busyUntil[lane] = Math.Max(to, from + 1);
        return lane;
    }
}
