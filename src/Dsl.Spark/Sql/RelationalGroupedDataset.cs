using System;
using System.Linq;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

/// <summary>Groups of rows that wait for aggregates: of <see cref="DataFrame.GroupBy(Column[])"/> and its like.</summary>
public sealed class RelationalGroupedDataset
{
    private readonly DataFrame table;
    private readonly Aggregate.Types.GroupType type;
    private readonly Column[] keys;
    private readonly Column? pivot;
    private readonly object[] pivotValues;
    private readonly Column[][] groupingSets;

    internal RelationalGroupedDataset(DataFrame table, Aggregate.Types.GroupType type, Column[] keys, Column? pivot = null, object[]? pivotValues = null, Column[][]? groupingSets = null)
    {
        this.table = table;
        this.type = type;
        this.keys = keys;
        this.pivot = pivot;
        this.pivotValues = pivotValues ?? [];
        this.groupingSets = groupingSets ?? [];
    }

    /// <summary>A row for each group: what is equal in it, and aggregates.</summary>
    /// <param name="expr">The first aggregate.</param>
    /// <param name="exprs">Further ones.</param>
    public DataFrame Agg(Column expr, params Column[] exprs) => table.Derive(context =>
    {
        Aggregate aggregate = new() { Input = table.Relation, GroupType = type };
        aggregate.GroupingExpressions.AddRange(context.Build(keys));
        aggregate.AggregateExpressions.AddRange(context.Build([expr, .. exprs]));
        foreach (Column[] set in groupingSets)
        {
            Aggregate.Types.GroupingSets sets = new();
            sets.GroupingSet.AddRange(context.Build(set));
            aggregate.GroupingSets.Add(sets);
        }

        if (pivot is not null)
        {
            aggregate.Pivot = new Aggregate.Types.Pivot { Col = context.Build(pivot) };
            aggregate.Pivot.Values.AddRange(pivotValues.Select(Literals.From));
        }

        return new Relation { Aggregate = aggregate };
    });

    /// <summary>The number of rows, as <c>count</c>.</summary>
    public DataFrame Count() => Agg(Functions.Count(Functions.Lit(1)).As("count"));

    /// <summary>Means.</summary>
    /// <param name="colNames">Of which columns.</param>
    public DataFrame Avg(params string[] colNames) => Each(Functions.Avg, colNames);

    /// <summary>Means.</summary>
    /// <param name="colNames">Of which columns.</param>
    public DataFrame Mean(params string[] colNames) => Avg(colNames);

    /// <summary>Sums.</summary>
    /// <param name="colNames">Of which columns.</param>
    public DataFrame Sum(params string[] colNames) => Each(Functions.Sum, colNames);

    /// <summary>Least values.</summary>
    /// <param name="colNames">Of which columns.</param>
    public DataFrame Min(params string[] colNames) => Each(Functions.Min, colNames);

    /// <summary>Greatest values.</summary>
    /// <param name="colNames">Of which columns.</param>
    public DataFrame Max(params string[] colNames) => Each(Functions.Max, colNames);

    /// <summary>A column of the result for each value of a column.</summary>
    /// <param name="pivotColumn">The column.</param>
    /// <param name="values">Its values; without them Spark looks for them first.</param>
    public RelationalGroupedDataset Pivot(string pivotColumn, params object[] values) => type == Aggregate.Types.GroupType.Groupby
        ? new RelationalGroupedDataset(table, Aggregate.Types.GroupType.Pivot, keys, Functions.Col(pivotColumn), values)
        : throw new InvalidOperationException("Pivot follows GroupBy, once.");

    private DataFrame Each(Func<Column, Column> aggregate, string[] names)
    {
        if (names.Length == 0)
            throw new ArgumentException("The names of the columns to aggregate are wanted; none is given.", nameof(names));
        Column[] columns = [.. names.Select(one => aggregate(Functions.Col(one)))];
        return Agg(columns[0], columns[1..]);
    }
}
