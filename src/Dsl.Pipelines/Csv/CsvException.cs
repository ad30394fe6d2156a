using System;
using System.Globalization;
using Dsl.Runtime;

namespace Dsl;

/// <summary>A cell of a CSV file that its column cannot take, a line that is no row, or a header that lacks a column.</summary>
public sealed class CsvException : Exception
{
    /// <summary>A flaw of a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="line">The line in which the row begins, from 1.</param>
    /// <param name="column">The column by its property's name; empty where it is about the whole line.</param>
    /// <param name="text">What stands there.</param>
    /// <param name="wanted">What is wanted.</param>
    internal CsvException(string file, long line, string column, string text, string wanted)
        : base(MessageOf(file, line, column, text, wanted))
    {
        File = file;
        Line = line;
        Column = column;
        Text = text;
        Wanted = wanted;
    }

    /// <summary>The file's path.</summary>
    public string File { get; }

    /// <summary>The line in which the row begins, from 1; lines within quotes, empty ones and the header are counted.</summary>
    public long Line { get; }

    /// <summary>The column by its property's name; empty where it is about the whole line.</summary>
    public string Column { get; }

    /// <summary>What stands there.</summary>
    public string Text { get; }

    /// <summary>What is wanted: <c>a number (double)</c>.</summary>
    public string Wanted { get; }

    private static string MessageOf(string file, long line, string column, string text, string wanted)
    {
        ArgumentNullException.ThrowIfNull(text);
        string place = string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}{(string.IsNullOrEmpty(column) ? "" : ", column " + column)}");
        return $"{place}: wanted is {wanted}, but there is {(text.Length == 0 ? "nothing" : MessageText.Quote(text))}.";
    }
}
