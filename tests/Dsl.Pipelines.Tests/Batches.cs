using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Rows;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>Batches and fits as tests need them.</summary>
internal static class Batches
{
    /// <summary>Vectors in rows; sparse ones where asked.</summary>
    public static FeatureRows Rows(IEnumerable<double[]> rows, bool sparse = false)
    {
        FeatureRows? vectors = null;
        foreach (double[] row in rows)
        {
            vectors ??= new FeatureRows(row.Length);
            vectors.Add(sparse ? Sparse(row) : Vector.Dense(row));
        }

        return vectors ?? new FeatureRows(1);
    }

    /// <summary>The same elements, zeros not held.</summary>
    public static Vector Sparse(double[] row) => Vector.Sparse(row.Length, [.. Enumerable.Range(0, row.Length).Where(i => row[i] != 0)], [.. row.Where(x => x != 0)]);

    /// <summary>The fit of a stage that nobody watches.</summary>
    public static FitStep Step(string stage, ulong seed = 0) => new(stage, 0, 1, seed, null, CancellationToken.None);

    /// <summary>Calls something with one thread and with two, and holds what they give equal.</summary>
    public static T WithOneAndTwoThreads<T>(Func<T> call)
    {
        int threads = Compute.Threads;
        try
        {
            Compute.Threads = 1;
            T one = call();
            Compute.Threads = 2;
            Assert.Equal(one, call());
            return one;
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    /// <summary>The message of the error that a call ends with.</summary>
    public static string Message(Action call) => Assert.Throws<PipelineException>(call).Message;
}
