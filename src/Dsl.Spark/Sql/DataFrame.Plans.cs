using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Spark.Protocol;
using Dsl.Spark.Types;
using JoinType = Dsl.Spark.Protocol.Join.Types.JoinType;
using SetType = Dsl.Spark.Protocol.SetOperation.Types.SetOpType;

namespace Dsl.Spark.Sql;

// Tables made of tables: nothing here asks Spark.
public sealed partial class DataFrame
{
    /// <summary>Columns and expressions.</summary>
    /// <param name="columns">What each row of the result has.</param>
    public DataFrame Select(params Column[] columns) => Derive(context =>
    {
        Project project = new() { Input = Relation };
        project.Expressions.AddRange(context.Build(columns));
        return new Relation { Project = project };
    });

    /// <summary>Columns by name.</summary>
    /// <param name="column">The first.</param>
    /// <param name="columns">Further ones.</param>
    public DataFrame Select(string column, params string[] columns) => Select([Functions.Col(column), .. columns.Select(Functions.Col)]);

    /// <summary>Expressions in SQL, as <c>x + 1 AS y</c>.</summary>
    /// <param name="expressions">The expressions.</param>
    public DataFrame SelectExpr(params string[] expressions) => Select([.. expressions.Select(Functions.Expr)]);

    /// <summary>The rows for which a condition is true.</summary>
    /// <param name="condition">The condition.</param>
    public DataFrame Filter(Column condition) =>
        Derive(context => new Relation { Filter = new Filter { Input = Relation, Condition = context.Build(condition) } });

    /// <inheritdoc cref="Filter(Column)"/>
    /// <param name="conditionExpr">The condition in SQL.</param>
    public DataFrame Filter(string conditionExpr) => Filter(Functions.Expr(conditionExpr));

    /// <inheritdoc cref="Filter(Column)"/>
    public DataFrame Where(Column condition) => Filter(condition);

    /// <inheritdoc cref="Filter(string)"/>
    public DataFrame Where(string conditionExpr) => Filter(conditionExpr);

    /// <summary>A column more, or another one in place of that of the same name.</summary>
    /// <param name="colName">Its name.</param>
    /// <param name="col">What it is.</param>
    public DataFrame WithColumn(string colName, Column col) => WithColumns(new Dictionary<string, Column> { [colName] = col });

    /// <summary>Some columns more, or others in place of those of the same names.</summary>
    /// <param name="columns">What they are, by name.</param>
    public DataFrame WithColumns(IReadOnlyDictionary<string, Column> columns) => Derive(context =>
    {
        WithColumns with = new() { Input = Relation };
        foreach ((string name, Column column) in columns)
            with.Aliases.Add(context.Build(column.As(name)).Alias);
        return new Relation { WithColumns = with };
    });

    /// <summary>A column under another name; nothing where there is no such column.</summary>
    /// <param name="existingName">Its name.</param>
    /// <param name="newName">Its new name.</param>
    public DataFrame WithColumnRenamed(string existingName, string newName) => WithColumnsRenamed(new Dictionary<string, string> { [existingName] = newName });

    /// <summary>Columns under other names.</summary>
    /// <param name="names">The new name of each.</param>
    public DataFrame WithColumnsRenamed(IReadOnlyDictionary<string, string> names) => Derive(_ =>
    {
        WithColumnsRenamed renamed = new() { Input = Relation };
        foreach ((string from, string to) in names)
        {
            // Spark 3.5 reads the map alone, later ones the list.
            renamed.RenameColumnsMap[from] = to;
            renamed.Renames.Add(new WithColumnsRenamed.Types.Rename { ColName = from, NewColName = to });
        }

        return new Relation { WithColumnsRenamed = renamed };
    });

    /// <summary>All columns but some; those that are not there do not matter.</summary>
    /// <param name="colNames">Their names.</param>
    public DataFrame Drop(params string[] colNames) => Derive(_ =>
    {
        Drop drop = new() { Input = Relation };
        drop.ColumnNames.AddRange(colNames);
        return new Relation { Drop = drop };
    });

    /// <summary>All columns but some.</summary>
    /// <param name="columns">The columns.</param>
    public DataFrame Drop(params Column[] columns) => Derive(context =>
    {
        Drop drop = new() { Input = Relation };
        drop.Columns.AddRange(context.Build(columns));
        return new Relation { Drop = drop };
    });

    /// <summary>The same columns under these names.</summary>
    /// <param name="colNames">A name for each column.</param>
    public DataFrame ToDF(params string[] colNames) => Derive(_ =>
    {
        ToDF named = new() { Input = Relation };
        named.ColumnNames.AddRange(colNames);
        return new Relation { ToDf = named };
    });

    /// <summary>Gives the table a name, so that <c>name.column</c> means its column.</summary>
    /// <param name="alias">The name.</param>
    public DataFrame As(string alias) => Derive(_ => new Relation { SubqueryAlias = new SubqueryAlias { Input = Relation, Alias = alias } });

    /// <inheritdoc cref="As"/>
    public DataFrame Alias(string alias) => As(alias);

    /// <summary>Pairs of rows for which a condition is true.</summary>
    /// <param name="right">The other table.</param>
    /// <param name="joinExpr">The condition, such as <c>left["id"] == right["id"]</c>.</param>
    /// <param name="joinType"><c>inner</c>, <c>left_outer</c>, <c>right_outer</c>, <c>full_outer</c>, <c>left_semi</c>, <c>left_anti</c> or <c>cross</c>; short forms as in Spark.</param>
    public DataFrame Join(DataFrame right, Column joinExpr, string joinType = "inner")
    {
        ArgumentNullException.ThrowIfNull(right);
        return Derive(
            context => new Relation { Join = new Join { Left = Relation, Right = right.Relation, JoinCondition = context.Build(joinExpr), JoinType = ToJoinType(joinType) } },
            right);
    }

    /// <summary>Pairs of rows that are equal in some columns, which the result has once.</summary>
    /// <param name="right">The other table.</param>
    /// <param name="usingColumns">Names of columns that both have.</param>
    /// <param name="joinType">As for <see cref="Join(DataFrame, Column, string)"/>.</param>
    public DataFrame Join(DataFrame right, IEnumerable<string> usingColumns, string joinType = "inner")
    {
        ArgumentNullException.ThrowIfNull(right);
        return Derive(
            _ =>
            {
                Join join = new() { Left = Relation, Right = right.Relation, JoinType = ToJoinType(joinType) };
                join.UsingColumns.AddRange(usingColumns);
                return new Relation { Join = join };
            },
            right);
    }

    /// <inheritdoc cref="Join(DataFrame, IEnumerable{string}, string)"/>
    /// <param name="right">The other table.</param>
    /// <param name="usingColumn">The name of a column that both have.</param>
    public DataFrame Join(DataFrame right, string usingColumn) => Join(right, [usingColumn]);

    /// <summary>All pairs of rows.</summary>
    /// <param name="right">The other table.</param>
    public DataFrame CrossJoin(DataFrame right) => Join(right, [], "cross");

    /// <summary>Rows that are equal in these columns become one, by aggregates.</summary>
    /// <param name="columns">The columns; none for all rows together.</param>
    public RelationalGroupedDataset GroupBy(params Column[] columns) => new(this, Aggregate.Types.GroupType.Groupby, columns);

    /// <inheritdoc cref="GroupBy(Column[])"/>
    /// <param name="column">The first.</param>
    /// <param name="columns">Further ones.</param>
    public RelationalGroupedDataset GroupBy(string column, params string[] columns) => GroupBy([Functions.Col(column), .. columns.Select(Functions.Col)]);

    /// <summary>As <see cref="GroupBy(Column[])"/>, with subtotals: without the last column, without the last two ...</summary>
    /// <param name="columns">The columns.</param>
    public RelationalGroupedDataset Rollup(params Column[] columns) => new(this, Aggregate.Types.GroupType.Rollup, columns);

    /// <summary>As <see cref="GroupBy(Column[])"/>, with totals over each set of columns.</summary>
    /// <param name="columns">The columns.</param>
    public RelationalGroupedDataset Cube(params Column[] columns) => new(this, Aggregate.Types.GroupType.Cube, columns);

    /// <summary>Aggregates over all rows.</summary>
    /// <param name="expr">The first.</param>
    /// <param name="exprs">Further ones.</param>
    public DataFrame Agg(Column expr, params Column[] exprs) => GroupBy().Agg(expr, exprs);

    /// <summary>The rows of both, column by column as they stand.</summary>
    /// <param name="other">The other table.</param>
    public DataFrame Union(DataFrame other) => Set(SetType.Union, other, isAll: true);

    /// <summary>The rows of both, column by column of one name.</summary>
    /// <param name="other">The other table.</param>
    /// <param name="allowMissingColumns">Whether a column that one lacks is null there.</param>
    public DataFrame UnionByName(DataFrame other, bool allowMissingColumns = false) =>
        Set(SetType.Union, other, isAll: true, isByName: true, allowMissingColumns);

    /// <summary>The rows that both have, each once.</summary>
    /// <param name="other">The other table.</param>
    public DataFrame Intersect(DataFrame other) => Set(SetType.Intersect, other, isAll: false);

    /// <summary>The rows that both have, as often as both have them.</summary>
    /// <param name="other">The other table.</param>
    public DataFrame IntersectAll(DataFrame other) => Set(SetType.Intersect, other, isAll: true);

    /// <summary>The rows that the other has not, each once.</summary>
    /// <param name="other">The other table.</param>
    public DataFrame Except(DataFrame other) => Set(SetType.Except, other, isAll: false);

    /// <summary>The rows that the other has not, or not as often.</summary>
    /// <param name="other">The other table.</param>
    public DataFrame ExceptAll(DataFrame other) => Set(SetType.Except, other, isAll: true);

    /// <summary>Each row once.</summary>
    public DataFrame Distinct() => DropDuplicates();

    /// <summary>One row of those that are equal in some columns.</summary>
    /// <param name="colNames">The columns; none for all.</param>
    public DataFrame DropDuplicates(params string[] colNames) => Derive(_ =>
    {
        Deduplicate deduplicate = new() { Input = Relation };
        if (colNames.Length == 0)
            deduplicate.AllColumnsAsKeys = true;
        deduplicate.ColumnNames.AddRange(colNames);
        return new Relation { Deduplicate = deduplicate };
    });

    /// <summary>The rows in an order.</summary>
    /// <param name="columns">The columns, rising unless they say otherwise: <c>Col("x").Desc()</c>.</param>
    public DataFrame OrderBy(params Column[] columns) => Sorted(columns, isGlobal: true);

    /// <inheritdoc cref="OrderBy(Column[])"/>
    /// <param name="column">The first.</param>
    /// <param name="columns">Further ones.</param>
    public DataFrame OrderBy(string column, params string[] columns) => OrderBy([Functions.Col(column), .. columns.Select(Functions.Col)]);

    /// <inheritdoc cref="OrderBy(Column[])"/>
    public DataFrame Sort(params Column[] columns) => OrderBy(columns);

    /// <inheritdoc cref="OrderBy(string, string[])"/>
    public DataFrame Sort(string column, params string[] columns) => OrderBy(column, columns);

    /// <summary>The rows of each partition in an order.</summary>
    /// <param name="columns">The columns.</param>
    public DataFrame SortWithinPartitions(params Column[] columns) => Sorted(columns, isGlobal: false);

    /// <summary>No more than some rows.</summary>
    /// <param name="n">How many.</param>
    public DataFrame Limit(int n) => Derive(_ => new Relation { Limit = new Limit { Input = Relation, Limit_ = n } });

    /// <summary>The rows behind some.</summary>
    /// <param name="n">How many are left out.</param>
    public DataFrame Offset(int n) => Derive(_ => new Relation { Offset = new Offset { Input = Relation, Offset_ = n } });

    /// <summary>A random part of the rows.</summary>
    /// <param name="fraction">About how many, of one.</param>
    /// <param name="withReplacement">Whether a row may come more than once.</param>
    /// <param name="seed">The same seed gives the same rows of the same partitions; null for one of its own.</param>
    public DataFrame Sample(double fraction, bool withReplacement = false, long? seed = null) =>
        Derive(_ => new Relation { Sample = new Sample { Input = Relation, UpperBound = fraction, WithReplacement = withReplacement, Seed = seed ?? Random.Shared.NextInt64() } });

    /// <summary>Parts that have no row in common and all together.</summary>
    /// <param name="weights">How large each is beside the others.</param>
    /// <param name="seed">As for <see cref="Sample"/>.</param>
    public DataFrame[] RandomSplit(double[] weights, long? seed = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        double sum = weights.Sum();
        if (weights.Length == 0 || !weights.All(one => one >= 0) || sum <= 0)
            throw new ArgumentException($"Weights are numbers from 0 on, one of them greater; given are [{string.Join(", ", weights)}].", nameof(weights));
        long drawn = seed ?? Random.Shared.NextInt64();
        DataFrame[] parts = new DataFrame[weights.Length];
        double start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            double end = i == parts.Length - 1 ? 1 : start + (weights[i] / sum);
            // Spark orders the rows of a partition first, so that every part sees the same.
            Sample sample = new() { Input = Relation, LowerBound = start, UpperBound = end, WithReplacement = false, Seed = drawn, DeterministicOrder = true };
            parts[i] = Derive(_ => new Relation { Sample = sample });
            start = end;
        }

        return parts;
    }

    /// <summary>The rows in another number of partitions, shuffled.</summary>
    /// <param name="numPartitions">How many.</param>
    public DataFrame Repartition(int numPartitions) =>
        Derive(_ => new Relation { Repartition = new Repartition { Input = Relation, NumPartitions = numPartitions, Shuffle = true } });

    /// <summary>Rows that are equal in these columns in one partition.</summary>
    /// <param name="numPartitions">How many partitions.</param>
    /// <param name="partitionExprs">The columns.</param>
    public DataFrame Repartition(int numPartitions, params Column[] partitionExprs) => ByExpression(numPartitions, partitionExprs);

    /// <inheritdoc cref="Repartition(int, Column[])"/>
    public DataFrame Repartition(params Column[] partitionExprs) => ByExpression(numPartitions: null, partitionExprs);

    /// <summary>The rows in fewer partitions, without a shuffle.</summary>
    /// <param name="numPartitions">How many.</param>
    public DataFrame Coalesce(int numPartitions) =>
        Derive(_ => new Relation { Repartition = new Repartition { Input = Relation, NumPartitions = numPartitions, Shuffle = false } });

    /// <summary>A hint for Spark's planner, such as <c>broadcast</c>.</summary>
    /// <param name="name">The hint.</param>
    /// <param name="parameters">Its parameters.</param>
    public DataFrame Hint(string name, params object[] parameters) => Derive(context =>
    {
        Hint hint = new() { Input = Relation, Name = name };
        hint.Parameters.AddRange(context.Build(parameters.Select(Functions.Lit)));
        return new Relation { Hint = hint };
    });

    /// <summary>Columns in other types and another order, by name.</summary>
    /// <param name="schema">The schema that is wanted.</param>
    public DataFrame To(StructType schema) => Derive(_ => new Relation { ToSchema = new ToSchema { Input = Relation, Schema = schema.ToProtocol() } });

    /// <summary>What to do about null and NaN.</summary>
    public DataFrameNaFunctions Na() => new(this);

    /// <summary>Count, mean, standard deviation, least and greatest value of columns, as text.</summary>
    /// <param name="cols">The columns; none for all of numbers and text.</param>
    public DataFrame Describe(params string[] cols) => Derive(_ =>
    {
        StatDescribe describe = new() { Input = Relation };
        describe.Cols.AddRange(cols);
        return new Relation { Describe = describe };
    });

    /// <summary>As <see cref="Describe"/>, of all columns.</summary>
    /// <param name="statistics">Which: <c>count</c>, <c>mean</c>, <c>stddev</c>, <c>min</c>, <c>max</c>, <c>25%</c> ...; none for the usual ones.</param>
    public DataFrame Summary(params string[] statistics) => Derive(_ =>
    {
        StatSummary summary = new() { Input = Relation };
        summary.Statistics.AddRange(statistics);
        return new Relation { Summary = summary };
    });

    private static JoinType ToJoinType(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "inner" => JoinType.Inner,
        "outer" or "full" or "fullouter" => JoinType.FullOuter,
        "left" or "leftouter" => JoinType.LeftOuter,
        "right" or "rightouter" => JoinType.RightOuter,
        "semi" or "leftsemi" => JoinType.LeftSemi,
        "anti" or "leftanti" => JoinType.LeftAnti,
        "cross" => JoinType.Cross,
        _ => throw new ArgumentException($"There is no join '{name}'; there are inner, left_outer, right_outer, full_outer, left_semi, left_anti and cross."),
    };

    private DataFrame Set(SetType type, DataFrame other, bool isAll, bool isByName = false, bool allowMissing = false)
    {
        ArgumentNullException.ThrowIfNull(other);
        SetOperation operation = new() { LeftInput = Relation, RightInput = other.Relation, SetOpType = type, IsAll = isAll, ByName = isByName, AllowMissingColumns = allowMissing };
        return Derive(_ => new Relation { SetOp = operation }, other);
    }

    private DataFrame Sorted(Column[] columns, bool isGlobal) => Derive(context =>
    {
        Sort sort = new() { Input = Relation, IsGlobal = isGlobal };
        sort.Order.AddRange(columns.Select(one => one.BuildOrder(context)));
        return new Relation { Sort = sort };
    });

    private DataFrame ByExpression(int? numPartitions, Column[] columns) => Derive(context =>
    {
        RepartitionByExpression repartition = new() { Input = Relation };
        repartition.PartitionExprs.AddRange(context.Build(columns));
        if (numPartitions is { } count)
            repartition.NumPartitions = count;
        return new Relation { RepartitionByExpression = repartition };
    });
}
