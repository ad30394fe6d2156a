using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Tests.Arrow;
using Dsl.Spark.Types;
using Dsl.Spark.Worker;
using Xunit;

namespace Dsl.Spark.Tests.Worker;

/// <summary>What executors of five versions of Spark sent to a worker, read to the last byte, and answered with the frames of the worker that was recorded.</summary>
public class RecordingTests
{
    private const string Reason = "there are no recordings of Spark beside the repository, in ../shared/spark/recordings";

    public static IEnumerable<object[]> Recordings => SharedFolder.Find("spark/recordings") is { } folder
        ? Directory.EnumerateFiles(folder, "*.jvm.bin", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => new object[] { Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileName(file)[..^".jvm.bin".Length] })
        : [["none", "none"]];

    [TheoryWithRecordings]
    [MemberData(nameof(Recordings))]
    public void A_task_is_read_whole_and_answered_as_recorded(string version, string name)
    {
        byte[] recorded = Recorded(version, name, "worker");
        Answer wanted = Answer.Read(recorded, Version.Parse(version));
        MemoryStream input = new(Recorded(version, name, "jvm"));
        MemoryStream output = new();
        bool goesOn = new TaskRunner(input, output, (_, header, _) => FunctionOf(name, header, wanted)).Run(CancellationToken.None, version.StartsWith("4.3", StringComparison.Ordinal) ? null : Version.Parse(version));
        Answer given = Answer.Read(output.ToArray(), Version.Parse(version));
        if (wanted.Error is not null)
        {
            Assert.False(goesOn);
            Assert.Contains("bad row 7", given.Error, StringComparison.Ordinal);
            return;
        }

        Assert.True(goesOn, given.Error);
        Assert.Equal(input.Length, input.Position);
        Assert.Equal(wanted.Frames, given.Frames);
        Assert.Equal(wanted.Rows, given.Rows);
    }

    [FactWithRecordings]
    public void Cut_and_changed_headers_give_one_error()
    {
        Random random = new(7);
        foreach (object[] recording in Recordings)
        {
            (string version, string name) = ((string)recording[0], (string)recording[1]);
            byte[] whole = Recorded(version, name, "jvm");
            for (int round = 0; round < 40; round++)
            {
                byte[] damaged = [.. whole];
                for (int i = random.Next(1, 3); i > 0; i--)
                    damaged[random.Next(Math.Min(damaged.Length, 4000))] ^= (byte)(1 << random.Next(8));
                if (random.Next(3) == 0)
                    damaged = damaged[..random.Next(damaged.Length)];
                MemoryStream output = new();

                // Whatever it is, the task ends: with an answer, or with an error that Spark shows.
                new TaskRunner(new MemoryStream(damaged), output, (_, _, _) => new Unchanged(new StructType())).Run(CancellationToken.None, Version.Parse(version));
                Assert.True(output.Length >= 8 || damaged.Length < whole.Length || output.Length == 0);
            }
        }
    }

    [Fact]
    public void A_version_that_no_client_of_ours_gives_is_refused()
    {
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 4, .. "3.11"u8];
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TaskHeader.Read(new WireReader(new MemoryStream(header))));
        Assert.Contains("registered for \"3.11\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_knows_its_place_and_its_devices()
    {
        MemoryStream header = new();
        WireWriter writer = new(header);
        writer.Int(1);
        writer.Text("4.3.0");
        writer.Text("""
            {"isBarrier":true,"connInfo":40001,"secret":"s","stageId":4,"partitionId":1,"attemptNumber":2,"taskAttemptId":77,"cpus":1,"cpuAmount":"1.0",
            "resources":{"gpu":{"name":"gpu","addresses":["0","3"]}},"localProperties":{"addresses":"a:1,b:2","spark.sql.execution.id":"9"}}
            """);
        writer.Text("files");
        writer.Int(0);
        header.WriteByte(0);
        foreach (int value in new[] { 0, EvalTypes.MapArrow, 0, 0, 0 })
            writer.Int(value);
        MemoryStream whole = new();
        WireWriter begin = new(whole);
        begin.Int(-8);
        begin.Int((int)header.Length);
        whole.Write(header.ToArray());
        whole.Position = 0;

        SparkTask task = new(TaskHeader.Read(new WireReader(whole))!, CancellationToken.None);

        Assert.Equal((1, 2, 4, 77L, true, "files"), (task.Partition, task.Attempt, task.Stage, task.Id, task.IsBarrier, task.FilesFolder));
        Assert.Equal(["a:1", "b:2"], task.Addresses);
        Assert.Equal(["0", "3"], task.Resources["gpu"]);
        Assert.Equal("9", task.Properties["spark.sql.execution.id"]);
        Assert.Equal(whole.Length, whole.Position);
    }

    private static byte[] Recorded(string version, string name, string side) => File.ReadAllBytes(Path.Combine(SharedFolder.Find("spark/recordings")!, version, $"{name}.{side}.bin"));

    private static ExecutorFunction FunctionOf(string name, TaskHeader header, Answer wanted)
    {
        Assert.Equal(name.StartsWith("map-barrier", StringComparison.Ordinal), header.IsBarrier);
        return name switch
        {
            "map-exception" => new Failing(),
            "map-types" or "map-reused-worker" or "map-vector-udt" => new Unchanged(((StructType)wanted.Schema!.Fields[0].DataType)),
            "map-empty" or "map-no-output" => new Silent(),
            "scalar-arrow" => new Doubled(),
            "scalar-pandas" => new SumOrSame(wanted.Schema!),
            "scalar-struct" => new RecordedColumn(wanted),
            _ => new RecordedRows(wanted),
        };
    }

    private sealed class TheoryWithRecordingsAttribute : TheoryAttribute
    {
        public TheoryWithRecordingsAttribute() => Skip = SharedFolder.Find("spark/recordings") is null ? Reason : null;
    }

    private sealed class FactWithRecordingsAttribute : FactAttribute
    {
        public FactWithRecordingsAttribute() => Skip = SharedFolder.Find("spark/recordings") is null ? Reason : null;
    }

    /// <summary>What a worker sent, frame by frame; times are left out.</summary>
    private sealed record Answer(string Frames, string Rows, string? Error, StructType? Schema, IReadOnlyList<(object?[][] Columns, int Rows)> Batches)
    {
        public static Answer Read(byte[] bytes, Version spark)
        {
            int at = 0;
            List<string> frames = [];
            string rows = "";
            string? error = null;
            StructType? schema = null;
            List<(object?[][] Columns, int Rows)> batches = [];
            while (at < bytes.Length)
            {
                int frame = Int(bytes, ref at);
                switch (frame)
                {
                    case -6:
                        int end = EndOfArrow(bytes, at);
                        ArrowStreamReader reader = new(bytes.AsMemory(at, end - at));
                        schema = reader.ReadSchema();
                        batches = [.. RandomTable.ReadAll(reader)];
                        rows = schema.SimpleString + "\n" + RandomTable.Show(schema, batches);
                        at = end;
                        break;
                    case -3:
                        at += 8 * (spark >= new Version(4, 2) ? 6 : 5);
                        break;
                    case -2:
                        int length = Int(bytes, ref at);
                        error = Encoding.UTF8.GetString(bytes, at, length);
                        at += length;
                        break;
                }

                frames.Add(frame.ToString());
            }

            return new Answer(string.Join(" ", frames), rows, error, schema, batches);
        }

        private static int Int(byte[] bytes, ref int at)
        {
            at += 4;
            return BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at - 4));
        }

        private static int EndOfArrow(byte[] bytes, int start)
        {
            MemoryStream stream = new(bytes) { Position = start };
            ArrowStreamReader reader = new(stream);
            reader.ReadSchema();
            while (reader.Read() is not null)
            {
            }

            return (int)stream.Position;
        }
    }

    private sealed class Unchanged(StructType result) : MapFunction
    {
        public override StructType Result => result;

        public override void Run(IBatchSource batches, IBatchSink output)
        {
            while (batches.Next() is { } batch)
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    for (int i = 0; i < batch.Columns.Count; i++)
                        RandomTable.Append(output.Columns[i], RandomTable.Read(batch.Columns[i], row));
                }

                output.Flush();
            }
        }
    }

    private sealed class Silent : MapFunction
    {
        public override StructType Result { get; } = new(new StructField("z", new IntegerType()));

        public override void Run(IBatchSource batches, IBatchSink output)
        {
            // Rows that nobody asks for are read by the worker.
        }
    }

    private sealed class Failing : MapFunction
    {
        public override StructType Result { get; } = new(new StructField("z", new IntegerType()));

        public override void Run(IBatchSource batches, IBatchSink output)
        {
            Assert.NotNull(batches.Next());
            throw new InvalidOperationException("bad row 7");
        }
    }

    private sealed class Doubled : ColumnFunction
    {
        public override DataType Result { get; } = new DoubleType();

        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            for (int row = 0; row < rows; row++)
                RandomTable.Append(result, arguments[0].IsNull(row) ? null : 2 * arguments[0].Values<double>()[row]);
        }
    }

    /// <summary>The sum of two columns, or one column as it is.</summary>
    private sealed class SumOrSame(StructType results) : ColumnFunction
    {
        // The three functions of the recording give, one after the other, what the schema says; the second takes an array.
        private static int next;

        public override DataType Result { get; } = results.Fields[next++ % 3].DataType;

        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            for (int row = 0; row < rows; row++)
            {
                object? first = RandomTable.Read(arguments[0], row);
                object? second = arguments.Length == 2 ? RandomTable.Read(arguments[1], row) : null;
                RandomTable.Append(result, arguments.Length == 1 ? first : first is null || second is null ? null : Convert.ToDouble(first) + Convert.ToDouble(second));
            }
        }
    }

    private sealed class RecordedColumn(Answer answer) : ColumnFunction
    {
        private int batch;

        public override DataType Result => answer.Schema!.Fields[0].DataType;

        public override void Run(ReadOnlySpan<ArrowColumn> arguments, int rows, ColumnBuilder result)
        {
            foreach (object? value in answer.Batches[batch++].Columns[0])
                RandomTable.Append(result, value);
        }
    }

    private sealed class RecordedRows(Answer answer) : MapFunction
    {
        private int batch;

        public override StructType Result => (StructType)answer.Schema!.Fields[0].DataType;

        public override void Run(IBatchSource batches, IBatchSink output)
        {
            while (batches.Next() is not null && batch < answer.Batches.Count)
            {
                foreach (object? value in answer.Batches[batch++].Columns[0])
                {
                    object?[] fields = (object?[])value!;
                    for (int i = 0; i < fields.Length; i++)
                        RandomTable.Append(output.Columns[i], fields[i]);
                }

                output.Flush();
            }
        }
    }
}
