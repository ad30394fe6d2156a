using System;
using System.Collections.Generic;
using System.Globalization;
using Dsl;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Digits;

/// <summary>Shows training: a table that moves on a terminal, a line an epoch where output goes to a file or another program.</summary>
internal sealed class TrainingView(IAnsiConsole console)
{
    /// <summary>Epochs that stay in sight; a display taller than the window could not be redrawn in place.</summary>
    private const int RowsShown = 10;

    private const int WidestBar = 32;

    /// <summary>Room for the text beside the bar: a line that broke in two would jump while it moves.</summary>
    private const int BesideBar = 76;

    private readonly Queue<EpochRecord> _records = new();

    /// <summary>Runs training and shows it.</summary>
    /// <param name="train">Trains, telling its argument how far it is.</param>
    /// <returns>What training returned.</returns>
    public History Watch(Func<IProgress<TrainingProgress>, History> train)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
            return train(new Listener(Line));
        return console.Live(new Text("")).Start(display => train(new Listener(progress => display.UpdateTarget(Picture(progress)))));
    }

    /// <summary>The line about an epoch.</summary>
    internal static string Line(TrainingProgress progress, EpochRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {record.Epoch,3}/{progress.Epochs}  loss {record.Loss:F4}  accuracy {record.Accuracy:F4}  test accuracy {record.ValidationAccuracy:F4}  {progress.SamplesPerSecond,7:F0} samples/s  {Left(progress)} left");

    private static string Left(TrainingProgress progress) => progress.TimeLeft < TimeSpan.FromMinutes(1)
        ? progress.TimeLeft.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s"
        : progress.TimeLeft.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);

    private void Line(TrainingProgress progress)
    {
        if (progress.Record is { } record)
            console.Profile.Out.Writer.WriteLine(Line(progress, record));
    }

    private Rows Picture(TrainingProgress progress)
    {
        if (progress.Record is { } record)
        {
            _records.Enqueue(record);
            if (_records.Count > RowsShown)
                _records.Dequeue();
        }

        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in (string[])["epoch", "loss", "accuracy", "test loss", "test accuracy", "rate", "seconds"])
            table.AddColumn(new TableColumn($"[grey]{heading}[/]").RightAligned());
        foreach (EpochRecord done in _records)
        {
            table.AddRow(
                Figure($"{done.Epoch}"),
                Figure($"{done.Loss:F4}"),
                Figure($"{done.Accuracy:F4}"),
                Figure($"{done.ValidationLoss:F4}"),
                new Markup(string.Create(CultureInfo.InvariantCulture, $"[bold green]{done.ValidationAccuracy:F4}[/]")),
                Figure($"{done.LearningRate:0.0E+0}"),
                Figure($"{done.Seconds:F2}"));
        }

        return new Rows(table, new Markup(Bar(progress)));
    }

    private string Bar(TrainingProgress progress)
    {
        double share = (progress.Epoch - 1 + ((double)progress.Step / progress.Steps)) / progress.Epochs;
        int width = Math.Clamp(console.Profile.Width - BesideBar, 4, WidestBar);
        int full = (int)Math.Round(share * width);
        char stroke = console.Profile.Capabilities.Unicode ? '━' : '-';
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  [green]{new string(stroke, full)}[/][grey]{new string(stroke, width - full)}[/]  epoch [bold]{progress.Epoch}/{progress.Epochs}[/]  loss [bold]{progress.Loss:F4}[/]  accuracy [bold]{progress.Accuracy:F4}[/]  {progress.SamplesPerSecond:F0} samples/s  {Left(progress)} left");
    }

    private static Text Figure(FormattableString figure) => new(FormattableString.Invariant(figure));

    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        // Straight through: System.Progress would post to the thread pool, and lines could overtake each other.
        public void Report(TrainingProgress value) => report(value);
    }
}
