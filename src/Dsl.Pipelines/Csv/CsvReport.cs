using System.Collections.Generic;

namespace Dsl;

/// <summary>What became of a file's rows: given to <see cref="CsvOptions.Report"/>, it takes the bad ones, and reading goes on. It adds up over everything that is read with it.</summary>
public sealed class CsvReport
{
    private const int MostErrors = 1000;

    private readonly List<CsvException> errors = [];

    /// <summary>Rows that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Rows that were skipped.</summary>
    public long Skipped { get; private set; }

    /// <summary>What was wrong with them, an error a row, in order; of more than 1000 the first.</summary>
    public IReadOnlyList<CsvException> Errors => errors.AsReadOnly();

    internal void AddRow() => Read++;

    internal void Add(CsvException error)
    {
        Skipped++;
        if (errors.Count < MostErrors)
            errors.Add(error);
    }
}
