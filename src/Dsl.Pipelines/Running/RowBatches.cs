using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace Dsl.Pipelines;

/// <summary>Rows by batches: what generated <c>Transform</c> calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowBatches
{
    // The first rows come soon, and later batches are large enough for all threads.
    private const int First = 256;
    private const int Most = 16 * 1024;

    /// <summary>Every row through all stages, in order; rows before one that cannot be taken come before the error.</summary>
    /// <param name="rows">The rows, read as batches need them.</param>
    /// <param name="transform">Takes rows, and which the first is among all, and gives what was made of those that were not dropped.</param>
    public static IEnumerable<TOutput> Run<TRow, TOutput>(IEnumerable<TRow> rows, Func<TRow[], long, TOutput[]> transform)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Batches(rows, transform);
    }

    private static IEnumerable<TOutput> Batches<TRow, TOutput>(IEnumerable<TRow> rows, Func<TRow[], long, TOutput[]> transform)
    {
        List<TRow> read = new(First);
        int size = First;
        long first = 0;
        foreach (TRow row in rows)
        {
            read.Add(row);
            if (read.Count < size)
                continue;
            foreach (TOutput made in Taken(read, first, transform))
                yield return made;
            first += read.Count;
            read.Clear();
            size = Math.Min(4 * size, Most);
        }

        foreach (TOutput made in Taken(read, first, transform))
            yield return made;
    }

    private static IEnumerable<TOutput> Taken<TRow, TOutput>(List<TRow> read, long first, Func<TRow[], long, TOutput[]> transform)
    {
        if (read.Count == 0)
            yield break;
        TOutput[] all;
        PipelineException? error = null;
        try
        {
            all = transform([.. read], first);
        }
        catch (PipelineException found) when (found.Row >= first && found.Row < first + read.Count)
        {
            error = found;
            int before = (int)(found.Row.Value - first);
            all = before == 0 ? [] : transform([.. read[..before]], first);
        }

        foreach (TOutput made in all)
            yield return made;
        if (error is not null)
            throw error;
    }
}
