using System;
using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Dsl.Pipelines;

/// <summary>A row's way through a pipeline, a line a stage: what generated <c>Explain</c> writes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RowWay
{
    private readonly StringBuilder text = new();

    /// <summary>A stage has run.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="batch">The one row, or none where a stage has dropped it.</param>
    /// <param name="columns">What the stage made.</param>
    public void Add(string stage, ColumnBatch batch, params ReadOnlySpan<int> columns)
    {
        text.Append(stage).Append(' ');
        if (batch.Count == 0)
        {
            text.Append(" drops the row\n");
            return;
        }

        for (int i = 0; i < columns.Length; i++)
            text.Append(i == 0 ? " " : ", ").Append(batch.NameOf(columns[i])).Append(' ').Append(batch.TextAt(columns[i], 0));
        text.Append(columns.Length == 0 ? " keeps the row\n" : "\n");
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    /// <summary>A value as a line shows it.</summary>
    internal static string TextOf(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        string[] tokens => $"[{string.Join(", ", tokens)}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
