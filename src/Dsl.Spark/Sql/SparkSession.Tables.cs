using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Spark.Protocol;
using Dsl.Spark.Types;
using Google.Protobuf;
using Range = Dsl.Spark.Protocol.Range;

namespace Dsl.Spark.Sql;

// Where tables come from.
public sealed partial class SparkSession
{
    /// <summary>Tables from files and from the catalog.</summary>
    public DataFrameReader Read => new(this);

    /// <summary>The session's settings.</summary>
    public RuntimeConfig Conf => new(this);

    /// <summary>Databases, tables, views and functions.</summary>
    public Catalog Catalog => new(this);

    /// <summary>A session, by steps: <c>SparkSession.Builder().Remote("sc://localhost").Config("spark.sql.shuffle.partitions", 8).GetOrCreate()</c>.</summary>
    public static SparkSessionBuilder Builder() => new();

    /// <summary>A table or view of the catalog.</summary>
    /// <param name="tableName">Its name.</param>
    public DataFrame Table(string tableName) => Read.Table(tableName);

    /// <summary>Numbers from 0 on, as <c>id</c>.</summary>
    /// <param name="end">The first that is not in it.</param>
    public DataFrame Range(long end) => Range(0, end);

    /// <summary>Numbers, as <c>id</c>.</summary>
    /// <param name="start">The first.</param>
    /// <param name="end">Where they end; not in it.</param>
    /// <param name="step">From one to the next.</param>
    /// <param name="numPartitions">In how many partitions; null for as many as Spark likes.</param>
    public DataFrame Range(long start, long end, long step = 1, int? numPartitions = null)
    {
        Range range = new() { Start = start, End = end, Step = step };
        if (numPartitions is { } count)
            range.NumPartitions = count;
        return new DataFrame(this, new Relation { Range = range }, []);
    }

    /// <summary>A table of rows from here.</summary>
    /// <param name="data">Rows of values in the schema's order, as <see cref="Row"/> has them.</param>
    /// <param name="schema">Names and types.</param>
    /// <exception cref="ArgumentException">A value does not fit its column; row and column are named.</exception>
    public DataFrame CreateDataFrame(IEnumerable<object?[]> data, StructType schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return LocalRows.ToDataFrame(new LocalRelation { Data = UnsafeByteOperations.UnsafeWrap(RowWriter.Write(schema, data)), Schema = SchemaJson.Write(schema) }, this);
    }

    /// <summary>A table of rows from here, with the schema of the first.</summary>
    /// <param name="data">The rows; at least one.</param>
    /// <exception cref="ArgumentException">There is none, or a value does not fit its column.</exception>
    public DataFrame CreateDataFrame(IReadOnlyList<Row> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Count > 0
            ? CreateDataFrame(data.Select(row => row.Values.ToArray()), data[0].Schema)
            : throw new ArgumentException("Without a row there is no schema; CreateDataFrame with a schema takes none.", nameof(data));
    }
}
