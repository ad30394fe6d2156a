using System.Collections.Generic;
using System.Threading;

namespace Dsl.Spark.Executors;

/// <summary>The task that a function runs in.</summary>
public interface ITask
{
    /// <summary>The number of the partition, from 0.</summary>
    int Partition { get; }

    /// <summary>How often the task was tried before, from 0.</summary>
    int Attempt { get; }

    /// <summary>The number of the stage.</summary>
    int Stage { get; }

    /// <summary>A number that no other task of the application has.</summary>
    long Id { get; }

    /// <summary>Addresses of each kind of resource that the task has, such as <c>gpu</c>.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> Resources { get; }

    /// <summary>Properties that travelled with the job.</summary>
    IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>Whether all tasks of the stage run at the same time, and can meet.</summary>
    bool IsBarrier { get; }

    /// <summary>Host names of the tasks of a barrier stage, in the order of partitions.</summary>
    IReadOnlyList<string> Addresses { get; }

    /// <summary>Is cancelled when Spark does not want the task any more.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Waits until all tasks of the stage are here. It takes about a second: Spark's driver polls.</summary>
    /// <exception cref="System.InvalidOperationException">The stage is no barrier stage.</exception>
    void Barrier();

    /// <summary>Waits for all tasks of the stage, and gives the message of each, in the order of partitions. It takes about a second: Spark's driver polls.</summary>
    /// <param name="message">This task's.</param>
    /// <exception cref="System.InvalidOperationException">The stage is no barrier stage.</exception>
    IReadOnlyList<string> AllGather(string message);
}
