using System;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Threading.Tasks;
using Dsl.Spark.Executors;
using Dsl.Spark.Protocol;
using Dsl.Spark.Sql.Streaming;
using Xunit;

namespace Dsl.Spark.Tests.Streaming;

/// <summary>What of streams needs no Spark.</summary>
public sealed class StreamDeclarationTests
{
    [Fact]
    public void A_trigger_says_when()
    {
        Assert.Equal("1500 milliseconds", Set(Trigger.ProcessingTime(TimeSpan.FromSeconds(1.5))).ProcessingTimeInterval);
        Assert.Equal("0 milliseconds", Set(Trigger.ProcessingTime(0)).ProcessingTimeInterval);
        Assert.Equal("10 seconds", Set(Trigger.ProcessingTime(" 10 seconds")).ProcessingTimeInterval);
        Assert.Equal("20 milliseconds", Set(Trigger.Continuous(20)).ContinuousCheckpointInterval);
        Assert.True(Set(Trigger.Once()).Once);
        Assert.True(Set(Trigger.AvailableNow()).AvailableNow);
        Assert.Contains("at least 1 ms", Assert.Throws<ArgumentOutOfRangeException>(() => Trigger.Continuous(0)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 0 ms", Assert.Throws<ArgumentOutOfRangeException>(() => Trigger.ProcessingTime(-1)).Message, StringComparison.Ordinal);
        Assert.Contains("such as '10 seconds'", Assert.Throws<ArgumentException>(() => Trigger.ProcessingTime(" ")).Message, StringComparison.Ordinal);

        static WriteStreamOperationStart Set(Trigger trigger)
        {
            WriteStreamOperationStart start = new();
            trigger.Set(start);
            return start;
        }
    }

    // As Spark 4.3.0 wrote it, shortened.
    [Fact]
    public void A_report_is_read()
    {
        StreamingQueryProgress progress = StreamingQueryProgress.Read("""
            {"id":"6a","runId":"7b","name":null,"timestamp":"2026-11-22T05:20:08.123Z","batchId":4,"batchDuration":310,
            "durationMs":{"addBatch":200,"triggerExecution":310},"eventTime":{"watermark":"2024-01-01T00:00:00.000Z"},
            "stateOperators":[{"operatorName":"stateStoreSave","numRowsTotal":3,"numRowsUpdated":2,"customMetrics":{"a":1}}],
            "sources":[{"description":"FileStreamSource[file:/in]","startOffset":"{\"logOffset\":3}","endOffset":{"a":7},"latestOffset":null,"numInputRows":60,"inputRowsPerSecond":12.5,"metrics":{}},
                {"description":"RateStream","startOffset":1,"endOffset":2,"numInputRows":40,"inputRowsPerSecond":2.5,"processedRowsPerSecond":7.0}],
            "sink":{"description":"FileSink[out]","numOutputRows":-1},"more":{}}
            """);
        Assert.Equal(("6a", "7b", null, 4, 310, 100), (progress.Id, progress.RunId, progress.Name, progress.BatchId, progress.BatchDuration, progress.NumInputRows));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 5, 20, 8, 123, TimeSpan.Zero), progress.Timestamp);
        Assert.Equal((15.0, 7.0, null), (progress.InputRowsPerSecond, progress.ProcessedRowsPerSecond, progress.Sources[0].ProcessedRowsPerSecond));
        Assert.Equal(200, progress.DurationMs["addBatch"]);
        Assert.Equal("2024-01-01T00:00:00.000Z", progress.EventTime["watermark"]);
        Assert.Equal(("stateStoreSave", 3, 2), (progress.StateOperators[0].OperatorName, progress.StateOperators[0].NumRowsTotal, progress.StateOperators[0].NumRowsUpdated));
        Assert.Equal(("{\"logOffset\":3}", "{\"a\":7}", null), (progress.Sources[0].StartOffset, progress.Sources[0].EndOffset, progress.Sources[0].LatestOffset));
        Assert.Equal(("1", "2"), (progress.Sources[1].StartOffset, progress.Sources[1].EndOffset));
        Assert.Equal(("FileSink[out]", -1), (progress.Sink.Description, progress.Sink.NumOutputRows));
        Assert.Contains("\"more\"", progress.Json, StringComparison.Ordinal);
        Assert.Contains("not known", Assert.Throws<InvalidDataException>(() => StreamingQueryProgress.Read("[1]")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_the_sessions_folder_the_path_of_streams_leads_to_the_worker_too()
    {
        if (OperatingSystem.IsWindows())
            return;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-forwarder-");
        try
        {
            DirectoryInfo session = folder.CreateSubdirectory("5e55");
            Directory.CreateDirectory(Path.Combine(session.FullName, "w-1", "bin"));
            string worker = Path.Combine(session.FullName, "w-1", "bin", "worker");
            await File.WriteAllTextAsync(worker, "#!/bin/sh\necho \"worker $1 $2\"\n");
            File.SetUnixFileMode(worker, (UnixFileMode)0b111_101_101);
            await using (GZipStream archive = new(new MemoryStream(CodeArchive.OfForwarder("w-1/bin/worker").ToBytes()), CompressionMode.Decompress))
                await TarFile.ExtractToDirectoryAsync(archive, session.CreateSubdirectory(session.Name).FullName, overwriteFiles: false);
            Assert.Equal("worker a b c", Run(folder.FullName));
            Assert.Equal("worker a b c", Run(session.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static string Run(string from)
        {
            ProcessStartInfo start = new("/bin/sh", ["-c", "exec 5e55/w-1/bin/worker a 'b c'"]) { WorkingDirectory = from, RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
    }
}
