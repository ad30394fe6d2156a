using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Types;

namespace Dsl.Spark.Worker;

/// <summary>Gives the function that a command names; made anew for each task.</summary>
internal delegate ExecutorFunction FunctionSource(byte[] command, TaskHeader header, ITask task);

/// <summary>Runs one task: reads batches, calls functions, writes batches, each in place; one batch in, one out. Spark checks nothing of what it gets, so that is done here.</summary>
internal sealed class TaskRunner(Stream input, Stream output, FunctionSource source)
{
    private const int ExceptionThrown = -2;
    private const int TimingData = -3;
    private const int EndOfStream = -4;
    private const int StartOfArrow = -6;
    private const int EndOfData = -1;
    private const int GroupFollows = 1;

    private readonly WireReader reader = new(input);

    // One for all tasks of the connection: the memory that a batch takes is large enough for the next task's too, and would be garbage that a collector with large budgets leaves for long.
    private readonly ArrowStreamReader batches = new(input);
    private readonly WireWriter writer = new(output);
    private ArrowStreamWriter? results;

    /// <summary>Runs the next task of the connection.</summary>
    /// <param name="cancellation">Is cancelled when Spark closes the connection.</param>
    /// <param name="spark">The version that speaks, for recordings alone.</param>
    /// <returns>Whether a further task may follow.</returns>
    public bool Run(CancellationToken cancellation, Version? spark = null)
    {
        DateTimeOffset boot = DateTimeOffset.UtcNow;
        results = null;
        try
        {
            if (TaskHeader.Read(reader, spark) is not { } header)
                return false;
            SparkTask task = new(header, cancellation);
            List<ExecutorFunction> functions = [];
            DateTimeOffset started;
            Stopwatch processing = new();
            try
            {
                List<(int[] Arguments, ExecutorFunction[] Chain)> calls = [];
                foreach (FunctionCall call in header.Functions)
                {
                    ExecutorFunction[] chain = new ExecutorFunction[call.Commands.Count];
                    for (int i = 0; i < chain.Length; i++)
                        functions.Add(chain[i] = source(call.Commands[i], header, task));
                    calls.Add((call.Arguments, chain));
                }

                started = DateTimeOffset.UtcNow;
                processing.Start();
                if (EvalTypes.IsScalar(header.EvalType))
                    RunColumns(calls, cancellation);
                else if (EvalTypes.IsMap(header.EvalType))
                    RunMap(Single<MapFunction>(calls).Function, cancellation);
                else if (EvalTypes.IsGrouped(header.EvalType))
                    RunGroups(Single<MapFunction>(calls), header.HasStreamsOfGroups, header.EvalType == EvalTypes.GroupedMapArrow, cancellation);
                else
                    throw new NotSupportedException($"Spark calls the function in a way (evaluation type {header.EvalType}) that C# functions do not have; they are columns of a select, or MapPartitions.");
                processing.Stop();
                results?.Finish();
            }
            finally
            {
                foreach (ExecutorFunction function in functions)
                    function.Dispose();
                batches.Restart();
                batches.Trim();
            }

            writer.Int(TimingData);
            writer.Long(boot.ToUnixTimeMilliseconds());
            writer.Long(started.ToUnixTimeMilliseconds());
            writer.Long(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            if (header.WantsProcessingTime)
                writer.Long(processing.ElapsedMilliseconds);

            // Nothing was spilled to memory or disk.
            writer.Long(0);
            writer.Long(0);
            writer.Int(EndOfData);

            // No accumulators.
            writer.Int(0);
            bool isWhole = reader.Int() == EndOfStream;
            writer.Int(isWhole ? EndOfStream : EndOfData);
            writer.Flush();
            return isWhole;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && !IsLost(error))
        {
            // The reader is inside the stream of results: it looks for an error behind its end.
            results?.Finish();
            writer.Int(ExceptionThrown);
            writer.Text(error.ToString());
            writer.Flush();
            return false;
        }
    }

    /// <summary>Nobody is at the other end any more.</summary>
    private static bool IsLost(Exception error) => error is IOException { InnerException: System.Net.Sockets.SocketException };

    private static (int[] Arguments, T Function) Single<T>(List<(int[] Arguments, ExecutorFunction[] Chain)> calls)
        where T : ExecutorFunction => calls is [(int[] arguments, [T function])]
            ? (arguments, function)
            : throw new InvalidOperationException($"Spark runs {string.Join(", ", calls.SelectMany(call => call.Chain))} over partitions; one {typeof(T).Name} is wanted.");

    private void RunColumns(List<(int[] Arguments, ExecutorFunction[] Chain)> calls, CancellationToken cancellation)
    {
        ColumnFunction[][] chains = [.. calls.Select(call => call.Chain.Select(one => one as ColumnFunction
            ?? throw new InvalidOperationException($"{one.GetType()} stands in a select, but goes over partitions: MapPartitions runs it.")).ToArray())];
        ColumnBuilder[][] builders = [.. chains.Select(chain => chain.Select(one => new ColumnBuilder(one.Result)).ToArray())];
        StructType schema = new(chains.Select((chain, i) => new StructField("_" + i, chain[^1].Result)));
        ArrowColumn[] columns = new ArrowColumn[chains.Length];
        while (batches.Read() is { } batch)
        {
            for (int i = 0; i < chains.Length; i++)
            {
                int[] offsets = calls[i].Arguments;
                ArrowColumn[] arguments = new ArrowColumn[offsets.Length];
                for (int k = 0; k < arguments.Length; k++)
                    arguments[k] = batch.Columns[offsets[k]];
                for (int k = 0; k < chains[i].Length; k++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    ColumnBuilder builder = builders[i][k];
                    builder.Clear();
                    chains[i][k].Run(arguments, batch.Count, builder);
                    arguments = [ResultOf(chains[i][k], builder, batch.Count)];
                }

                columns[i] = arguments[0];
            }

            Write(schema, columns, batch.Count);
        }
    }

    private void RunMap(MapFunction function, CancellationToken cancellation)
    {
        StructBatches rows = new(batches, cancellation);
        Sink sink = new(this, function, cancellation);
        function.Run(rows, sink);
        sink.Flush();

        // What the function did not want is on its way all the same.
        while (batches.Read() is not null)
            cancellation.ThrowIfCancellationRequested();
    }

    private void RunGroups((int[] Arguments, MapFunction Function) call, bool hasStreams, bool isArrow, CancellationToken cancellation)
    {
        // Offsets: how many follow, how many keys there are, the keys' columns, the values' columns.
        int[] offsets = call.Arguments;
        if (offsets.Length < 2 || offsets[0] != offsets.Length - 1 || offsets[1] < 0 || offsets[1] > offsets.Length - 2)
            throw new InvalidDataException($"Spark sent the columns of groups as {string.Join(", ", offsets)}.");
        int[] values = offsets[(2 + offsets[1])..];
        Sink sink = new(this, call.Function, cancellation);
        if (hasStreams)
        {
            while (NextGroup())
            {
                batches.Restart();
                GroupBatches group = new(batches, values, first: null, isArrow, cancellation);
                call.Function.Run(group, sink);
                while (group.Next() is not null)
                    cancellation.ThrowIfCancellationRequested();
                sink.Flush();
            }

            return;
        }

        while (batches.Read() is { } batch)
        {
            call.Function.Run(new GroupBatches(stream: null, values, batch, isArrow, cancellation), sink);
            sink.Flush();
        }
    }

    private bool NextGroup()
    {
        int frames = reader.Int();
        return frames switch
        {
            0 => false,
            GroupFollows => true,
            _ => throw new InvalidDataException($"Spark sent {frames} tables of a group; 1 is known."),
        };
    }

    private void Write(StructType schema, ReadOnlySpan<ArrowColumn> columns, int rows)
    {
        if (results is null)
        {
            writer.Int(StartOfArrow);
            results = new ArrowStreamWriter(output, schema);
        }

        results.Write(columns, rows);
        writer.Flush();
    }

    private static ArrowColumn ResultOf(ColumnFunction function, ColumnBuilder builder, int rows)
    {
        ArrowColumn result = builder.View();
        if (result.Count != rows)
            throw new InvalidOperationException($"{function.GetType()} gave {result.Count} rows for {rows}.");
        result.CheckText(function.GetType().ToString());
        return result;
    }

    /// <summary>A partition: its rows come as one struct.</summary>
    private sealed class StructBatches(ArrowStreamReader stream, CancellationToken cancellation) : IBatchSource
    {
        public StructType Schema { get; } = stream.ReadSchema() is { Fields: [{ DataType: StructType rows }] }
            ? rows
            : throw new InvalidDataException($"Spark sent the rows of a partition as {stream.ReadSchema()}; one struct is wanted.");

        public RecordBatch? Next()
        {
            cancellation.ThrowIfCancellationRequested();
            return stream.Read() is { } batch ? new RecordBatch(Schema, batch.Count, batch.Columns[0].Children.ToArray()) : null;
        }
    }

    /// <summary>The rows of a group: one batch that was read, or a stream of its own.</summary>
    private sealed class GroupBatches : IBatchSource
    {
        private readonly ArrowStreamReader? stream;
        private readonly int[] columns;
        private readonly CancellationToken cancellation;
        private readonly bool isStruct;
        private RecordBatch? first;

        public GroupBatches(ArrowStreamReader? stream, int[] columns, RecordBatch? first, bool isArrow, CancellationToken cancellation)
        {
            this.stream = stream;
            this.columns = columns;
            this.first = first;
            this.cancellation = cancellation;
            StructType whole = first?.Schema ?? stream!.ReadSchema();

            // Arrow's grouped map gets its rows as one struct, that of pandas as columns.
            isStruct = isArrow && whole.Fields is [{ DataType: StructType }];
            if (isStruct)
                whole = (StructType)whole.Fields[0].DataType;
            if (Array.Exists(columns, column => column < 0 || column >= whole.Fields.Length))
                throw new InvalidDataException($"Spark wants columns {string.Join(", ", columns)} of {whole}.");
            Schema = new StructType(columns.Select(column => whole.Fields[column]));
        }

        public StructType Schema { get; }

        public RecordBatch? Next()
        {
            cancellation.ThrowIfCancellationRequested();
            RecordBatch? batch = first ?? stream?.Read();
            first = null;
            if (batch is null)
                return null;
            ArrowColumn[] all = isStruct ? batch.Columns[0].Children.ToArray() : [.. batch.Columns];
            return new RecordBatch(Schema, batch.Count, Array.ConvertAll(columns, column => all[column]));
        }
    }

    /// <summary>Takes rows of a map and sends them as one struct.</summary>
    private sealed class Sink : IBatchSink
    {
        private readonly TaskRunner runner;
        private readonly MapFunction function;
        private readonly CancellationToken cancellation;
        private readonly ColumnBuilder[] columns;
        private readonly StructType schema;

        public Sink(TaskRunner runner, MapFunction function, CancellationToken cancellation)
        {
            this.runner = runner;
            this.function = function;
            this.cancellation = cancellation;
            columns = [.. function.Result.Fields.Select(one => new ColumnBuilder(one.DataType))];
            schema = new StructType(new StructField("_0", function.Result, IsNullable: false));
        }

        public ReadOnlySpan<ColumnBuilder> Columns => columns;

        public void Flush()
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = columns.Length == 0 ? 0 : columns[0].Count;
            ArrowColumn[] views = new ArrowColumn[columns.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                if (columns[i].Count != rows)
                    throw new InvalidOperationException($"{function.GetType()} gave {columns[i].Count} rows of {function.Result.Fields[i].Name}, but {rows} of {function.Result.Fields[0].Name}.");
                views[i] = columns[i].View();
                views[i].CheckText(function.GetType().ToString());
            }

            if (rows > 0)
                runner.Write(schema, [ArrowColumn.Struct(function.Result, rows, views)], rows);
            foreach (ColumnBuilder column in columns)
                column.Clear();
        }
    }
}
