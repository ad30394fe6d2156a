using Dsl.Spark.Sql;

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
        return FunctionColumn.Of(new FunctionDescription(typeof(TFunction), name, function.Result, State: null, isDeterministic), arguments);
    }
}
