using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Report.Tests;

public sealed class TensorBoardTests : IDisposable
{
    /// <summary>Reads a folder as TensorBoard does, and prints what it found.</summary>
    private const string Script = """
        import sys
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        run = EventAccumulator(sys.argv[1])
        run.Reload()
        tags = run.Tags()
        print(len(tags["scalars"]) , len(tags["histograms"]) or len(tags["tensors"]), len(tags["images"]) or len(tags["tensors"]))
        print(",".join("%d:%.6g" % (e.step, e.value) for e in run.Scalars("loss/training")))
        """;

    private static readonly string Interpreter = Environment.GetEnvironmentVariable("TENSORBOARD_PYTHON") ?? "/usr/bin/python3";

    private readonly string folder = Directory.CreateTempSubdirectory("events").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Check_sums_are_those_of_the_standard()
    {
        // RFC 3720, B.4; and the empty record's length of TFRecord files.
        Assert.Equal(0x8A9136AAu, EventReader.Crc32C(new byte[32]));
        Assert.Equal(0xE3069283u, EventReader.Crc32C("123456789"u8));
        Assert.Equal(((0xE3069283u >> 15) | (0xE3069283u << 17)) + 0xA282EAD8, EventFile.MaskedSum("123456789"u8));
    }

    [Fact]
    public void An_epoch_has_its_figures_its_histograms_and_its_pictures()
    {
        using Plain net = new(1);
        Samples data = Data();
        TensorBoard board = new(Path.Combine(folder, "runs", "first")) { Pictures = record => [new Tile(Picture.Grey([0, 1], 1, 2), $"two é pixels"), new Tile(Picture.Ink([1], 1, 1), "ink")] };
        History history = net.Fit(data, new FitOptions { Epochs = 3, BatchSize = 10, Validation = data, Callbacks = [board] });
        Assert.Matches(@"^events\.out\.tfevents\.\d{10}\..+$", Path.GetFileName(board.Path));
        IReadOnlyList<Event> events = EventReader.Read(File.ReadAllBytes(board.Path!));
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.All(events, one => Assert.InRange(DateTime.UnixEpoch.AddSeconds(one.Time), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddSeconds(1)));
        Figures("loss/training", record => record.Loss);
        Figures("loss/validation", record => record.ValidationLoss!.Value);
        Figures("accuracy/training", record => record.Accuracy!.Value);
        Figures("accuracy/validation", record => record.ValidationAccuracy!.Value);
        Figures("learning_rate", record => record.LearningRate);
        Figures("seconds", record => record.Seconds);
        Assert.Equal(
            ["Linear1.weight", "Linear1.bias", "Linear2.weight", "Linear2.bias"],
            events.Where(one => one.Step == 2).SelectMany(one => one.Values).Where(value => value.Kind == 5 && value.Tag.StartsWith("gradients/", StringComparison.Ordinal)).Select(value => value.Tag[10..]));
        EventValue last = events.SelectMany(one => one.Values).Last(value => value.Tag == "weights/Linear1.weight");
        float[] weights = net.Linear1.Weight.Values.ToArray();
        Assert.Equal([weights.Min(), weights.Max(), weights.Length], last.Histogram[0][..3]);
        Assert.Equal(weights.Sum(weight => (double)weight), last.Histogram[0][3], 1e-9);
        Assert.Equal(weights.Sum(weight => (double)weight * weight), last.Histogram[0][4], 1e-9);
        Assert.Equal(weights.Length, last.Histogram[2].Sum());
        for (int i = 0; i < last.Histogram[1].Length; i++)
            Assert.Equal(weights.Count(weight => weight <= last.Histogram[1][i] + 1e-7), last.Histogram[2].Take(i + 1).Sum(), 1.0);
        EventValue[] pictures = [.. events.Where(one => one.Step == 3).SelectMany(one => one.Values).Where(value => value.Kind == 4)];
        Assert.Equal(["pictures/two é pixels", "pictures/ink"], pictures.Select(picture => picture.Tag));
        Assert.Equal([1, 2, 1], pictures[0].PictureSize);
        Assert.Equal(Picture.Grey([0, 1], 1, 2).ToPng(), pictures[0].Picture);
        Assert.Equal([1, 1, 2], pictures[1].PictureSize);

        void Figures(string tag, Func<EpochRecord, double> figure) => Assert.Equal(
            history.Epochs.Select(record => ((long)record.Epoch, (double)(float)figure(record))),
            events.SelectMany(one => one.Values.Where(value => value.Tag == tag).Select(value => (one.Step, value.Scalar))));
    }

    [Fact]
    public void Losses_of_steps_and_fewer_histograms_are_there_where_asked_for()
    {
        using Plain net = new(1);
        TensorBoard board = new(folder) { LossEverySteps = 4, HistogramsEveryEpochs = 2 };
        net.Fit(Data(), new FitOptions { Epochs = 3, BatchSize = 10, Callbacks = [board] });
        IReadOnlyList<Event> events = EventReader.Read(File.ReadAllBytes(board.Path!));
        Assert.Equal([4, 8, 12, 16, 20, 24, 28], events.Where(one => one.Values.Any(value => value.Tag == "step/loss")).Select(one => one.Step));
        Assert.Equal([2L], events.Where(one => one.Values.Any(value => value.Kind == 5)).Select(one => one.Step).Distinct());
        Assert.DoesNotContain(events, one => one.Values.Any(value => value.Tag == "loss/validation"));
    }

    [Fact]
    public void What_ends_a_training_leaves_the_epochs_before_it()
    {
        using Plain net = new(1);
        TensorBoard board = new(folder);
        using CancellationTokenSource cancellation = new();
        Assert.Throws<OperationCanceledException>(() => net.Fit(Data(), new FitOptions { Epochs = 5, Callbacks = [board, new Ending(cancellation)] }, null, cancellation.Token));
        IReadOnlyList<Event> events = EventReader.Read(File.ReadAllBytes(board.Path!));
        Assert.Equal([1, 2], events.Where(one => one.Values.Any(value => value.Tag == "loss/training")).Select(one => one.Step));
    }

    [Fact]
    public void Each_training_has_a_file_of_its_own()
    {
        using Plain net = new(1);
        TensorBoard board = new(folder);
        Assert.Null(board.Path);
        for (int i = 0; i < 2; i++)
            net.Fit(Data(), new FitOptions { Epochs = 1, Callbacks = [board] });
        Assert.Equal(2, Directory.GetFiles(folder, "events.out.tfevents.*").Length);
    }

    [Fact]
    public void Wrong_options_and_places_are_told()
    {
        Assert.Throws<ArgumentException>(() => new TensorBoard(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard(folder) { HistogramsEveryEpochs = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard(folder) { LossEverySteps = -1 });
        string taken = Path.Combine(folder, "file");
        File.WriteAllText(taken, "");
        using Plain net = new(1);
        IOException error = Assert.ThrowsAny<IOException>(() => net.Fit(Data(), new FitOptions { Callbacks = [new TensorBoard(taken)] }));
        Assert.Contains(taken, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, net.Step);
    }

    [Fact]
    public void Cut_files_are_refused_unless_cut_between_records_and_flipped_bytes_always()
    {
        using Plain net = new(1);
        TensorBoard board = new(folder) { Pictures = _ => [new Tile(Picture.Grey([0, 1], 1, 2), "two pixels")] };
        net.Fit(Data(), new FitOptions { Epochs = 1, Callbacks = [board] });
        byte[] file = File.ReadAllBytes(board.Path!);
        int whole = EventReader.Read(file).Count;
        HashSet<int> borders = [0];
        for (int at = 0; at < file.Length; at += 16 + (int)BitConverter.ToInt64(file, at))
            borders.Add(at);
        Prop.ForAll(Gen.Choose(0, file.Length - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (at, change) =>
        {
            byte[] flipped = [.. file];
            flipped[at] ^= (byte)change;
            Assert.Throws<InvalidDataException>(() => EventReader.Read(flipped));
            if (borders.Contains(at))
                Assert.InRange(EventReader.Read(file[..at]).Count, 0, whole - 1);
            else
                Assert.Throws<InvalidDataException>(() => EventReader.Read(file[..at]));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Histograms_pass_over_what_is_not_finite_and_have_one_bucket_of_what_is_all_the_same()
    {
        Histogram histogram = new([float.NaN, 1, 2, float.PositiveInfinity, 3]);
        Assert.Equal((1, 3, 3L, 6), (histogram.Minimum, histogram.Maximum, histogram.Count, histogram.Sum));
        Assert.Equal(3, histogram.Counts.ToArray().Sum());
        Assert.Equal([5.0], new Histogram([5, 5]).Limits.ToArray());
        Assert.Equal([2.0], new Histogram([5, 5]).Counts.ToArray());
        Assert.Equal((0, 0L), (new Histogram([float.NaN]).Minimum, new Histogram([]).Count));
        Assert.Equal(float.MaxValue, new Histogram([float.MinValue, float.MaxValue]).Limits[^1]);
    }

    [FactWhereTensorBoardIs]
    public void TensorBoard_reads_it()
    {
        using Plain net = new(1);
        History history = net.Fit(Data(), new FitOptions { Epochs = 2, Callbacks = [new TensorBoard(folder) { Pictures = _ => [new Tile(Picture.Grey([0, 1], 1, 2), "two pixels")] }] });
        string script = Path.Combine(folder, "read.py");
        File.WriteAllText(script, Script);
        (int code, string output) = Python(script, folder);
        Assert.True(code == 0, output);
        Assert.Contains(string.Join(',', history.Epochs.Select(record => FormattableString.Invariant($"{record.Epoch}:{(float)record.Loss:G6}"))), output, StringComparison.Ordinal);
    }

    private static (int Code, string Output) Python(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        StringBuilder errors = new();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors);
    }

    private static Samples Data()
    {
        Random random = new(1);
        float[] inputs = [.. Enumerable.Range(0, 400).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => inputs[4 * i] > inputs[(4 * i) + 1] ? 1 : 0)];
        return new Samples(inputs, labels);
    }

    private sealed class Ending(CancellationTokenSource cancellation) : FitCallback
    {
        public override void OnEpochEnd(FitContext fit, EpochRecord record)
        {
            if (record.Epoch == 2)
                cancellation.Cancel();
        }
    }

    private sealed class FactWhereTensorBoardIsAttribute : FactAttribute
    {
        public FactWhereTensorBoardIsAttribute()
        {
            if (!File.Exists(Interpreter) || Python("-c", "import tensorboard").Code != 0)
                Skip = $"{Interpreter} has no tensorboard; TENSORBOARD_PYTHON may name a Python that has it.";
        }
    }
}
