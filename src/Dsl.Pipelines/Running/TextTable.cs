using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Dsl.Pipelines.Running;

/// <summary>Rows of cells as plain text: what <c>Summary</c> and a tuning show.</summary>
internal static class TextTable
{
    /// <summary>Lines with columns as wide as their widest cell, two blanks between them.</summary>
    /// <param name="rows">The rows, each of as many cells as the first.</param>
    public static string Of(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        StringBuilder text = new();
        int[] widths = [.. Enumerable.Range(0, rows.Count == 0 ? 0 : rows[0].Count).Select(column => rows.Max(row => row[column].Length))];
        foreach (IReadOnlyList<string> row in rows)
        {
            int start = text.Length;
            for (int i = 0; i < widths.Length; i++)
                text.Append(i == 0 ? "" : "  ").Append(row[i].PadRight(widths[i]));
            while (text.Length > start && text[^1] == ' ')
                text.Length--;
            text.Append('\n');
        }

        return text.ToString();
    }
}
