using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>The label of a class number.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class IndexToStringStage
{
    /// <summary>The columnar form; null stays null.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of class numbers.</param>
    /// <param name="output">The column of texts that is made.</param>
    /// <param name="labels">The labels; none: those of the input column.</param>
    /// <exception cref="PipelineException">A class has no label.</exception>
    public static void Transform(string stage, ColumnBatch batch, int input, int output, IReadOnlyList<string> labels)
    {
        IReadOnlyList<string> known = labels.Count > 0 ? labels : batch.LabelsOf(input) ?? [];
        bool[]? nulls = EachRow.NullsOf(batch, input);
        string?[] made = new string?[batch.Count];
        EachRow.Run(batch, row => made[row] = nulls is not null && nulls[row] ? null : Transform(stage, batch.Numbers(input)[row], known));
        batch.Set(output, made, nulls);
    }

    /// <summary>The label of a class.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="value">The class; digits behind the point do not count.</param>
    /// <param name="labels">The labels.</param>
    /// <exception cref="PipelineException">The class has no label.</exception>
    public static string Transform(string stage, double value, IReadOnlyList<string> labels)
    {
        double index = Math.Truncate(value);
        return index >= 0 && index < labels.Count
            ? labels[(int)index]
            : throw new PipelineException(stage, $"has labels of the classes 0 to {labels.Count - 1}, but got class {Shown.Exactly(value)}");
    }
}
