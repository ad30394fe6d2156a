using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Rows;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>Batches, vectors and fits as tests need them.</summary>
internal static class Batches
{
    /// <summary>The row at which the batches begin, so that a message that counts from the batch's start is found out.</summary>
    public const long First = 100;

    /// <summary>Columns by name: <c>double[]</c>, <c>double?[]</c>, <c>string[]</c>, <c>Vector[]</c>, <c>Vector?[]</c>; a name with nothing is a column to be made.</summary>
    public static ColumnBatch Of(params (string Name, Array? Values)[] columns)
    {
        int rows = columns.First(column => column.Values is not null).Values!.Length;
        ColumnBatch batch = new([.. columns.Select(column => column.Name)], rows, First);
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].Values is { } values)
                Put(batch, i, values);
        }

        return batch;
    }

    /// <summary>One column <c>in</c>, number 0, and <c>out</c>, number 1, which is to be made.</summary>
    public static ColumnBatch Of(Array values) => Of(("in", values), ("out", null));

    /// <summary>What comes of writing a model and reading it.</summary>
    public static T Reread<T>(T model)
        where T : IStageModel<T>
    {
        StageWriter writer = new("Stage1");
        model.Write(writer);
        return T.Read(new StageReader(writer));
    }

    /// <summary>The same elements, held sparse.</summary>
    public static Vector Sparse(Vector vector)
    {
        double[] all = vector.ToArray();
        int[] places = [.. Enumerable.Range(0, all.Length).Where(i => all[i] != 0)];
        return Vector.Sparse(all.Length, places, [.. places.Select(i => all[i])]);
    }

    /// <summary>Rows that are the same for a seed: full, sparse, or some of each; zeros, signs, and where asked NaN.</summary>
    public static Vector[] Random(int seed, int rows, int size, bool dense, bool sparse, bool nan = false)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            bool isSparse = sparse && (!dense || random.Next(2) == 0);
            double[] values = new double[size];
            for (int i = 0; i < size; i++)
                values[i] = random.Next(isSparse ? 5 : 20) switch { 0 => (random.NextDouble() * 8) - 4, 1 => random.Next(-3, 4), 2 => nan && random.Next(10) == 0 ? double.NaN : 0, _ => isSparse ? 0 : i * random.NextDouble() };
            Vector row = Vector.Dense(values);
            return isSparse ? Sparse(row) : row;
        })];
    }

    /// <summary>The bits of a column of vectors, row behind row.</summary>
    public static long[] Bits(ColumnBatch batch, int column) =>
        [.. Enumerable.Range(0, batch.Count).SelectMany(row => Bits(batch.VectorAt(column, row).ToArray()))];

    /// <summary>The bits of numbers.</summary>
    public static IEnumerable<long> Bits(IEnumerable<double> values) => values.Select(BitConverter.DoubleToInt64Bits);

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

    private static void Put(ColumnBatch batch, int column, Array values)
    {
        switch (values)
        {
            case double[] numbers:
                batch.Set(column, (double[])numbers.Clone());
                break;
            case double?[] numbers:
                batch.Set(column, Array.ConvertAll(numbers, number => number ?? double.NaN), Nulls(numbers));
                break;
            case Vector[] vectors:
                batch.Set(column, Rows(vectors));
                break;
            case Vector?[] vectors:
                Vector zero = Vector.Dense(new double[vectors.First(vector => vector is not null)!.Value.Size]);
                batch.Set(column, Rows(Array.ConvertAll(vectors, vector => vector ?? zero)), nulls: Nulls(vectors));
                break;
            case string?[] texts:
                batch.Set(column, (string?[])texts.Clone(), Array.ConvertAll(texts, text => text is null));
                break;
            default:
                throw new ArgumentException($"No column is made of {values.GetType()}.", nameof(values));
        }
    }

    private static bool[] Nulls<T>(T?[] values)
        where T : struct => Array.ConvertAll(values, value => value is null);

    private static FeatureRows Rows(Vector[] vectors)
    {
        FeatureRows rows = new(vectors[0].Size);
        foreach (Vector vector in vectors)
            rows.Add(vector);
        return rows;
    }
}
