using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Xunit;

namespace Dsl.Pipelines.Tests.Running;

/// <summary>Rows in batches: in order, lazily, and errors where they happened.</summary>
public class RowBatchesTests
{
    private static string[] Texts(ReadOnlySpan<int> rows, long first)
    {
        List<string> texts = [];
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i], first + i);
            if (rows[i] % 3 != 0)
                texts.Add($"{rows[i]}");
        }

        return [.. texts];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(10_000)]
    public void Every_row_in_order_but_those_that_are_dropped(int rows)
    {
        int before = Compute.Threads;
        try
        {
            foreach (int threads in new[] { 1, 4 })
            {
                Compute.Threads = threads;
                Assert.Equal(Enumerable.Range(0, rows).Where(row => row % 3 != 0).Select(row => $"{row}"), RowBatches.Transform<int, string>(Enumerable.Range(0, rows), Texts));
            }
        }
        finally
        {
            Compute.Threads = before;
        }
    }

    [Fact]
    public void Rows_are_read_as_they_are_asked_for()
    {
        int read = 0;
        IEnumerable<int> Rows()
        {
            while (true)
                yield return read++;
        }

        IEnumerable<string> outputs = RowBatches.Transform<int, string>(Rows(), Texts);
        Assert.Equal(0, read);
        Assert.Equal("1", outputs.First());
        Assert.Equal(64, read);
    }

    [Fact]
    public void Batches_do_not_depend_on_threads()
    {
        List<(long, int)> Batches(int threads)
        {
            int before = Compute.Threads;
            Compute.Threads = threads;
            try
            {
                List<(long First, int Count)> seen = [];
                Lock one = new();
                int[] all = [.. RowBatches.Transform<int, int>(Enumerable.Range(0, 9000), (rows, first) =>
                {
                    lock (one)
                        seen.Add((first, rows.Length));
                    return rows.ToArray();
                })];
                Assert.Equal(9000, all.Length);
                return [.. seen.Order()];
            }
            finally
            {
                Compute.Threads = before;
            }
        }

        Assert.Equal(Batches(1), Batches(5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    [InlineData(6000)]
    public void What_came_before_an_error_is_given(int bad)
    {
        List<int> given = [];
        // Stage by stage: a later row meets the first stage before this one meets the second.
        int[] Stages(ReadOnlySpan<int> rows, long first)
        {
            if (rows.Contains(bad + 3))
                throw new PipelineException("Stage1", "refuses it").At(bad + 3);
            return rows.Contains(bad) ? throw new PipelineException("Stage2", "refuses it").At(bad) : rows.ToArray();
        }

        PipelineException error = Assert.Throws<PipelineException>(() => given.AddRange(Given(RowBatches.Transform<int, int>(Enumerable.Range(0, 9000), Stages), given)));
        Assert.Equal(("Stage2", bad), (error.Stage, error.Row));
        Assert.Equal(Enumerable.Range(0, bad), given);
        given.Clear();
        Assert.Throws<InvalidOperationException>(() => given.AddRange(Given(RowBatches.Transform<int, int>(Enumerable.Range(0, 9000), (rows, _) =>
            rows.Contains(bad) ? throw new InvalidOperationException() : rows.ToArray()), given)));
        Assert.Equal(Enumerable.Range(0, given.Count), given);
        Assert.InRange(given.Count, Math.Max(0, bad - 1024), bad);
        given.Clear();
        Assert.Throws<InvalidOperationException>(() => given.AddRange(Given(RowBatches.Transform<int, int>(
            Enumerable.Range(0, 9000).Select(row => row == bad ? throw new InvalidOperationException() : row), (rows, _) => rows.ToArray()), given)));
        Assert.Equal(Enumerable.Range(0, bad), given);
    }

    private static IEnumerable<int> Given(IEnumerable<int> outputs, List<int> given)
    {
        foreach (int output in outputs)
            given.Add(output);
        return [];
    }
}
