using System;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;

namespace Dsl.Spark.Executors;

/// <summary>
/// C# that runs inside Spark's executors. The generator derives a class from it for each method and network; the worker makes an instance for each task, so that fields are a task's
/// own, and gives it what <see cref="Load"/> made, which all tasks of the process share. A class has a public constructor without parameters.
/// </summary>
public abstract class ExecutorFunction : IDisposable
{
    /// <summary>What the client said in <see cref="FunctionDescription.Options"/>; there before <see cref="Load"/> and <see cref="Start"/> are called.</summary>
    public string? Options { get; internal set; }

    /// <summary>Makes what the function works with, such as a network, of the bytes that travelled with it: once a process, whatever the number of tasks.</summary>
    /// <param name="state">The bytes that the client gave; good for the call.</param>
    /// <returns>What <see cref="Start"/> gets in each task. It must bear several threads.</returns>
    public virtual object? Load(ReadOnlyMemory<byte> state) => null;

    /// <summary>Begins a task, before its first batch.</summary>
    /// <param name="state">What <see cref="Load"/> made; null where nothing travelled.</param>
    /// <param name="task">The task.</param>
    public virtual void Start(object? state, ITask task)
    {
    }

    /// <summary>Ends the task, also where it failed.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    /// <param name="disposing">Whether it is called on purpose.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>Columns in, a column of as many rows out: what stands in a <c>Select</c>.</summary>
public abstract class ColumnFunction : ExecutorFunction
{
    /// <summary>What it gives.</summary>
    public abstract DataType Result { get; }

    /// <summary>Computes a batch.</summary>
    /// <param name="arguments">The arguments' columns, each of as many rows.</param>
    /// <param name="rows">How many.</param>
    /// <param name="result">Empty, of the type <see cref="Result"/>; gets as many rows.</param>
    public abstract void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result);
}

/// <summary>The rows of a partition in, any rows out: what a <c>MapPartitions</c> runs.</summary>
public abstract class MapFunction : ExecutorFunction
{
    /// <summary>The columns that it gives.</summary>
    public abstract StructType Result { get; }

    /// <summary>Goes through a partition.</summary>
    /// <param name="batches">The partition's rows; a batch ends with the next.</param>
    /// <param name="output">Takes rows.</param>
    public abstract void Run(IBatchSource batches, IBatchSink output);
}

/// <summary>The batches of a partition.</summary>
public interface IBatchSource
{
    /// <summary>The columns of every batch.</summary>
    StructType Schema { get; }

    /// <summary>The next batch, or null behind the last; the one before ends.</summary>
    RecordBatch? Next();
}

/// <summary>Where a function puts its rows.</summary>
public interface IBatchSink
{
    /// <summary>A builder for each column of the result; empty after each <see cref="Flush"/>.</summary>
    ReadOnlySpan<ColumnBuilder> Columns { get; }

    /// <summary>Sends the rows that the builders have. The worker does it at the end too.</summary>
    void Flush();
}
