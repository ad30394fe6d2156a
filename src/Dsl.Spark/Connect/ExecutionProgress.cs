using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Spark.Connect;

/// <summary>How far a stage of a query is.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="CompletedTasks">How many of them are done.</param>
/// <param name="BytesRead">Bytes that its tasks have read.</param>
/// <param name="IsDone">Whether it is over.</param>
public sealed record StageProgress(long Id, long Tasks, long CompletedTasks, long BytesRead, bool IsDone);

/// <summary>How far a query is, as Spark tells it every two seconds or so.</summary>
/// <param name="OperationId">Which query.</param>
/// <param name="Stages">Its stages so far.</param>
/// <param name="RunningTasks">Tasks at work.</param>
/// <param name="IsComplete">Whether the query is over, well or not; the last report of each says so.</param>
public sealed record ExecutionProgress(string OperationId, IReadOnlyList<StageProgress> Stages, long RunningTasks, bool IsComplete)
{
    /// <summary>Tasks of all stages.</summary>
    public long Tasks => Stages.Sum(one => one.Tasks);

    /// <summary>Tasks that are done.</summary>
    public long CompletedTasks => Stages.Sum(one => one.CompletedTasks);

    /// <summary>Bytes that all stages have read.</summary>
    public long BytesRead => Stages.Sum(one => one.BytesRead);

    internal static ExecutionProgress From(string operation, Protocol.ExecutePlanResponse.Types.ExecutionProgress message) => new(
        operation,
        Array.AsReadOnly(message.Stages.Select(one => new StageProgress(one.StageId, one.NumTasks, one.NumCompletedTasks, one.InputBytesRead, one.Done)).ToArray()),
        message.NumInflightTasks,
        IsComplete: false);
}
