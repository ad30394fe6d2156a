using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using Dsl;
using Spectre.Console;

namespace Digits;

/// <summary>The program: read the file, train, test, save, load again, report.</summary>
/// <param name="console">Where it is told.</param>
/// <param name="options">What the user chose.</param>
internal sealed class DigitRun(IAnsiConsole console, DigitOptions options)
{
    /// <summary>Epochs unless the user says otherwise.</summary>
    public const int DefaultEpochs = 20;

    /// <summary>One of this many samples of each class is held out for the test.</summary>
    public const int HeldOut = 4;

    /// <summary>Does everything.</summary>
    /// <param name="cancellation">Ends training between two batches.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public void Execute(CancellationToken cancellation)
    {
        Samples digits = DigitFile.Read(Path.Combine(AppContext.BaseDirectory, "digits.csv"));
        (Samples train, Samples test) = digits.SplitEvery(HeldOut);
        using DigitNet network = new(options.Seed);
        ConsoleTables tables = new(console);
        tables.Layers(network);
        Say($"{train.Count} samples to train on, {test.Count} to test on; seed {options.Seed}, threads {Compute.Threads}");

        FitOptions fit = new() { Epochs = options.Epochs, Seed = options.Seed, Validation = test };
        long begin = Stopwatch.GetTimestamp();
        History history = new TrainingView(console).Watch(progress => network.Fit(train, fit, progress, cancellation));
        TimeSpan time = Stopwatch.GetElapsedTime(begin);

        TestReading reading = new(network, test);
        tables.Confusion(reading.Confusion);
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"test accuracy {reading.Confusion.Accuracy:F4}: {reading.Misreadings.Count} of {test.Count} read wrongly; trained in {time.TotalSeconds:F1} s"));
        Save(network, reading);
        if (options.ReportPath is { } path)
        {
            DigitPage.Of(network, history, reading, options.Seed, time).Save(path);
            Say($"report {Path.GetFullPath(path)}");
        }
    }

    private void Save(DigitNet network, TestReading reading)
    {
        network.Save(options.SavePath);
        Say($"saved {Path.GetFullPath(options.SavePath)}");
        using DigitNet reloaded = DigitNet.Load(options.SavePath);
        if (!reading.HasSameBits(reloaded))
            throw new InvalidDataException($"The network in {options.SavePath} does not predict what the trained one does.");
        Say($"reloaded: all {reading.Logits.Length} test outputs have the same bits");
    }

    // Not through the console: it breaks lines at the width of the window, and a path in two pieces cannot be copied.
    private void Say(string line) => console.Profile.Out.Writer.WriteLine(line);
}
