using System;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;

namespace Dsl.Spark.Executors;

/// <summary>Calls of C# methods in plans. For generated code.</summary>
public static class UserDefinedFunction
{
    /// <summary>What a function gives for columns.</summary>
    /// <typeparam name="TFunction">The class that executors run.</typeparam>
    /// <param name="name">What Spark calls it.</param>
    /// <param name="isDeterministic">Whether equal arguments give equal results.</param>
    /// <param name="arguments">Its columns.</param>
    public static Column Call<TFunction>(string name, bool isDeterministic, params Column[] arguments)
        where TFunction : ColumnFunction, new()
    {
        using TFunction function = new();
        return SparkFunction.Call(new FunctionDescription(typeof(TFunction), name, function.Result, State: null, isDeterministic), arguments);
    }

    /// <summary>What a function gives for the partitions of a table.</summary>
    /// <typeparam name="TFunction">The class that executors run.</typeparam>
    /// <param name="name">What Spark calls it.</param>
    /// <param name="wanted">The columns that it takes: others do not travel.</param>
    /// <param name="rows">The table.</param>
    /// <param name="barrier">Whether all partitions run at the same time, so that their tasks can meet.</param>
    public static DataFrame MapPartitions<TFunction>(string name, StructType wanted, DataFrame rows, bool barrier)
        where TFunction : MapFunction, new()
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(rows);
        using TFunction function = new();
        return SparkFunction.MapPartitions(rows, [.. wanted.Names], new FunctionDescription(typeof(TFunction), name, function.Result, State: null), barrier);
    }
}
