using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Runtime;

namespace Dsl.Pipelines.Csv;

/// <summary>Which cell of a row each column is, by the names in the first line.</summary>
internal static class CsvHeader
{
    private const int Lacking = -1;

    /// <summary>Finds the columns: first by what <c>[Column]</c> says, then by equal names, then without regard to case, underscores, hyphens and blanks.</summary>
    /// <param name="file">What the file is called in messages.</param>
    /// <param name="line">The header's line.</param>
    /// <param name="header">The names in it.</param>
    /// <param name="columns">What is looked for.</param>
    /// <param name="allowMissing">Whether columns may be lacking.</param>
    /// <returns>The cell of each column; -1 where it lacks.</returns>
    /// <exception cref="CsvException">A column lacks, or two names could be it.</exception>
    public static int[] Match(string file, long line, string[] header, IReadOnlyList<CsvColumn> columns, bool allowMissing)
    {
        int[] cells = [.. Enumerable.Repeat(Lacking, columns.Count)];
        bool[] taken = new bool[header.Length];
        Take(column => column.Header, (written, name) => written == name);
        Take(column => column.Name, (written, name) => written == name);
        Take(column => column.Name, (written, name) => Loose(written) == Loose(name));
        if (!allowMissing && Array.IndexOf(cells, Lacking) is >= 0 and int first)
        {
            string[] lacking = [.. columns.Where((_, i) => cells[i] == Lacking).Select(Wanted)];
            throw new CsvException(file, line, columns[first].Name, string.Join(", ", header), $"a column {MessageText.Enumerate(lacking)}");
        }

        return cells;

        void Take(Func<CsvColumn, string?> nameOf, Func<string, string, bool> equal)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                if (cells[i] != Lacking || nameOf(columns[i]) is not { } name)
                    continue;
                for (int cell = 0; cell < header.Length; cell++)
                {
                    if (taken[cell] || !equal(header[cell], name))
                        continue;
                    if (cells[i] != Lacking)
                        throw new CsvException(file, line, columns[i].Name, $"{header[cells[i]]}, {header[cell]}", $"one column {Wanted(columns[i])}");
                    cells[i] = cell;
                }

                if (cells[i] != Lacking)
                    taken[cells[i]] = true;
            }
        }
    }

    private static string Wanted(CsvColumn column) => column.Header is null || column.Header == column.Name ? column.Name : $"{column.Header} ({column.Name})";

    private static string Loose(string name)
    {
        Span<char> kept = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        int length = 0;
        foreach (char character in name)
        {
            if (character is not ('_' or '-' or ' '))
                kept[length++] = char.ToUpperInvariant(character);
        }

        return new string(kept[..length]);
    }
}
