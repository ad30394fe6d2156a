using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Sql;
using Dsl.Spark.Types;

namespace Dsl.Spark.Executors;

/// <summary>
/// Says where an executor has the session's files. A job brings them to each executor that runs a task of it: there are as many tasks as the cluster has cores, and each lasts long enough
/// that no executor gets several while another one has a core free.
/// </summary>
internal sealed class SessionFiles : MapFunction
{
    private const int Milliseconds = 200;

    private ITask? task;

    public override StructType Result { get; } = new(new StructField("folder", new StringType()));

    public override void Start(object? state, ITask task) => this.task = task;

    public override void Run(IBatchSource batches, IBatchSink output)
    {
        while (batches.Next() is not null)
        {
            // There is nothing in them.
        }

        task!.Cancellation.WaitHandle.WaitOne(Milliseconds);
        output.Columns[0].Append(((ISessionTask)task).FilesFolder.AsSpan());
    }

    /// <summary>Brings the session's files to the executors that there are.</summary>
    /// <returns>The folder, the same on all: relative to where executors work, or absolute where tasks run in the driver.</returns>
    /// <exception cref="InvalidOperationException">It is not the same on all.</exception>
    public static async Task<string> BringAsync(SparkSession session, CancellationToken cancellation)
    {
        using SessionFiles function = new();
        FunctionDescription description = new(typeof(SessionFiles), "session_files", function.Result, State: null, IsDeterministic: false);

        // A range has as many partitions as there are cores.
        IReadOnlyList<Row> rows = await SparkFunction.MapPartitions(session.Range(1), ["id"], description).CollectAsync(cancellation).ConfigureAwait(false);
        string[] folders = [.. rows.Select(row => Relative(row.Get<string>(0))).Distinct()];
        return folders.Length == 1
            ? folders[0]
            : throw new InvalidOperationException($"Executors have the session's files in different folders ({string.Join(", ", folders)}), so that no one path leads a stream to its worker; install the worker on all machines, and give the session SparkWorker.Installed.");
    }

    /// <summary>Spark tells absolute paths. Where executors keep files in the folder that they work in, called ".", the path still shows it: <c>/work/app-7/0/./session</c>.</summary>
    private static string Relative(string folder)
    {
        int own = folder.LastIndexOf("/./", StringComparison.Ordinal);
        return own < 0 ? folder : folder[(own + 3)..];
    }
}

/// <summary>A task of the worker's own functions.</summary>
internal interface ISessionTask : ITask
{
    /// <summary>Where the executor has the session's files.</summary>
    string FilesFolder { get; }
}
