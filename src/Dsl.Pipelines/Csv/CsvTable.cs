using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;

namespace Dsl.Pipelines;

/// <summary>Rows of a CSV file: what generated <c>ReadCsv</c> calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CsvTable
{
    /// <summary>Reads rows one after the other, as they are asked for; every enumeration reads the file anew.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read; null: the defaults.</param>
    /// <param name="columns">The row type's columns, in its order.</param>
    /// <param name="make">Makes a row of the cells; the object that it gets is the same for every row.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    /// <exception cref="CsvException">While enumerating: a cell, a row or the header is not what is wanted.</exception>
    public static IEnumerable<T> Read<T>(string path, CsvOptions? options, IReadOnlyList<CsvColumn> columns, Func<CsvRow, T> make)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(make);
        options ??= new CsvOptions();
        CsvOptions.Check(options);
        return File.Exists(path) ? Rows(path, options, columns, make) : throw new FileNotFoundException($"There is no file {path}.", path);
    }

    private static IEnumerable<T> Rows<T>(string path, CsvOptions options, IReadOnlyList<CsvColumn> columns, Func<CsvRow, T> make)
    {
        using CsvRow row = new(path, options, columns);
        while (row.Next())
        {
            T made;
            try
            {
                row.Check();
                made = make(row);
            }
            catch (CsvException error) when (options.Report is not null)
            {
                options.Report.Add(error);
                continue;
            }

            options.Report?.AddRow();
            yield return made;
        }
    }
}
