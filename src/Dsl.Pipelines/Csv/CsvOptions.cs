using System;
using System.Collections.Generic;

namespace Dsl;

/// <summary>How <c>ReadCsv</c> reads: RFC 4180 in UTF-8, numbers and dates in the invariant culture. Empty lines are passed over.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between cells: an ASCII character, neither the quote nor the end of a line.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>What stands around a cell that holds a separator, a quote (then doubled) or the end of a line: an ASCII character.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>Whether the first line names the columns; else they come in the order of the row type's properties.</summary>
    public bool Header { get; init; } = true;

    /// <summary>Texts that are null in every column. An empty cell always is; <c>NA</c>, <c>NaN</c> and <c>null</c> are in all columns but text.</summary>
    public IReadOnlyList<string> Nulls { get; init; } = [];

    /// <summary>Whether a column that the file lacks is null in every row; else it is an error.</summary>
    public bool AllowMissing { get; init; }

    /// <summary>Takes bad rows, which are then skipped; null: the first one is an error.</summary>
    public CsvReport? Report { get; init; }

    /// <summary>Looks at characters and texts.</summary>
    /// <exception cref="ArgumentException">One cannot be used; the message says which.</exception>
    internal static void Check(CsvOptions options)
    {
        foreach ((char character, string option) in new[] { (options.Separator, nameof(Separator)), (options.Quote, nameof(Quote)) })
        {
            if (character is '\0' or '\r' or '\n' || !char.IsAscii(character))
                throw new ArgumentException($"{option} is the character {(int)character:X4}; an ASCII character that ends no line is wanted.", nameof(options));
        }

        if (options.Separator == options.Quote)
            throw new ArgumentException($"Separator and Quote are both '{options.Quote}'; two characters are wanted.", nameof(options));
        for (int i = 0; i < (options.Nulls ?? throw new ArgumentException("Nulls is null; a list of texts is wanted.", nameof(options))).Count; i++)
        {
            if (options.Nulls[i] is null)
                throw new ArgumentException($"Nulls[{i}] is null; a text is wanted.", nameof(options));
        }
    }
}
