using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;

namespace Dsl.Pipelines;

/// <summary>On how many rows the stages and models of a pipeline were fitted, and how many they left out for want of a label or weight.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FittedRows
{
    private const string Used = ".Rows";
    private const string Left = ".LeftOut";

    private readonly Dictionary<string, (long Used, long Left)> counts = new(StringComparer.Ordinal);

    /// <summary>Counts the rows that a stage is about to learn from.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="label">The column of labels, or -1.</param>
    /// <param name="weight">The column of weights, or -1.</param>
    public void Count(string stage, ColumnBatch batch, int label = -1, int weight = -1)
    {
        long left = 0;
        for (int row = 0; row < batch.Count && (label >= 0 || weight >= 0); row++)
            left += RowColumns.IsMissing(batch, label, row) || RowColumns.IsMissing(batch, weight, row) ? 1 : 0;
        counts[stage] = (batch.Count - left, left);
    }

    /// <summary>As the summary has it: <c>fitted on 275 rows, 3 left out</c>.</summary>
    public string Describe(string stage) => !counts.TryGetValue(stage, out (long Used, long Left) count)
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"fitted on {count.Used} rows{(count.Left > 0 ? $", {count.Left} left out" : "")}");

    /// <summary>Writes the counts.</summary>
    public void Write(PipelineWriter writer)
    {
        foreach ((string stage, (long used, long left)) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Whole(stage + Used, used);
            writer.Whole(stage + Left, left);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">From where.</param>
    /// <param name="stages">Those that learn.</param>
    public static FittedRows Read(PipelineReader reader, params ReadOnlySpan<string> stages)
    {
        FittedRows rows = new();
        foreach (string stage in stages)
            rows.counts[stage] = (reader.Whole(stage + Used), reader.Whole(stage + Left));
        return rows;
    }
}
