using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dsl.Spark.Sql.Streaming;

/// <summary>What a stream does now.</summary>
/// <param name="Message">In Spark's words.</param>
/// <param name="IsDataAvailable">Whether there are rows that it has not taken yet.</param>
/// <param name="IsTriggerActive">Whether it is at a batch.</param>
public sealed record StreamingQueryStatus(string Message, bool IsDataAvailable, bool IsTriggerActive);

/// <summary>Spark's report on a batch of a stream, or on having had nothing to do for a while.</summary>
public sealed record StreamingQueryProgress
{
    /// <summary>The UUID of the stream.</summary>
    public string Id { get; init; } = "";

    /// <summary>The UUID of this start of it.</summary>
    public string RunId { get; init; } = "";

    /// <summary>What it is called; null where it has no name.</summary>
    public string? Name { get; init; }

    /// <summary>When the batch began.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The number of the batch, from 0; a batch that is done again has the same.</summary>
    public long BatchId { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long BatchDuration { get; init; }

    /// <summary>Milliseconds by part of the work, such as <c>addBatch</c>.</summary>
    public IReadOnlyDictionary<string, long> DurationMs { get; init; } = new Dictionary<string, long>();

    /// <summary>Where there is a watermark: it, and the least, mean and greatest time of the batch's rows, as <c>watermark</c>, <c>min</c>, <c>avg</c> and <c>max</c>.</summary>
    public IReadOnlyDictionary<string, string> EventTime { get; init; } = new Dictionary<string, string>();

    /// <summary>Rows that came, of all sources.</summary>
    [JsonIgnore]
    public long NumInputRows => Sources.Sum(source => source.NumInputRows);

    /// <summary>Rows that came each second, of all sources of which Spark can tell.</summary>
    [JsonIgnore]
    public double InputRowsPerSecond => Sources.Sum(source => source.InputRowsPerSecond) ?? 0;

    /// <summary>Rows that were processed each second, of all sources of which Spark can tell.</summary>
    [JsonIgnore]
    public double ProcessedRowsPerSecond => Sources.Sum(source => source.ProcessedRowsPerSecond) ?? 0;

    /// <summary>What it keeps from batch to batch, such as groups of aggregates.</summary>
    public IReadOnlyList<StateOperatorProgress> StateOperators { get; init; } = [];

    /// <summary>Where the rows came from.</summary>
    public IReadOnlyList<SourceProgress> Sources { get; init; } = [];

    /// <summary>Where they went.</summary>
    public SinkProgress Sink { get; init; } = new();

    /// <summary>The report as Spark wrote it, in JSON.</summary>
    [JsonIgnore]
    public string Json { get; init; } = "";

    /// <summary>Reads a report.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static StreamingQueryProgress Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ProgressJson.Default.StreamingQueryProgress) is { } progress
                ? progress with { Json = json }
                : throw new InvalidDataException("Spark's report on a stream is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Spark's report on a stream is in a form that is not known: {error.Message}", error);
        }
    }
}

/// <summary>What one operator of a stream keeps.</summary>
public sealed record StateOperatorProgress
{
    /// <summary>The operator.</summary>
    public string OperatorName { get; init; } = "";

    /// <summary>Rows that it keeps.</summary>
    public long NumRowsTotal { get; init; }

    /// <summary>Rows that it changed or added.</summary>
    public long NumRowsUpdated { get; init; }

    /// <summary>Rows that it dropped.</summary>
    public long NumRowsRemoved { get; init; }

    /// <summary>Rows that came too late for the watermark.</summary>
    public long NumRowsDroppedByWatermark { get; init; }

    /// <summary>Bytes of memory.</summary>
    public long MemoryUsedBytes { get; init; }
}

/// <summary>A source in a report.</summary>
public sealed record SourceProgress
{
    /// <summary>The source, as <c>FileStreamSource[file:/arriving]</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where the batch began, in JSON as the source has it; null at the beginning.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public string? StartOffset { get; init; }

    /// <summary>Where it ended.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public string? EndOffset { get; init; }

    /// <summary>How far the source was then.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public string? LatestOffset { get; init; }

    /// <summary>Rows that came.</summary>
    public long NumInputRows { get; init; }

    /// <summary>Rows that came each second; null where Spark cannot tell.</summary>
    public double? InputRowsPerSecond { get; init; }

    /// <summary>Rows that were processed each second; null where Spark cannot tell.</summary>
    public double? ProcessedRowsPerSecond { get; init; }
}

/// <summary>The sink in a report.</summary>
public sealed record SinkProgress
{
    /// <summary>The sink, as <c>FileSink[scored]</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary>Rows that went there; -1 where the sink does not count.</summary>
    public long NumOutputRows { get; init; } = -1;
}

/// <summary>Offsets are whatever their source likes: objects, numbers, texts, or texts with such in them.</summary>
internal sealed class RawJsonConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.RootElement.GetString(),
            _ => value.RootElement.GetRawText(),
        };
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StreamingQueryProgress))]
internal sealed partial class ProgressJson : JsonSerializerContext;
