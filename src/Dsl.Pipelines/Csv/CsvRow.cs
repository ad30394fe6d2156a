using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Dsl.Pipelines.Csv;

namespace Dsl.Pipelines;

/// <summary>The row of a CSV file that is being read: what its cells are as values of C#. Cells have the numbers of the columns that were asked for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class CsvRow : IDisposable
{
    // An opened quote that is never closed would take the whole file into memory.
    private const int MostBytes = 1 << 26;
    private const int ShownBytes = 400;

    private readonly string path;
    private readonly CsvOptions options;
    private readonly IReadOnlyList<CsvColumn> columns;
    private readonly byte[][] nulls;
    private readonly CsvReader reader;
    private readonly Queue<CsvMalformedRecord> malformed = [];
    private int[]? cells;
    private int fields;

    internal CsvRow(string path, CsvOptions options, IReadOnlyList<CsvColumn> columns)
    {
        this.path = path;
        this.options = options;
        this.columns = columns;
        nulls = [.. options.Nulls.Select(Encoding.UTF8.GetBytes)];
        reader = CsvReader.FromFile(path, new CsvReaderOptions
        {
            Separator = options.Separator,
            Quote = options.Quote,
            HasHeader = false,
            SkipEmptyLines = true,
            TrackLineNumbers = true,
            MaxRecordSize = MostBytes,
            MalformedData = CsvMalformedDataHandling.Recover,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            DetectSeparatorHint = false,
            PoolStrings = true,
            OnMalformedRecord = malformed.Enqueue,
        });
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    /// <summary>Goes to the next row; false after the last one.</summary>
    /// <exception cref="CsvException">The header lacks a column, or a line is longer than what is read.</exception>
    internal bool Next()
    {
        if (cells is null && options.Header)
        {
            if (!Read())
                throw new CsvException(path, 1, "", "", "a line with the columns' names");
            CheckQuotes();
            string[] header = new string[reader.FieldCount];
            for (int i = 0; i < header.Length; i++)
                header[i] = reader.GetString(i).Trim();
            cells = CsvHeader.Match(path, reader.LineNumber, header, columns, options.AllowMissing);
            fields = header.Length;
        }

        if (!Read())
            return false;
        if (cells is null)
        {
            fields = options.AllowMissing ? Math.Min(reader.FieldCount, columns.Count) : columns.Count;
            cells = [.. Enumerable.Range(0, columns.Count).Select(i => i < fields ? i : -1)];
        }

        return true;
    }

    /// <summary>Looks at the row as a whole.</summary>
    /// <exception cref="CsvException">Its quotes are wrong, or it has another number of cells than the first line.</exception>
    internal void Check()
    {
        CheckQuotes();
        if (reader.FieldCount != fields)
            throw Wrong("", reader.RawRecord, $"{fields} cell{(fields == 1 ? "" : "s")}, and {reader.FieldCount} are there");
    }

    private bool Read()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException error)
        {
            throw new CsvException(path, Math.Max(error.LineNumber, 1), "", "more", $"a row of at most {MostBytes >> 20} MiB; perhaps a quote is never closed");
        }
    }

    private void CheckQuotes()
    {
        while (malformed.TryPeek(out CsvMalformedRecord found) && found.LineNumber <= reader.LineNumber)
        {
            malformed.Dequeue();
            if (found.LineNumber == reader.LineNumber)
            {
                throw Wrong("", reader.RawRecord, found.Reason == CsvMalformedReason.UnterminatedQuote
                    ? $"a quote {options.Quote} behind the cell that one begins"
                    : $"quotes {options.Quote} around a whole cell, and doubled within");
            }
        }
    }

    private ReadOnlySpan<byte> Cell(int column) => cells![column] < 0 ? default : reader.GetSpan(cells[column]);

    private ReadOnlySpan<byte> Trimmed(int column) => Cell(column).Trim((byte)' ');

    private bool IsNull(ReadOnlySpan<byte> cell, bool isText)
    {
        if (cell.IsEmpty || (!isText && (cell.SequenceEqual("NA"u8) || cell.SequenceEqual("NaN"u8) || cell.SequenceEqual("null"u8))))
            return true;
        foreach (byte[] text in nulls)
        {
            if (cell.SequenceEqual(text))
                return true;
        }

        return false;
    }

    private string TextOf(int column) => Utf8.IsValid(Cell(column)) ? reader.GetString(cells![column]) : throw Wrong(column, "text in UTF-8");

    private CsvException Wrong(int column, string wanted) => Wrong(columns[column].Name, Cell(column), wanted);

    private CsvException Missing(int column, string wanted) => Wrong(column, wanted + ", which cannot be null");

    private CsvException Wrong(string column, ReadOnlySpan<byte> text, string wanted) =>
        new(path, reader.LineNumber, column, Encoding.UTF8.GetString(text.Length > ShownBytes ? text[..ShownBytes] : text), wanted);
}
