using System;
using System.IO;
using System.Text;
using System.Threading;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Types;

namespace Dsl.Spark.Tests.Worker;

/// <summary>Functions that tests run in worker processes, as generated code would give them.</summary>
public static class ExecutedFunctions
{
    /// <summary>A double, times two, times what travelled with it.</summary>
    public sealed class Scaled : ColumnFunction
    {
        private double factor = 2;

        /// <inheritdoc/>
        public override DataType Result { get; } = new DoubleType();

        /// <inheritdoc/>
        public override object? Load(ReadOnlyMemory<byte> state) => BitConverter.ToDouble(state.Span);

        /// <inheritdoc/>
        public override void Start(object? state, ITask task)
        {
            if (state is double scale)
                factor = 2 * scale;
        }

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            ReadOnlySpan<double> values = arguments[0].Values<double>();
            Span<double> scaled = result.Reserve<double>(rows);
            for (int i = 0; i < rows; i++)
                scaled[i] = factor * values[i];
        }
    }

    /// <summary>Fails.</summary>
    public sealed class Failing : ColumnFunction
    {
        /// <inheritdoc/>
        public override DataType Result { get; } = new DoubleType();

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result) => throw new InvalidOperationException("no such number");
    }

    /// <summary>Gives a row too few.</summary>
    public sealed class Short : ColumnFunction
    {
        /// <inheritdoc/>
        public override DataType Result { get; } = new DoubleType();

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result) => result.Reserve<double>(rows - 1).Clear();
    }

    /// <summary>Gives text that is none.</summary>
    public sealed class Garbled : ColumnFunction
    {
        /// <inheritdoc/>
        public override DataType Result { get; } = new StringType();

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            // A character that two rows share.
            for (int i = 0; i < rows; i++)
                result.Append(i == 0 ? [0xC3] : i == 1 ? [0xA9] : "x"u8);
        }
    }

    /// <summary>Never ends by itself; says in a file that it was told to.</summary>
    public sealed class Endless : ColumnFunction
    {
        private ITask? task;

        /// <inheritdoc/>
        public override DataType Result { get; } = new DoubleType();

        /// <inheritdoc/>
        public override void Start(object? state, ITask task) => this.task = task;

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            File.WriteAllText("started", "");
            task!.Cancellation.WaitHandle.WaitOne(Timeout.Infinite);
            File.WriteAllText("ended", "");
            task.Cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What it gets, but the first try of the first partition only ends where it is told to; says so in the file whose path travelled with it.</summary>
    public sealed class Hanging : ColumnFunction
    {
        private ITask? task;
        private string stopped = "";

        /// <inheritdoc/>
        public override DataType Result { get; } = new LongType();

        /// <inheritdoc/>
        public override object? Load(ReadOnlyMemory<byte> state) => Encoding.UTF8.GetString(state.Span);

        /// <inheritdoc/>
        public override void Start(object? state, ITask task)
        {
            this.task = task;
            stopped = (string)state!;
        }

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            if (task is { Partition: 0, Attempt: 0 })
            {
                task.Cancellation.WaitHandle.WaitOne(TimeSpan.FromMinutes(2));
                if (task.Cancellation.IsCancellationRequested)
                    File.WriteAllText(stopped, "");
                task.Cancellation.ThrowIfCancellationRequested();
            }

            arguments[0].Values<long>().CopyTo(result.Reserve<long>(rows));
        }
    }

    /// <summary>How often the task was tried before; twice it fails.</summary>
    public sealed class Flaky : ColumnFunction
    {
        private ITask? task;

        /// <inheritdoc/>
        public override DataType Result { get; } = new IntegerType();

        /// <inheritdoc/>
        public override void Start(object? state, ITask task) => this.task = task;

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            if (task!.Attempt < 2)
                throw new InvalidOperationException($"try {task.Attempt} fails");
            result.Reserve<int>(rows).Fill(task.Attempt);
        }
    }

    /// <summary>Takes its time for each batch, and says in a file how many there were.</summary>
    public sealed class Slow : ColumnFunction
    {
        private int batches;

        /// <inheritdoc/>
        public override DataType Result { get; } = new DoubleType();

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            if (batches++ == 0)
                File.WriteAllText("started", "");
            Thread.Sleep(20);
            result.Reserve<double>(rows).Clear();
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            File.WriteAllText("batches.part", batches.ToString(System.Globalization.CultureInfo.InvariantCulture));
            File.Move("batches.part", "batches");
            base.Dispose(disposing);
        }
    }

    /// <summary>Kills its process, and all tasks with it, the first time that it is tried.</summary>
    public sealed class Deadly : ColumnFunction
    {
        private ITask? task;

        /// <inheritdoc/>
        public override DataType Result { get; } = new IntegerType();

        /// <inheritdoc/>
        public override void Start(object? state, ITask task) => this.task = task;

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            if (task!.Attempt == 0)
                Environment.Exit(3);
            result.Reserve<int>(rows).Fill(task.Attempt);
        }
    }

    /// <summary>The number of the process that it runs in.</summary>
    public sealed class ProcessId : ColumnFunction
    {
        /// <inheritdoc/>
        public override DataType Result { get; } = new IntegerType();

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result) => result.Reserve<int>(rows).Fill(Environment.ProcessId);
    }

    /// <summary>Bytes of the process's managed heap that are in use.</summary>
    public sealed class HeapBytes : ColumnFunction
    {
        /// <inheritdoc/>
        public override DataType Result { get; } = new DoubleType();

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result) => result.Reserve<double>(rows).Fill(GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>The length of text in bytes.</summary>
    public sealed class LengthOf : ColumnFunction
    {
        /// <inheritdoc/>
        public override DataType Result { get; } = new IntegerType();

        /// <inheritdoc/>
        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            for (int i = 0; i < rows; i++)
                result.Append(arguments[0].Bytes(i).Length);
        }
    }

    /// <summary>What the tasks of a stage tell each other, and how many rows each has.</summary>
    public sealed class Meeting : MapFunction
    {
        private ITask? task;

        /// <summary>Columns of the result.</summary>
        public static StructType Columns { get; } = new(new StructField("partition", new IntegerType()), new StructField("rows", new LongType()), new StructField("all", new StringType()));

        /// <inheritdoc/>
        public override StructType Result => Columns;

        /// <inheritdoc/>
        public override void Start(object? state, ITask task) => this.task = task;

        /// <inheritdoc/>
        public override void Run(IBatchSource batches, IBatchSink output)
        {
            long rows = 0;
            while (batches.Next() is { } batch)
                rows += batch.Count;
            string all = task!.IsBarrier ? string.Join(" ", task.AllGather($"é{task.Partition}:{rows}")) : "";
            if (task.IsBarrier)
                task.Barrier();
            output.Columns[0].Append(task.Partition);
            output.Columns[1].Append(rows);
            output.Columns[2].Append(all.AsSpan());
        }
    }
}
