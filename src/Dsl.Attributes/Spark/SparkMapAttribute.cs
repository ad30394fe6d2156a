using System;

namespace Dsl;

/// <summary>
/// Makes a static method `IEnumerable&lt;TOut&gt; F(IEnumerable&lt;TIn&gt; rows)` of a partial class a function of Spark's tables: beside it stands `DataFrame F(DataFrame rows, bool barrier = false)`, for which
/// executors call the method once a partition. `TIn` and `TOut` are records, whose properties are columns by name; their types are those of `SparkUdf`. A null where `TIn` has none is an error that
/// names the column. Behind the rows the method may take an `ITask` (namespace `Dsl.Spark.Executors`), which knows the partition; with `barrier: true` all tasks run at once and can meet.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SparkMapAttribute : Attribute
{
    /// <summary>What Spark calls it in plans; empty: the method's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Digits of `decimal` columns of the result, 1 to 38.</summary>
    public int Precision { get; set; } = 38;

    /// <summary>Digits behind the point of `decimal` columns of the result, 0 to Precision. Further ones are rounded, halves away from zero.</summary>
    public int Scale { get; set; } = 18;

    /// <summary>Whether `DateTime` columns of the result are timestamp_ntz, days and times of no zone, and not instants.</summary>
    public bool TimestampNtz { get; set; }
}
