using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using System.Threading.Tasks;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Sql;
using Dsl.Spark.Tests.Worker;
using Dsl.Spark.Types;
using Xunit;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Spark.Tests.Executors;

/// <summary>Sessions that share a Spark: other versions of the same code, and Python.</summary>
[Collection(SparkCollection.Name)]
public sealed class NeighbourTests(RealSpark spark)
{
    private const int Rows = 200_000;

    [FactWithSpark]
    public async Task Sessions_run_their_own_version_of_the_same_code()
    {
        FunctionDescription[] versions = [Version(1), Version(2)];
        Assert.Equal(versions[0].FunctionType.AssemblyQualifiedName, versions[1].FunctionType.AssemblyQualifiedName);
        await Task.WhenAll(versions.Select(async (function, i) =>
        {
            await using SparkSession session = await spark.ConnectAsync();
            for (int round = 0; round < 3; round++)
                Assert.Equal([(i + 1L) * Rows], Assert.Single(await Total(session, SparkFunction.Call(function, Col("id"))).CollectAsync()).Values);
        }));
    }

    [FactWithSpark]
    public async Task A_session_that_gets_new_code_runs_it()
    {
        await using SparkSession session = await spark.ConnectAsync();
        Row both = Assert.Single(await session.Range(0, Rows, 1, 2).Select(
            SparkFunction.Call(Version(3), Col("id")).As("old"),
            SparkFunction.Call(Version(4), Col("id")).As("new")).Agg(Sum(Col("old")), Sum(Col("new"))).CollectAsync());
        Assert.Equal([3L * Rows, 4L * Rows], both.Values);
    }

    [FactWithSpark]
    public async Task A_task_that_fails_is_tried_again()
    {
        SparkSession session = await spark.ShareAsync();
        FunctionDescription flaky = new(typeof(ExecutedFunctions.Flaky), "flaky", new IntegerType(), null);
        IReadOnlyList<Row> rows = await session.Range(0, 1000, 1, 2).Select(Col("id"), SparkFunction.Call(flaky, Col("id")).As("attempt")).CollectAsync();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), rows.Select(row => row.Get<long>("id")).Order());
        Assert.All(rows, row => Assert.Equal(2, row.Get<int>("attempt")));
    }

    [FactWithSparkAndPeers]
    public async Task Functions_in_Python_run_beside_ours()
    {
        SparkSession session = await spark.ShareAsync();
        FunctionDescription scaled = new(typeof(ExecutedFunctions.Scaled), "scaled", new DoubleType(), null);
        DataFrame ours = Total(session, SparkFunction.Call(scaled, Col("id").Cast("double")));
        ProcessStartInfo start = SharedFolder.PythonStart("Executors/python_session.py", spark.ConnectionString);
        start.Environment["PYTHONPATH"] = spark.PythonPath;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process python = Process.Start(start)!;
        Task<string> errors = python.StandardError.ReadToEndAsync();

        // Before ours, at the same time, and once more on the workers that are there then.
        await AskAsync();
        await Task.WhenAll(AskAsync(), ours.CollectAsync());
        Assert.Equal([2.0 * Rows * (Rows - 1) / 2], Assert.Single(await ours.CollectAsync()).Values);
        await AskAsync();
        python.StandardInput.Close();
        await python.WaitForExitAsync();

        async Task AskAsync()
        {
            await python.StandardInput.WriteLineAsync(Rows.ToString(CultureInfo.InvariantCulture));
            await python.StandardInput.FlushAsync();
            Assert.True(await python.StandardOutput.ReadLineAsync() == $"cpython {(long)Rows * (Rows + 1) / 2} unset", python.HasExited ? await errors : "another answer");
        }
    }

    private static DataFrame Total(SparkSession session, Column column) => session.Range(0, Rows, 1, 2).Select(column.As("n")).Agg(Sum(Col("n")));

    /// <summary>A function that gives a number, in an assembly that has the same name whatever the number.</summary>
    private FunctionDescription Version(int number)
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName("UserCode"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("UserCode").DefineType("Constant", TypeAttributes.Public, typeof(ColumnFunction));
        ILGenerator result = Override(type, "get_Result");
        result.Emit(OpCodes.Newobj, typeof(LongType).GetConstructor([])!);
        result.Emit(OpCodes.Ret);

        // result.Reserve<long>(rows).Fill(number)
        ILGenerator run = Override(type, nameof(ColumnFunction.Run));
        LocalBuilder span = run.DeclareLocal(typeof(Span<long>));
        run.Emit(OpCodes.Ldarg_3);
        run.Emit(OpCodes.Ldarg_2);
        run.Emit(OpCodes.Callvirt, typeof(ColumnBuilder).GetMethod(nameof(ColumnBuilder.Reserve))!.MakeGenericMethod(typeof(long)));
        run.Emit(OpCodes.Stloc, span);
        run.Emit(OpCodes.Ldloca, span);
        run.Emit(OpCodes.Ldc_I8, (long)number);
        run.Emit(OpCodes.Call, typeof(Span<long>).GetMethod(nameof(Span<long>.Fill))!);
        run.Emit(OpCodes.Ret);
        type.CreateType();
        string path = Path.Combine(spark.NewFolder(), "UserCode.dll");
        assembly.Save(path);
        Type made = new AssemblyLoadContext($"version {number}").LoadFromAssemblyPath(path).GetType("Constant")!;
        return new FunctionDescription(made, "constant", new LongType(), null);
    }

    private static ILGenerator Override(TypeBuilder type, string name)
    {
        MethodInfo of = typeof(ColumnFunction).GetMethod(name)!;
        MethodBuilder method = type.DefineMethod(name, (of.Attributes | MethodAttributes.Final) & ~(MethodAttributes.Abstract | MethodAttributes.NewSlot), of.ReturnType, [.. of.GetParameters().Select(one => one.ParameterType)]);
        return method.GetILGenerator();
    }

    private sealed class FactWithSparkAndPeersAttribute : FactAttribute
    {
        public FactWithSparkAndPeersAttribute() => Skip = SharedFolder.SparkMissing ?? SharedFolder.PeersMissing;
    }
}
