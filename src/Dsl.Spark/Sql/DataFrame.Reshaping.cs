using System;
using System.Linq;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

// Tables of another shape: columns that become rows, rows in other partitions.
public sealed partial class DataFrame
{
    /// <summary>Statistics of columns.</summary>
    public DataFrameStatFunctions Stat() => new(this);

    /// <summary>A row for each value of some columns, the way back of <see cref="RelationalGroupedDataset.Pivot"/>: what it was called, and the value.</summary>
    /// <param name="ids">Columns that each of these rows keeps.</param>
    /// <param name="values">The columns whose values become rows, of one type or of such as Spark makes one of; at least one.</param>
    /// <param name="variableColumnName">The result's column of names.</param>
    /// <param name="valueColumnName">The result's column of values.</param>
    public DataFrame Unpivot(Column[] ids, Column[] values, string variableColumnName, string valueColumnName)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length > 0
            ? Unpivoted(ids, values, variableColumnName, valueColumnName)
            : throw new ArgumentException("The columns whose values become rows are wanted; none is given. Leave them out for all but the ids.", nameof(values));
    }

    /// <summary>A row for each value of all columns but some.</summary>
    /// <param name="ids">These, which each of the rows keeps.</param>
    /// <param name="variableColumnName">The result's column of names.</param>
    /// <param name="valueColumnName">The result's column of values.</param>
    public DataFrame Unpivot(Column[] ids, string variableColumnName, string valueColumnName) => Unpivoted(ids, values: null, variableColumnName, valueColumnName);

    /// <inheritdoc cref="Unpivot(Column[], Column[], string, string)"/>
    public DataFrame Melt(Column[] ids, Column[] values, string variableColumnName, string valueColumnName) => Unpivot(ids, values, variableColumnName, valueColumnName);

    /// <inheritdoc cref="Unpivot(Column[], string, string)"/>
    public DataFrame Melt(Column[] ids, string variableColumnName, string valueColumnName) => Unpivot(ids, variableColumnName, valueColumnName);

    /// <summary>Rows as columns and columns as rows, of a small table: as many columns as it had rows. Spark 4 and later.</summary>
    /// <param name="indexColumn">The column whose values name the new ones; null for the first.</param>
    public DataFrame Transpose(Column? indexColumn = null) => Derive(context =>
    {
        Transpose transpose = new() { Input = Relation };
        if (indexColumn is not null)
            transpose.IndexColumns.Add(context.Build(indexColumn));
        return new Relation { Transpose = transpose };
    });

    /// <summary>Rows in the order of these columns cut into partitions: each has a range of it.</summary>
    /// <param name="numPartitions">How many.</param>
    /// <param name="partitionExprs">The columns, rising unless they say otherwise; at least one.</param>
    public DataFrame RepartitionByRange(int numPartitions, params Column[] partitionExprs) => ByRange(numPartitions, partitionExprs);

    /// <inheritdoc cref="RepartitionByRange(int, Column[])"/>
    public DataFrame RepartitionByRange(params Column[] partitionExprs) => ByRange(numPartitions: null, partitionExprs);

    /// <summary>Aggregates over several groupings at once, as SQL's GROUPING SETS; null stands for what a grouping has not. Spark 4 and later.</summary>
    /// <param name="groupingSets">The columns of each grouping; an empty one for all rows together.</param>
    /// <param name="columns">All columns that the result has.</param>
    public RelationalGroupedDataset GroupingSets(Column[][] groupingSets, params Column[] columns)
    {
        ArgumentNullException.ThrowIfNull(groupingSets);
        return new RelationalGroupedDataset(this, Aggregate.Types.GroupType.GroupingSets, columns, groupingSets: groupingSets);
    }

    /// <summary>All columns whose names a regular expression of Java's matches.</summary>
    /// <param name="colName">The expression in backticks: <c>`x_.*`</c>.</param>
    public Column ColRegex(string colName) =>
        new(new Expression { UnresolvedRegex = new Expression.Types.UnresolvedRegex { ColName = colName, PlanId = Relation.Common.PlanId } });

    private DataFrame Unpivoted(Column[] ids, Column[]? values, string variableColumnName, string valueColumnName) => Derive(context =>
    {
        Unpivot unpivot = new() { Input = Relation, VariableColumnName = variableColumnName, ValueColumnName = valueColumnName };
        unpivot.Ids.AddRange(context.Build(ids));
        if (values is not null)
        {
            unpivot.Values = new Unpivot.Types.Values();
            unpivot.Values.Values_.AddRange(context.Build(values));
        }

        return new Relation { Unpivot = unpivot };
    });

    private DataFrame ByRange(int? numPartitions, Column[] columns)
    {
        // Spark divides by ranges where it gets orders, and by hashes where it gets expressions.
        return columns.Length > 0
            ? ByExpression(numPartitions, [.. columns.Select(one => new Column(context => new Expression { SortOrder = one.BuildOrder(context) }))])
            : throw new ArgumentException("The columns by whose order rows are divided are wanted; none is given.", nameof(columns));
    }
}
