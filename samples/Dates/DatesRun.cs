using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl;
using SamplePrograms;
using Spectre.Console;

namespace Dates;

/// <summary>The program: draw dates, train, read those that are held out.</summary>
/// <param name="program">Where it is told.</param>
/// <param name="options">What the user chose.</param>
internal sealed class DatesRun(SampleProgram program, DatesOptions options)
{
    /// <summary>Epochs unless the user says otherwise.</summary>
    public const int DefaultEpochs = 8;

    /// <summary>Dates to train on unless the user says otherwise.</summary>
    public const int DefaultSamples = 20_000;

    private const int HeldOut = 2000;

    /// <summary>Does everything.</summary>
    /// <exception cref="ArgumentException">A text to read besides is too long, or has a character that no kind of date has.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public void Execute(CancellationToken cancellation)
    {
        // What cannot be read is said before training, not after it.
        foreach (string text in options.Texts)
            DateText.Put(text, new int[DateText.Longest]);
        (List<WrittenDate> training, List<WrittenDate> heldOut) = DateKinds.Draw(options.Samples, HeldOut, options.Seed);
        program.Say($"{training.Count} dates in {DateKinds.Count} ways to train on, {heldOut.Count} of other days held out");
        using DateNet network = new((ulong)options.Seed);
        program.Say($"{DateNet.ParameterCount} parameters, seed {options.Seed}, {Compute.Threads} threads");
        FitOptions fit = new() { Epochs = options.Epochs, BatchSize = 64, Seed = (ulong)options.Seed, Validation = DateText.Of(heldOut) };
        long begin = Stopwatch.GetTimestamp();
        History history = network.Fit(DateText.Of(training), fit, program, cancellation);
        TimeSpan time = Stopwatch.GetElapsedTime(begin);
        string[] read = DateReader.Read(network, [.. heldOut.Select(date => date.Text)]);
        DatesFindings found = new(history, heldOut, read, [.. heldOut.Select(date => DateReader.Parse(date.Text))]);
        Show(found);
        program.Say($"exact match {found.Share:F4} of {heldOut.Count} held-out dates, {found.ParsedShare:F4} by .NET's DateTime.TryParse; trained in {time.TotalSeconds:F1} s");
        if (options.ReportPath is { } path)
        {
            DatesPage.Of(network, found, options.Seed).Save(path);
            program.Say($"report {Path.GetFullPath(path)}");
        }

        foreach ((string text, string date) in options.Texts.Zip(DateReader.Read(network, options.Texts)))
            program.Say($"{text} is {date}");
    }

    private void Show(DatesFindings found)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("[bold]held-out dates[/]");
        foreach (string column in new[] { "written", "is", "network", "TryParse" })
            table.AddColumn(column);
        foreach (int i in found.Examples)
            table.AddRow(Markup.Escape(found.Dates[i].Text), found.Dates[i].Iso, Marked(found.Read[i], found.Dates[i]), Marked(found.Parsed[i] ?? "-", found.Dates[i]));
        program.Console.Write(table);
    }

    private static string Marked(string read, WrittenDate date) => $"[{(read == date.Iso ? "green" : "red")}]{Markup.Escape(read)}[/]";
}
