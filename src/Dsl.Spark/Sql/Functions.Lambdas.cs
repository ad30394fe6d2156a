using System;
using System.Linq;
using System.Threading;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

// Functions over the elements of arrays and maps. A lambda runs once, here, over columns that stand for an element, and makes an expression of them: Spark computes, C# does not run there.
public static partial class Functions
{
    private static long variables;

    /// <summary>An array of what each element becomes: <c>Transform(Col("xs"), x => x * 2)</c>.</summary>
    public static Column Transform(Column column, Func<Column, Column> transformation) => Call("transform", column, Lambda(transformation));

    /// <summary>An array of what each element becomes; the lambda gets its place too, from 0.</summary>
    public static Column Transform(Column column, Func<Column, Column, Column> transformation) => Call("transform", column, Lambda(transformation));

    /// <summary>The elements of an array for which a condition is true.</summary>
    public static Column Filter(Column column, Func<Column, Column> condition) => Call("filter", column, Lambda(condition));

    /// <summary>The elements of an array for which a condition is true; the lambda gets their place too, from 0.</summary>
    public static Column Filter(Column column, Func<Column, Column, Column> condition) => Call("filter", column, Lambda(condition));

    /// <summary>Whether a condition is true for an element of an array.</summary>
    public static Column Exists(Column column, Func<Column, Column> condition) => Call("exists", column, Lambda(condition));

    /// <summary>Whether a condition is true for all elements of an array.</summary>
    public static Column ForAll(Column column, Func<Column, Column> condition) => Call("forall", column, Lambda(condition));

    /// <summary>One value of all elements: the lambda makes the next of what it is so far, first <paramref name="initialValue"/>, and an element. The types of both must be the same.</summary>
    public static Column Aggregate(Column column, object? initialValue, Func<Column, Column, Column> merge) => Call("aggregate", column, Lit(initialValue), Lambda(merge));

    /// <summary>As <see cref="Aggregate(Column, object?, Func{Column, Column, Column})"/>; a second lambda makes the result of the last.</summary>
    public static Column Aggregate(Column column, object? initialValue, Func<Column, Column, Column> merge, Func<Column, Column> finish) =>
        Call("aggregate", column, Lit(initialValue), Lambda(merge), Lambda(finish));

    /// <summary>Another name of <see cref="Aggregate(Column, object?, Func{Column, Column, Column})"/>.</summary>
    public static Column Reduce(Column column, object? initialValue, Func<Column, Column, Column> merge) => Call("reduce", column, Lit(initialValue), Lambda(merge));

    /// <summary>Another name of <see cref="Aggregate(Column, object?, Func{Column, Column, Column}, Func{Column, Column})"/>.</summary>
    public static Column Reduce(Column column, object? initialValue, Func<Column, Column, Column> merge, Func<Column, Column> finish) =>
        Call("reduce", column, Lit(initialValue), Lambda(merge), Lambda(finish));

    /// <summary>An array of what the elements of two arrays become together; null stands for those that the shorter one lacks.</summary>
    public static Column ZipWith(Column left, Column right, Func<Column, Column, Column> function) => Call("zip_with", left, right, Lambda(function));

    /// <summary>The elements of an array in the order of a comparison: below, at or above 0 where the first comes before, with or behind the second.</summary>
    public static Column ArraySort(Column column, Func<Column, Column, Column> comparator) => Call("array_sort", column, Lambda(comparator));

    /// <summary>The pairs of a map for which a condition on key and value is true.</summary>
    public static Column MapFilter(Column column, Func<Column, Column, Column> condition) => Call("map_filter", column, Lambda(condition));

    /// <summary>A map with other keys, made of key and value; none may come twice.</summary>
    public static Column TransformKeys(Column column, Func<Column, Column, Column> transformation) => Call("transform_keys", column, Lambda(transformation));

    /// <summary>A map with other values, made of key and value.</summary>
    public static Column TransformValues(Column column, Func<Column, Column, Column> transformation) => Call("transform_values", column, Lambda(transformation));

    /// <summary>A map of the keys of two maps, with what key, the value of the one and that of the other become; null stands for one that is not there.</summary>
    public static Column MapZipWith(Column column1, Column column2, Func<Column, Column, Column, Column> function) => Call("map_zip_with", column1, column2, Lambda(function));

    private static Column Lambda(Func<Column, Column> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Variable x = new("x");
        return Lambda(body(x.Column), x);
    }

    private static Column Lambda(Func<Column, Column, Column> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Variable x = new("x");
        Variable y = new("y");
        return Lambda(body(x.Column, y.Column), x, y);
    }

    private static Column Lambda(Func<Column, Column, Column, Column> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Variable x = new("x");
        Variable y = new("y");
        Variable z = new("z");
        return Lambda(body(x.Column, y.Column, z.Column), x, y, z);
    }

    private static Column Lambda(Column? body, params Variable[] variables) => body is null
        ? throw new ArgumentException("The lambda gives null; a column is wanted, Lit(null) for the value null.")
        : new Column(context =>
        {
            Expression.Types.LambdaFunction lambda = new() { Function = context.Build(body) };
            lambda.Arguments.AddRange(variables.Select(one => one.ToProtocol()));
            return new Expression { LambdaFunction = lambda };
        });

    /// <summary>A parameter of a lambda. Lambdas stand within lambdas, so that no two have one name.</summary>
    private sealed class Variable(string letter)
    {
        private readonly string name = $"{letter}_{Interlocked.Increment(ref variables)}";

        public Column Column => new(new Expression { UnresolvedNamedLambdaVariable = ToProtocol() });

        public Expression.Types.UnresolvedNamedLambdaVariable ToProtocol()
        {
            Expression.Types.UnresolvedNamedLambdaVariable variable = new();
            variable.NameParts.Add(name);
            return variable;
        }
    }
}
