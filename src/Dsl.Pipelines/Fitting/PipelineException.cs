using System;
using System.Globalization;

namespace Dsl;

/// <summary>A row that a pipeline cannot take, or rows that it cannot learn from. The message says where, what was given and what is wanted.</summary>
public sealed class PipelineException : Exception
{
    /// <summary>A flaw that no row is known for.</summary>
    /// <param name="stage">The stage or model that met it, or empty.</param>
    /// <param name="text">What was given and what is wanted: it follows the stage's name.</param>
    internal PipelineException(string stage, string text)
        : this(stage, null, text, null)
    {
    }

    private PipelineException(string stage, long? row, string text, Exception? inner)
        : base((row is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Row {row}: ")) + (stage.Length == 0 ? "" : stage + " ") + text, inner)
    {
        Stage = stage;
        Row = row;
        Text = text;
    }

    /// <summary>The stage or model that met it, or empty.</summary>
    public string Stage { get; }

    /// <summary>The row, counted from 0; null where no row is known.</summary>
    public long? Row { get; }

    private string Text { get; }

    /// <summary>The same flaw in a row that is known.</summary>
    internal PipelineException At(long row) => new(Stage, row, Text, this);
}
