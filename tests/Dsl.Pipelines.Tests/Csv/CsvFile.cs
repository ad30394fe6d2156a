using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Dsl.Pipelines.Tests.Csv;

/// <summary>A file for one test.</summary>
internal sealed class CsvFile : IDisposable
{
    public CsvFile(byte[] content)
    {
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(Path, content);
    }

    public CsvFile(string content)
        : this(Encoding.UTF8.GetBytes(content))
    {
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);

    /// <summary>Reads rows of cells, each made by <paramref name="make"/>.</summary>
    public List<T> Read<T>(Func<CsvRow, T> make, CsvOptions? options, params string[] columns) =>
        [.. CsvTable.Read(Path, options, [.. columns.Select(name => new CsvColumn(name))], make)];

    /// <summary>What RFC 4180 makes of a table: every cell in quotes that needs them, and here and there one that does not.</summary>
    public static string Write(IEnumerable<string[]> rows, char separator = ',', char quote = '"', string end = "\r\n", bool allQuoted = false)
    {
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                bool quoted = allQuoted || row[i].AsSpan().ContainsAny([separator, quote, '\r', '\n']) || (row.Length == 1 && row[i].Length == 0);
                text.Append(i == 0 ? "" : separator).Append(quoted ? quote + row[i].Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal) + quote : row[i]);
            }

            text.Append(end);
        }

        return text.ToString();
    }
}
