using System;
using System.Globalization;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql.Streaming;

/// <summary>When a stream looks for new rows; without one, as soon as it is done with those before.</summary>
public sealed class Trigger
{
    private readonly Action<WriteStreamOperationStart> set;

    private Trigger(Action<WriteStreamOperationStart> set) => this.set = set;

    /// <summary>Once an interval, or as soon as the batch before is done where that takes longer.</summary>
    /// <param name="interval">The interval; 0 for as soon as possible.</param>
    public static Trigger ProcessingTime(TimeSpan interval) => ProcessingTime(Milliseconds(interval, least: 0));

    /// <inheritdoc cref="ProcessingTime(TimeSpan)"/>
    /// <param name="intervalMs">Milliseconds.</param>
    public static Trigger ProcessingTime(long intervalMs) => ProcessingTime(TimeSpan.FromMilliseconds(intervalMs));

    /// <inheritdoc cref="ProcessingTime(TimeSpan)"/>
    /// <param name="interval">As SQL has it: <c>10 seconds</c>.</param>
    public static Trigger ProcessingTime(string interval)
    {
        string wanted = Wanted(interval);
        return new(start => start.ProcessingTimeInterval = wanted);
    }

    /// <summary>What is there, in one batch; then the stream ends. <see cref="AvailableNow"/> bears more rows.</summary>
    public static Trigger Once() => new(start => start.Once = true);

    /// <summary>What is there when it starts, in as many batches as the source's options say; then the stream ends.</summary>
    public static Trigger AvailableNow() => new(start => start.AvailableNow = true);

    /// <summary>Row by row, with a checkpoint an interval, for the few sources and plans that bear it; C# functions are none of them.</summary>
    /// <param name="interval">The interval.</param>
    public static Trigger Continuous(TimeSpan interval) => Continuous(Milliseconds(interval, least: 1));

    /// <inheritdoc cref="Continuous(TimeSpan)"/>
    /// <param name="intervalMs">Milliseconds.</param>
    public static Trigger Continuous(long intervalMs) => Continuous(TimeSpan.FromMilliseconds(intervalMs));

    /// <inheritdoc cref="Continuous(TimeSpan)"/>
    /// <param name="interval">As SQL has it: <c>1 second</c>.</param>
    public static Trigger Continuous(string interval)
    {
        string wanted = Wanted(interval);
        return new(start => start.ContinuousCheckpointInterval = wanted);
    }

    internal void Set(WriteStreamOperationStart start) => set(start);

    private static string Milliseconds(TimeSpan interval, long least) => interval >= TimeSpan.FromMilliseconds(least)
        ? $"{((long)interval.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)} milliseconds"
        : throw new ArgumentOutOfRangeException(nameof(interval), interval, $"An interval of at least {least} ms is wanted.");

    private static string Wanted(string interval) => string.IsNullOrWhiteSpace(interval)
        ? throw new ArgumentException("An interval is wanted, such as '10 seconds'; none is given.", nameof(interval))
        : interval.Trim();
}
