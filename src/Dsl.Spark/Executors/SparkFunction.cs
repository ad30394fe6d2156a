using System;
using System.Linq;
using Dsl.Spark.Protocol;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;
using Google.Protobuf;

namespace Dsl.Spark.Executors;

/// <summary>Puts C# functions into plans; generated code calls it.</summary>
public static class SparkFunction
{
    // Spark's PythonEvalType: columns in, a column out; a partition in, a partition out. Every Spark from 3.5 on has these two.
    private const int ScalarType = 200;
    private const int MapType = 207;

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
            CommonInlineUserDefinedFunction call = Inline(function, function.Result, ScalarType, resource, context.Session);
            call.Arguments.AddRange(arguments.Select(context.Build));
            return new Expression { CommonInlineUserDefinedFunction = call };
        });
    }

    /// <summary>The rows that a function gives for the rows of each partition.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="function">The function, a <see cref="MapFunction"/>.</param>
    /// <param name="barrier">Whether all partitions run at the same time, so that their tasks can meet.</param>
    public static DataFrame MapPartitions(DataFrame input, FunctionDescription function, bool barrier = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(function);
        Check(function, typeof(MapFunction));
        if (function.Result is not StructType result)
            throw new ArgumentException($"{function.Name} gives rows, so that a struct is wanted as its result; {function.Result} is given.");
        FunctionResource resource = FunctionResource.Of(function);
        return input.Derive(context =>
        {
            context.Resources.Add(resource);
            MapPartitions map = new() { Input = input.Relation, Func = Inline(function, result, MapType, resource, context.Session), IsBarrier = barrier };
            return new Relation { MapPartitions = map };
        });
    }

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
                new FunctionCommand(resource.Folder, function.FunctionType.Assembly.GetName().Name!, function.FunctionType.FullName!, resource.State, session.Client.ServerSessionId).ToBytes()),

            // Spark hands it on unread; versions before 4.3 do not tell workers otherwise which they are.
            PythonVer = session.Version,
        },
    };
}
