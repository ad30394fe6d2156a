using System;
using System.Collections.Generic;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>What is not the same at all points of a grid, so that what is generated cannot know it: columns by <see cref="Column.Index"/>, stages by <see cref="CheckedStage.Index"/>.</summary>
internal sealed class Unsettled
{
    /// <summary>Columns whose size differs.</summary>
    public HashSet<int> Sizes { get; } = [];

    /// <summary>Columns whose number of classes differs.</summary>
    public HashSet<int> Classes { get; } = [];

    /// <summary>Stages that drop rows at some point.</summary>
    public HashSet<int> Dropping { get; } = [];

    /// <summary>Nothing differs.</summary>
    public bool IsEmpty => Sizes.Count + Classes.Count + Dropping.Count == 0;

    /// <summary>Takes what differs between a declaration and one of its points.</summary>
    public void Add(CheckedPipeline declared, CheckedPipeline point)
    {
        for (int i = 0; i < Math.Min(declared.Stages.Count, point.Stages.Count); i++)
        {
            if (point.Stages[i].MayDrop && !declared.Stages[i].MayDrop)
                Dropping.Add(i);
        }

        // A point that is wrong may lack columns: they are numbered otherwise, and nothing is generated of them.
        if (declared.Columns.Count != point.Columns.Count)
            return;
        for (int i = 0; i < declared.Columns.Count; i++)
        {
            if (declared.Columns[i].Size != point.Columns[i].Size)
                Sizes.Add(i);
            if (declared.Columns[i].Classes != point.Columns[i].Classes)
                Classes.Add(i);
        }
    }

    /// <summary>A column as far as it is the same everywhere.</summary>
    public Column Apply(Column column) => IsEmpty ? column : column with
    {
        Size = Sizes.Contains(column.Index) ? Math.Min(column.Size, 0) : column.Size,
        Classes = Classes.Contains(column.Index) ? Math.Min(column.Classes, 0) : column.Classes,
    };
}
