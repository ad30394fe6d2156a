using System;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Executors;

namespace Dsl.Spark.Sql;

public sealed partial class SparkSession
{
    private readonly SemaphoreSlim providing = new(1, 1);
    private SparkWorker? worker;
    private bool hasWorker;

    /// <summary>Registers C# functions for SQL.</summary>
    public UdfRegistration Udf => new(this);

    /// <summary>The program that runs C# functions in executors.</summary>
    /// <exception cref="InvalidOperationException">A function of this session has run with another one.</exception>
    public SparkWorker Worker
    {
        get => worker ??= SparkWorker.Default;
        set => worker = hasWorker ? throw new InvalidOperationException("Functions of this session run with a worker already; set another one before the first of them.") : value;
    }

    /// <summary>Brings the worker to the cluster, and lets Spark start it where it would start Python.</summary>
    internal async Task ProvideWorkerAsync(CancellationToken cancellation)
    {
        if (hasWorker)
            return;
        await providing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (hasWorker)
                return;
            if (!Worker.IsInstalled)
                await Client.AddOnceAsync(Worker.Name, () => [Worker.ToArtifact()], cancellation).ConfigureAwait(false);
            await SetWorkerPathAsync(Worker.Executable, cancellation).ConfigureAwait(false);
            hasWorker = true;
        }
        finally
        {
            providing.Release();
        }
    }
}
