using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Dsl.Spark.Executors;

namespace Dsl.Spark.Worker;

/// <summary>One of the functions of a task.</summary>
/// <param name="Arguments">Which columns of the input it takes, in order.</param>
/// <param name="Commands">What is called, the innermost first: each further one takes what the one before gives.</param>
internal sealed record FunctionCall(int[] Arguments, IReadOnlyList<byte[]> Commands);

/// <summary>
/// What Spark sends before the data of a task. Its form changed with almost every version: 4.3 and later tell themselves by a negative first number, the others by the version that our
/// client puts where PySpark has that of Python.
/// </summary>
internal sealed class TaskHeader
{
    // START_OF_INIT_MESSAGE, before the length of the header.
    private const int StartOfHeader = -8;

    private static readonly Version Spark41 = new(4, 1);
    private static readonly Version Spark42 = new(4, 2);
    private static readonly Version Spark43 = new(4, 3);
    private static readonly Version Spark40 = new(4, 0);

    public required Version Spark { get; init; }

    public int Partition { get; private set; }

    public int Stage { get; private set; }

    public int Attempt { get; private set; }

    public long TaskId { get; private set; }

    public bool IsBarrier { get; private set; }

    /// <summary>Where the driver's side of a barrier listens: a port of this host, or the path of a unix socket.</summary>
    public object? BarrierAddress { get; private set; }

    public string BarrierSecret { get; private set; } = "";

    public Dictionary<string, IReadOnlyList<string>> Resources { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Properties { get; private set; } = [];

    /// <summary>The folder of files that travelled with the application.</summary>
    public string FilesFolder { get; private set; } = "";

    public int EvalType { get; private set; }

    public List<FunctionCall> Functions { get; } = [];

    /// <summary>From 4.2 on a task tells how long its functions ran.</summary>
    public bool WantsProcessingTime => Spark >= Spark42;

    /// <summary>Groups come each as a stream of its own from 4.1 on.</summary>
    public bool HasStreamsOfGroups => Spark >= Spark41;

    /// <summary>Reads a header.</summary>
    /// <param name="reader">What Spark sends.</param>
    /// <param name="spark">The version that speaks, where the header does not say it: for recordings alone.</param>
    /// <returns>The header; null where Spark ended the connection's work instead.</returns>
    /// <exception cref="InvalidDataException">The header is of an unknown form.</exception>
    public static TaskHeader? Read(WireReader reader, Version? spark = null)
    {
        int first = reader.Int();
        if (first == StartOfHeader)
        {
            int length = reader.Int();
            long start = reader.Position;
            TaskHeader header = new() { Spark = Spark43 };
            int partition = reader.Int();
            if (partition == -1)
                return null;
            reader.Text();
            header.Read(reader, partition);
            return reader.Position - start == length
                ? header
                : throw new InvalidDataException($"Spark sent a header of {length} bytes, of which {reader.Position - start} were understood; it may be of a version that this worker does not know.");
        }

        if (first == -1)
            return null;
        string version = reader.Text();
        TaskHeader older = new() { Spark = spark ?? VersionOf(version) };
        older.Read(reader, first);
        return older;
    }

    private static Version VersionOf(string text)
    {
        string[] parts = text.Split('.', '-');
        return parts.Length >= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor) && major is 3 or 4 && (major != 3 || minor == 5)
            ? new Version(major, minor)
            : throw new InvalidDataException($"The function was registered for \"{text}\"; a version of Spark from 3.5 on is wanted there. Was it registered by another client than Dsl.Spark?");
    }

    private void Read(WireReader reader, int partition)
    {
        Partition = partition;
        if (Spark >= Spark42)
            ReadTask(reader.Text());
        else
            ReadTask(reader);
        FilesFolder = reader.Text();
        for (int i = reader.Count("search paths"); i > 0; i--)
            reader.Text();
        SkipBroadcasts(reader);
        EvalType = reader.Int();
        reader.Map("settings");
        if (Spark >= Spark42)
            reader.Map("settings");
        else if (Spark >= Spark40 && reader.Bool())
            throw new InvalidDataException("Spark wants a profile of the function, which C# functions do not give; unset spark.sql.pyspark.udf.profiler.");
        bool hasNames = Spark >= Spark42 || (Spark >= Spark40 && EvalTypes.IsScalar(EvalType));
        for (int i = reader.Count("functions"); i > 0; i--)
            Functions.Add(ReadCall(reader, hasNames));
    }

    /// <summary>The task until 4.1.</summary>
    private void ReadTask(WireReader reader)
    {
        IsBarrier = reader.Bool();
        if (Spark < Spark41 || IsBarrier)
        {
            int port = reader.Int();
            BarrierAddress = port == -1 ? reader.Text() : port;
            if (port != -1)
                BarrierSecret = reader.Text();
        }

        Stage = reader.Int();
        Partition = reader.Int();
        Attempt = reader.Int();
        TaskId = reader.Long();
        reader.Int();
        for (int i = reader.Count("resources"); i > 0; i--)
        {
            string key = reader.Text();
            reader.Text();
            string[] addresses = new string[reader.Count("addresses")];
            for (int k = 0; k < addresses.Length; k++)
                addresses[k] = reader.Text();
            Resources[key] = addresses;
        }

        Properties = reader.Map("properties");
    }

    /// <summary>The task from 4.2 on.</summary>
    private void ReadTask(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement task = document.RootElement;
            IsBarrier = task.GetProperty("isBarrier").GetBoolean();
            JsonElement address = task.GetProperty("connInfo");
            BarrierAddress = address.ValueKind switch { JsonValueKind.String => address.GetString(), JsonValueKind.Number => address.GetInt32(), _ => null };
            BarrierSecret = task.GetProperty("secret").GetString() ?? "";
            Stage = task.GetProperty("stageId").GetInt32();
            Partition = task.GetProperty("partitionId").GetInt32();
            Attempt = task.GetProperty("attemptNumber").GetInt32();
            TaskId = task.GetProperty("taskAttemptId").GetInt64();
            foreach (JsonProperty resource in task.GetProperty("resources").EnumerateObject())
            {
                List<string> addresses = [];
                foreach (JsonElement one in resource.Value.GetProperty("addresses").EnumerateArray())
                    addresses.Add(one.GetString() ?? "");
                Resources[resource.Name] = addresses;
            }

            Properties = new(StringComparer.Ordinal);
            foreach (JsonProperty property in task.GetProperty("localProperties").EnumerateObject())
                Properties[property.Name] = property.Value.GetString() ?? "";
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"Spark describes the task in a form that this worker does not know: {error.Message}", error);
        }
    }

    /// <summary>Variables that Python functions share; ours have none, but Spark announces those of the session to every worker.</summary>
    private static void SkipBroadcasts(WireReader reader)
    {
        bool isEncrypted = reader.Bool();
        int count = reader.Int();
        if (count < 0)
            throw new InvalidDataException($"Spark sent {count} as the number of broadcasts.");
        if (isEncrypted)
        {
            // A socket's path, or a port with a secret.
            reader.Int();
            reader.Text();
        }

        for (int i = 0; i < count; i++)
        {
            if (reader.Long() >= 0 && !isEncrypted)
                reader.Text();
        }
    }

    private FunctionCall ReadCall(WireReader reader, bool hasNames)
    {
        int[] arguments = new int[reader.Count("arguments")];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = reader.Int();
            if (hasNames && reader.Bool())
                throw new InvalidDataException($"Argument {reader.Text()} is given by name; C# functions take theirs in order.");
        }

        List<byte[]> commands = [];
        for (int i = reader.Count("chained functions"); i > 0; i--)
            commands.Add(reader.Bytes());
        if (commands.Count == 0)
            throw new InvalidDataException("Spark sent a call of no function.");
        if (Spark >= Spark42)
            reader.Long();
        return new FunctionCall(arguments, commands);
    }
}
