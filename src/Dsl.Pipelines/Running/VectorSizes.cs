using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>How many elements the vectors of a row have, or those that a method makes, where nothing declares it: as many as the rows had that the pipeline was fitted on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class VectorSizes
{
    private const string Ending = ".Size";

    private readonly Dictionary<string, int> sizes;

    internal VectorSizes() => sizes = new(StringComparer.Ordinal);

    internal VectorSizes(VectorSizes others) => sizes = new(others.sizes, StringComparer.Ordinal);

    /// <summary>The elements of a column's vectors; 0: no row had one.</summary>
    public int Of(string column) => sizes.GetValueOrDefault(column);

    /// <summary>Takes what the rows of a fit have.</summary>
    /// <param name="column">The column.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="slot">The column's number there.</param>
    public void Learn(string column, ColumnBatch batch, int slot)
    {
        ReadOnlySpan<bool> nulls = batch.Nulls(slot);
        if (batch.Count > 0 && (nulls.IsEmpty || nulls.Contains(false)))
            sizes[column] = batch.Vectors(slot).Size;
    }

    /// <summary>Takes what the rows of a fit have, where no batch holds it: what the first row has that has one.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="sizeOf">Elements of a row's vector; 0: it has none.</param>
    public VectorSizes Learn<TRow>(string column, ReadOnlySpan<TRow> rows, Func<TRow, int> sizeOf)
    {
        ArgumentNullException.ThrowIfNull(sizeOf);
        foreach (TRow row in rows)
        {
            if (sizeOf(row) is not (> 0 and int size))
                continue;
            sizes[column] = size;
            break;
        }

        return this;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">From where.</param>
    /// <param name="columns">The columns.</param>
    public void Read(PipelineReader reader, params ReadOnlySpan<string> columns)
    {
        foreach (string column in columns)
        {
            long size = reader.WholeOrNull(column + Ending)
                ?? throw reader.Wrong($"{PipelineFiles.MetadataName} has no {column + Ending}, the elements of the vectors that it was fitted on: an earlier version wrote it; fit and save anew");
            if (size is < 0 or > int.MaxValue)
                throw reader.Wrong($"{PipelineFiles.MetadataName} has {size} as {column + Ending}, and wanted is a number of elements");
            sizes[column] = (int)size;
        }
    }

    /// <summary>Writes the sizes.</summary>
    /// <param name="writer">To where.</param>
    /// <param name="columns">The columns.</param>
    public void Write(PipelineWriter writer, params ReadOnlySpan<string> columns)
    {
        foreach (string column in columns)
            writer.Whole(column + Ending, Of(column));
    }
}
