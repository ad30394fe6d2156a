using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Dsl;
using SamplePrograms;
using Spectre.Console;

namespace Names;

/// <summary>The program: read names, train, measure, make new ones.</summary>
/// <param name="program">Where it is told.</param>
/// <param name="options">What the user chose.</param>
internal sealed class NamesRun(SampleProgram program, NamesOptions options)
{
    /// <summary>Epochs unless the user says otherwise.</summary>
    public const int DefaultEpochs = 10;

    /// <summary>Names made for the figure of the speed unless the user says otherwise.</summary>
    public const int DefaultCount = 2000;

    private const int Shown = 20;
    private const int Together = 64;

    /// <summary>Does everything.</summary>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Execute(CancellationToken cancellation)
    {
        List<string> names;
        using (StreamReader file = new(options.Path))
            names = NameText.Read(file, Path.GetFileName(options.Path));
        NameSplit split = NameSplit.Of(names);
        program.Say($"{split.Training.Count} names to train on, {split.HeldOut.Count} held out ({NameText.CharactersOf(split.HeldOut)} characters, each name's end counted)");
        using NameNet network = new(options.Seed);
        program.Say($"{NameNet.ParameterCount} parameters, seed {options.Seed}, {Compute.Threads} threads");
        Samples heldOut = NameText.Of(split.HeldOut);
        FitOptions fit = new() { Epochs = options.Epochs, BatchSize = 128, Seed = options.Seed, Validation = heldOut };
        long begin = Stopwatch.GetTimestamp();
        History history = network.Fit(NameText.Of(split.Training), fit, program, cancellation);
        TimeSpan time = Stopwatch.GetElapsedTime(begin);
        double loss = network.Evaluate(heldOut).Loss;
        double plain = new BigramCounts(split.Training).Loss(split.HeldOut);
        program.Say($"held-out loss {loss:F4} nats a character, {plain:F4} by counts of pairs of characters; trained in {time.TotalSeconds:F1} s");
        int[][] made = network.Generate([NameText.Mark], Shown, new GenerateOptions { StopId = NameText.Mark, Seed = options.Seed });
        NamesFindings found = new(history, loss, plain, [.. made.Select(ids => NameText.Of(ids))], names.ToHashSet(), split.HeldOut);
        Show(found);
        Speed(network);
        if (options.ReportPath is { } path)
        {
            NamesPage.Of(network, found, options.Seed).Save(path);
            program.Say($"report {Path.GetFullPath(path)}");
        }
    }

    private void Show(NamesFindings found)
    {
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().Title("[bold]new names[/] (in brackets: those of the file)");
        for (int i = 0; i < 5; i++)
            table.AddColumn("");
        for (int i = 0; i < Shown; i += 5)
            table.AddRow([.. found.Fresh.Skip(i).Take(5).Select(name => found.Known.Contains(name) ? $"[grey]({name})[/]" : name)]);
        program.Console.Write(table);
        program.Say($"{found.New} of {Shown} stand nowhere in the file");
    }

    /// <summary>Names one after the other, then side by side, on one thread; the end of each counts as a character.</summary>
    private void Speed(NameNet network)
    {
        int threads = Compute.Threads;
        Compute.Threads = 1;
        try
        {
            int[] start = [NameText.Mark];
            double alone = Rate(options.Count, how => network.Generate(start, how).Length + 1L);
            double together = Rate((options.Count + Together - 1) / Together, how => network.Generate(start, Together, how).Sum(ids => ids.Length + 1L));
            program.Say($"on one thread {alone:F0} characters/s one name at a time, {together:F0} with {Together} names side by side");
        }
        finally
        {
            Compute.Threads = threads;
        }
    }

    private static double Rate(int times, Func<GenerateOptions, long> make)
    {
        // The first time memory is taken.
        make(new GenerateOptions());
        long begin = Stopwatch.GetTimestamp();
        long characters = 0;
        for (int i = 0; i < times; i++)
            characters += make(new GenerateOptions { StopId = NameText.Mark, Seed = (ulong)i });
        return characters / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
