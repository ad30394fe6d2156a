using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>Vectors, dense and sparse.</summary>
public sealed class VectorTests
{
    [Fact]
    public void Dense_and_sparse_forms_of_the_same_elements_are_equal() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<double[]>(
        values =>
        {
            double[] holes = [.. values.Select((x, i) => i % 3 == 1 ? 0 : x)];
            Vector dense = Vector.Dense(holes);
            int[] places = [.. Enumerable.Range(0, holes.Length).Where(i => holes[i] != 0)];
            Vector sparse = Vector.Sparse(holes.Length, places, [.. places.Select(i => holes[i])]);
            return dense == sparse && sparse.Equals(dense) && dense.GetHashCode() == sparse.GetHashCode()
                && sparse.ToArray().SequenceEqual(holes) && Enumerable.Range(0, holes.Length).All(i => sparse[i].Equals(holes[i] == 0 ? 0 : holes[i]));
        }));

    [Fact]
    public void A_part_of_an_array_is_a_vector_of_its_own()
    {
        double[] values = [1, 2, 3, 4];
        Vector part = new(values, 1, 2);
        Assert.Equal(2, part.Size);
        Assert.Equal(Vector.Dense(2, 3), part);
        Assert.NotEqual(Vector.Dense(2, 3, 0), part);
        Assert.NotEqual(Vector.Dense(2, 4), part);
        Assert.Equal([2.0, 3], part.AsSpan().ToArray());
        Assert.Equal("[2,3]", part.ToString());
        Assert.Equal(default, Vector.Dense());
    }

    [Fact]
    public void Zeros_of_either_sign_are_one_and_NaN_is_itself()
    {
        Assert.Equal(Vector.Dense(0.0, double.NaN), Vector.Dense(-0.0, double.NaN));
        Assert.Equal(Vector.Dense(0.0).GetHashCode(), Vector.Dense(-0.0).GetHashCode());
        Assert.Equal("(5,[1,4],[2.5,-1])", Vector.Sparse(5, [1, 4], [2.5, -1]).ToString());
    }

    [Fact]
    public void What_is_no_vector_is_refused()
    {
        Assert.Contains("5 after 5", Assert.Throws<ArgumentException>(() => Vector.Sparse(9, [5, 5], [1, 2])).Message.Replace("came ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Vector.Sparse(3, [3], [1]));
        Assert.Throws<ArgumentException>(() => Vector.Sparse(3, [-1], [1]));
        Assert.Throws<ArgumentException>(() => Vector.Sparse(3, [1], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Vector(new double[3], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Vector(new double[3], -1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Vector.Dense(1, 2)[2]);
        Assert.Throws<InvalidOperationException>(() => Vector.Dense(1).Indices.Length);
        Assert.Throws<InvalidOperationException>(() => Vector.Sparse(1, [], []).AsSpan().Length);
    }
}
