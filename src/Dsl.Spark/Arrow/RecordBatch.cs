using System;
using System.Collections.Generic;
using Dsl.Spark.Types;

namespace Dsl.Spark.Arrow;

/// <summary>Some rows, column by column.</summary>
public sealed class RecordBatch
{
    private readonly ArrowColumn[] columns;

    internal RecordBatch(StructType schema, int count, ArrowColumn[] columns)
    {
        Schema = schema;
        Count = count;
        this.columns = columns;
    }

    /// <summary>Names and types of the columns.</summary>
    public StructType Schema { get; }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>The columns in the schema's order.</summary>
    public IReadOnlyList<ArrowColumn> Columns => columns;

    /// <summary>The columns in the schema's order.</summary>
    internal ReadOnlySpan<ArrowColumn> ColumnSpan => columns;
}
