using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.ExceptionServices;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines;

/// <summary>Makes outputs of some rows: a pipeline's stages over one batch of columns.</summary>
/// <typeparam name="TRow">The rows.</typeparam>
/// <typeparam name="TOutput">What is made of a row.</typeparam>
/// <param name="rows">The rows.</param>
/// <param name="first">Which the first of them is among all, from 0, for messages.</param>
/// <returns>An output for each row that no stage dropped, in order.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate TOutput[] BatchTransform<TRow, TOutput>(ReadOnlySpan<TRow> rows, long first);

/// <summary>Drives rows through a pipeline in batches: what generated <c>Transform</c> calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowBatches
{
    // Batches are of a constant size, so that what a row is computed with does not depend on threads. The first are small: whoever wants one row does not wait for thousands.
    private const int FewestRows = 64;
    private const int MostRows = 1024;

    /// <summary>Every row through the stages: lazily, in order, a batch a thread at once.</summary>
    /// <param name="rows">The rows; read ahead by at most a batch a thread.</param>
    /// <param name="transform">What is done with a batch; may be called on several threads at once.</param>
    /// <exception cref="PipelineException">While enumerating: a row that a stage cannot take, the first one, once every row before it was given.</exception>
    /// <exception cref="Exception">While enumerating, whatever else <paramref name="transform"/> or the rows have thrown, once the batches before it were given.</exception>
    public static IEnumerable<TOutput> Transform<TRow, TOutput>(IEnumerable<TRow> rows, BatchTransform<TRow, TOutput> transform)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(transform);
        return Driven(rows, transform);
    }

    private static IEnumerable<TOutput> Driven<TRow, TOutput>(IEnumerable<TRow> rows, BatchTransform<TRow, TOutput> transform)
    {
        using IEnumerator<TRow> source = rows.GetEnumerator();
        List<Batch<TRow, TOutput>> batches = [];
        ExceptionDispatchInfo? failure = null;
        long first = 0;
        int size = FewestRows;
        bool more = true;
        while (more && failure is null)
        {
            batches.Clear();
            for (int threads = size < MostRows ? 1 : Compute.Threads; more && failure is null && batches.Count < threads; size = Math.Min(size * 4, MostRows))
            {
                Batch<TRow, TOutput> batch = new(first, size);
                (more, failure) = batch.Fill(source);
                first += batch.Count;
                if (batch.Count > 0)
                    batches.Add(batch);
            }

            // One batch alone has all threads for itself.
            if (batches.Count == 1)
                batches[0].Run(transform);
            else
                ParallelParts.Run(batches.Count, i => batches[i].Run(transform));
            foreach (Batch<TRow, TOutput> batch in batches)
            {
                foreach (TOutput output in batch.Outputs)
                    yield return output;
                batch.Failure?.Throw();
            }
        }

        failure?.Throw();
    }

    private sealed class Batch<TRow, TOutput>(long first, int size)
    {
        private readonly TRow[] rows = new TRow[size];

        public int Count { get; private set; }

        public TOutput[] Outputs { get; private set; } = [];

        public ExceptionDispatchInfo? Failure { get; private set; }

        /// <summary>Reads rows until there are enough; whether more may follow, and what the source has thrown.</summary>
        public (bool More, ExceptionDispatchInfo? Failure) Fill(IEnumerator<TRow> source)
        {
            try
            {
                while (Count < rows.Length)
                {
                    if (!source.MoveNext())
                        return (false, null);
                    rows[Count++] = source.Current;
                }

                return (true, null);
            }
#pragma warning disable CA1031 // It is thrown again, behind the rows before it.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return (false, ExceptionDispatchInfo.Capture(error));
            }
        }

        public void Run(BatchTransform<TRow, TOutput> transform)
        {
            int count = Count;
            while (count > 0)
            {
                try
                {
                    Outputs = transform(rows.AsSpan(0, count), first);
                    return;
                }
#pragma warning disable CA1031 // It is thrown again, behind the rows before it.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    // A stage goes over all rows before the next one does, so an earlier row may yet fail in a later stage.
                    Failure = ExceptionDispatchInfo.Capture(error);
                    long before = error is PipelineException { Row: { } row } ? row - first : 0;
                    count = before < count ? (int)Math.Max(before, 0) : 0;
                }
            }
        }
    }
}
