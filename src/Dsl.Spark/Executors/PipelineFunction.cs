using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Runtime;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;

namespace Dsl.Spark.Executors;

/// <summary>A fitted pipeline over the rows of a partition: what classes marked <c>[Pipeline]</c> have for executors. For generated code.</summary>
public abstract class PipelineFunction : MapFunction
{
    /// <summary>Is cancelled when Spark does not want the task any more.</summary>
    protected CancellationToken Cancellation { get; private set; }

    /// <inheritdoc/>
    public override void Start(object? state, ITask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        Cancellation = task.Cancellation;
    }

    /// <inheritdoc/>
    public sealed override void Run(IBatchSource batches, IBatchSink output)
    {
        // Spark runs as many tasks as there are cores; further threads would take the other tasks'.
        using Compute.OneThread alone = Compute.OnThisThread();
        RunAlone(batches, output);
    }

    /// <summary>Goes through a partition on the calling thread.</summary>
    protected abstract void RunAlone(IBatchSource batches, IBatchSink output);

    /// <summary>A table with what a pipeline makes of each row of another.</summary>
    /// <typeparam name="TFunction">The class that executors run.</typeparam>
    /// <param name="name">The pipeline, for messages and plans.</param>
    /// <param name="rows">The table; its columns are looked at now, before any job.</param>
    /// <param name="wanted">The columns of the pipeline's rows.</param>
    /// <param name="training">Those that only training needs, and that may be null: a table may lack them.</param>
    /// <param name="state">The fitted pipeline.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type; the message names it, what is wanted and what is given.</exception>
    public static DataFrame Over<TFunction>(string name, DataFrame rows, StructType wanted, IReadOnlyList<string> training, byte[] state)
        where TFunction : PipelineFunction, new()
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(training);
        StructType given = rows.Schema();
        List<Column> columns = [];
        foreach (StructField field in wanted.Fields)
        {
            if (Find(name, given, field) is { } found)
                columns.Add(rows.Col(SparkFunction.Quoted(found)).As(field.Name));
            else if (training.Contains(field.Name))
                columns.Add(Functions.Lit(null).Cast(field.DataType.SimpleString).As(field.Name));
            else
                throw new ArgumentException($"{name} takes a column {field.Name} ({field.DataType}), but the table has {ArgumentTypes.Listing(given)}.", nameof(rows));
        }

        using TFunction function = new();
        return SparkFunction.MapPartitions(rows.Select([.. columns]), [.. wanted.Names], new FunctionDescription(typeof(TFunction), name, function.Result, state));
    }

    /// <summary>The table's column for one of the rows', as Spark finds names: by its case where that tells two apart.</summary>
    private static string? Find(string pipeline, StructType given, StructField wanted)
    {
        StructField[] found = [.. given.Fields.Where(field => string.Equals(field.Name, wanted.Name, StringComparison.OrdinalIgnoreCase))];
        StructField? one = Array.Find(found, field => field.Name == wanted.Name) ?? (found.Length == 1 ? found[0] : null);
        if (one is null)
        {
            return found.Length == 0 ? null
                : throw new ArgumentException($"{pipeline} takes a column {wanted.Name}, but the table has {string.Join(" and ", found.Select(field => field.Name))}: rename one, as Spark cannot tell them apart.");
        }

        // An instant and a wall clock are not the same, and nobody here knows the zone between them.
        if (!ArgumentTypes.Fits(one.DataType, wanted.DataType) || one.DataType is TimestampNtzType)
        {
            throw new ArgumentException(
                $"{pipeline} takes {wanted.DataType} as {wanted.Name}, but the table has {one.DataType}: cast the column, as in Col(\"{one.Name}\").Cast(\"{wanted.DataType.SimpleString}\").");
        }

        return one.Name;
    }
}
