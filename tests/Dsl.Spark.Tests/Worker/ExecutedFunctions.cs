using System;
using System.IO;
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
}
