using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Spark.Protocol;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;
using Google.Protobuf;

namespace Dsl.Spark.Executors;

/// <summary>Puts C# functions into plans; generated code calls it.</summary>
public static class SparkFunction
{
    /// <summary>A column that a function computes.</summary>
    /// <param name="function">The function, a <see cref="ColumnFunction"/>.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Column Call(FunctionDescription function, params Column[] arguments)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(arguments);
        Check(function, typeof(ColumnFunction));
        if (arguments.Length == 0)
            throw new ArgumentException($"{function.Name} gets no column: Spark calls functions by the rows of their arguments, so that at least one is wanted.");
        FunctionResource resource = FunctionResource.Of(function);
        return new Column(context =>
        {
            context.Resources.Add(resource);
            CommonInlineUserDefinedFunction call = Inline(function, function.Result, EvalTypes.ScalarPandas, resource, context.Session);
            call.Arguments.AddRange(arguments.Select(context.Build));
            return new Expression { CommonInlineUserDefinedFunction = call };
        });
    }

    /// <summary>The rows that a function gives for the rows of each partition.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="columnNames">The columns that it takes: others do not travel.</param>
    /// <param name="function">The function, a <see cref="MapFunction"/>.</param>
    /// <param name="barrier">Whether all partitions run at the same time, so that their tasks can meet.</param>
    public static DataFrame MapPartitions(DataFrame input, IReadOnlyList<string> columnNames, FunctionDescription function, bool barrier = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(columnNames);
        ArgumentNullException.ThrowIfNull(function);
        Check(function, typeof(MapFunction));
        if (function.Result is not StructType result)
            throw new ArgumentException($"{function.Name} gives rows, so that a struct is wanted as its result; {function.Result} is given.");
        FunctionResource resource = FunctionResource.Of(function);
        string[] quoted = [.. columnNames.Select(Quoted)];
        DataFrame columns = input.Select([.. quoted.Select(input.Col)]);
        return columns.Derive(context =>
        {
            context.Resources.Add(resource);
            CommonInlineUserDefinedFunction call = Inline(function, result, EvalTypes.MapArrow, resource, context.Session);

            // Spark reads no column that the function does not name as an argument.
            call.Arguments.AddRange(quoted.Select(name => context.Build(columns.Col(name))));
            return new Relation { MapPartitions = new MapPartitions { Input = columns.Relation, Func = call, IsBarrier = barrier } };
        });
    }

    /// <summary>A column's name that is taken as it is, whatever is in it.</summary>
    internal static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    private static void Check(FunctionDescription function, Type wanted)
    {
        if (!wanted.IsAssignableFrom(function.FunctionType))
            throw new ArgumentException($"{function.FunctionType} is no {wanted.Name}.");
        if (function.FunctionType.GetConstructor(Type.EmptyTypes) is null)
            throw new ArgumentException($"{function.FunctionType} has no public constructor without parameters, by which executors make it.");
    }

    private static CommonInlineUserDefinedFunction Inline(FunctionDescription function, Types.DataType result, int evaluation, FunctionResource resource, SparkSession session) => new()
    {
        FunctionName = function.Name,
        Deterministic = function.IsDeterministic,
        PythonUdf = new PythonUDF
        {
            OutputType = result.ToProtocol(),
            EvalType = evaluation,
            Command = ByteString.CopyFrom(
                new FunctionCommand(resource.Folder, function.FunctionType.Assembly.GetName().Name!, function.FunctionType.FullName!, resource.State, session.Client.ServerSessionId, function.Options).ToBytes()),

            // Spark hands it on unread; versions before 4.3 do not tell workers otherwise which they are.
            PythonVer = session.Version,
        },
    };
}
