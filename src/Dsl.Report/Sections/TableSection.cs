using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Report;

/// <summary>A table. Columns in which there are only numbers, or texts that begin like one, are aligned to the right.</summary>
internal sealed class TableSection : Section
{
    private readonly IReadOnlyList<string> columns;
    private readonly List<string[]> rows = [];

    public TableSection(string title, string? note, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
        : base(title, note)
    {
        this.columns = columns;
        foreach (IReadOnlyList<object?> row in rows)
        {
            if (row.Count != columns.Count)
                throw new ArgumentException($"Row {this.rows.Count + 1} of the table {title} has {row.Count} cells, but there are {columns.Count} columns.", nameof(rows));
            this.rows.Add([.. row.Select(Text)]);
        }
    }

    public override bool IsWide => columns.Count > 6;

    protected override void WriteContent(HtmlWriter html)
    {
        bool[] isNumber = [.. Enumerable.Range(0, columns.Count).Select(column => rows.Count > 0 && rows.All(row => BeginsLikeNumber(row[column])) && rows.Any(row => row[column].Length > 0))];
        html.Add($"<div class=\"scroll\"><table class=\"plain\">\n<thead><tr>");
        for (int i = 0; i < columns.Count; i++)
            Cell(html, columns[i], isNumber[i], isHead: true);
        html.Line($"</tr></thead>\n<tbody>");
        foreach (string[] row in rows)
        {
            html.Add($"<tr>");
            for (int i = 0; i < row.Length; i++)
                Cell(html, row[i], isNumber[i], isHead: false);
            html.Line($"</tr>");
        }

        html.Line($"</tbody>\n</table></div>");
    }

    private static void Cell(HtmlWriter html, string text, bool isNumber, bool isHead)
    {
        string tag = isHead ? "th" : "td";
        if (isNumber)
            html.Add($"<{tag} class=\"number\">{text}</{tag}>");
        else
            html.Add($"<{tag}>{text}</{tag}>");
    }

    private static bool BeginsLikeNumber(string text) => text is "" or "-" or "−" or "–" || char.IsAsciiDigit(text[0]) || (text.Length > 1 && text[0] is '-' or '−' or '+' or '.' && char.IsAsciiDigit(text[1]));

    private static string Text(object? value) => value switch
    {
        null => "",
        double or float => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("G4", CultureInfo.InvariantCulture),
        long or int => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString("#,##0", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
