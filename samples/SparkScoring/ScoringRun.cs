using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Digits;
using Dsl;
using Dsl.Spark.Sql;
using Dsl.Spark.Sql.Streaming;
using SamplePrograms;
using Spectre.Console;

namespace SparkScoring;

/// <summary>The program: a network, the digits on the cluster, scores by a batch and by a stream.</summary>
/// <param name="program">Where it is told.</param>
/// <param name="options">What the user chose.</param>
internal sealed class ScoringRun(SampleProgram program, ScoringOptions options)
{
    private const int HeldOut = 4;
    private const int Files = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Does everything.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="Dsl.Spark.Connect.SparkException">Spark cannot be reached, or refuses.</exception>
    /// <exception cref="InvalidOperationException">Spark does not start.</exception>
    public async Task ExecuteAsync(CancellationToken cancellation)
    {
        using DigitNet network = options.Weights is { } weights ? DigitNet.Load(weights) : new DigitNet(options.Seed);
        Digit[] digits = ReadDigits();
        if (options.Weights is null)
            Train(network, digits, cancellation);
        string folder = options.Folder ?? Directory.CreateTempSubdirectory("spark-scoring-").FullName;
        try
        {
            await using SparkSession session = options.Remote is { } remote
                ? await SparkSession.ConnectAsync(remote, cancellation).ConfigureAwait(false)
                : await SparkSession.LocalAsync(cancellation: cancellation).ConfigureAwait(false);
            program.Say($"Spark {session.Version}, tables in {folder}");
            await ScoreAsync(session, network, digits, folder, cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (options.Folder is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One of four samples of each class is held out.</summary>
    private static Digit[] ReadDigits()
    {
        Samples samples = DigitFile.Read(Path.Combine(AppContext.BaseDirectory, "digits.csv"));
        int[] seen = new int[DigitFile.Classes];
        return [.. Enumerable.Range(0, samples.Count).Select(i => new Digit(i, samples.Label(i), seen[samples.Label(i)]++ % HeldOut == 0, samples.Input(i).ToArray()))];
    }

    private static Samples SamplesOf(IReadOnlyCollection<Digit> digits) =>
        new(digits.SelectMany(digit => digit.Pixels).ToArray(), digits.Select(digit => digit.Label).ToArray());

    private void Train(DigitNet network, Digit[] digits, CancellationToken cancellation)
    {
        Samples training = SamplesOf([.. digits.Where(digit => !digit.HeldOut)]);
        Samples heldOut = SamplesOf([.. digits.Where(digit => digit.HeldOut)]);
        network.Fit(training, new FitOptions { Epochs = options.Epochs, Seed = options.Seed, Validation = heldOut }, program, cancellation);
    }

    private async Task ScoreAsync(SparkSession session, DigitNet network, Digit[] digits, string folder, CancellationToken cancellation)
    {
        DigitTables tables = new(session, network, folder);
        await tables.WriteAsync(digits, cancellation).ConfigureAwait(false);
        long begin = Stopwatch.GetTimestamp();
        await tables.ScoreAsync(cancellation).ConfigureAwait(false);
        program.Say($"batch: {digits.Length} digits scored in {Stopwatch.GetElapsedTime(begin).TotalSeconds:F1} s, the way of worker and weights to the executors included");

        for (int part = 0; part < Files / 2; part++)
            await tables.ArriveAsync(part, Files, cancellation).ConfigureAwait(false);
        StreamingQuery query = await tables.StartAsync(Trigger.ProcessingTime(TimeSpan.Zero), cancellation).ConfigureAwait(false);
        long before = await StopWithinAsync(query, cancellation).ConfigureAwait(false);
        program.Say($"stream: stopped when {before} digits of {Files / 2} files were through; {Files - (Files / 2)} more files arrive");
        for (int part = Files / 2; part < Files; part++)
            await tables.ArriveAsync(part, Files, cancellation).ConfigureAwait(false);
        StreamingQuery again = await tables.StartAsync(Trigger.AvailableNow(), cancellation).ConfigureAwait(false);
        await again.AwaitTerminationAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<StreamingQueryProgress> progress = await again.RecentProgressAsync(cancellation).ConfigureAwait(false);
        program.Say($"stream: started again from its checkpoint ({(again.Id == query.Id ? "the same stream" : "another stream")}), {progress.Count(one => one.NumInputRows > 0)} batches");

        Table table = new Table().Border(TableBorder.Rounded).Title("[bold]digits read rightly[/]");
        foreach (string column in new[] { "where", "digits", "rows", "distinct", "accuracy", "mean ink" })
            table.AddColumn(column);
        foreach (IGrouping<bool, Digit> group in digits.GroupBy(digit => digit.HeldOut).OrderBy(group => group.Key))
        {
            int[] read = new int[group.Count()];
            network.Classify([.. group.SelectMany(digit => digit.Pixels)], read);
            double ink = group.Average(digit => Readings.Ink(digit.Pixels));
            Add("here", group.Key, read.Length, read.Length, group.Zip(read).Average(pair => pair.First.Label == pair.Second ? 1.0 : 0.0), ink);
        }

        foreach ((string where, string path) in new[] { ("Spark, batch", tables.Scored), ("Spark, stream", tables.Streamed) })
        {
            foreach (Row row in await tables.AccuracyAsync(path, cancellation).ConfigureAwait(false))
                Add(where, row.Get<bool>("HeldOut"), row.Get<long>("digits"), row.Get<long>("distinct"), row.Get<double>("accuracy"), row.Get<double>("ink"));
        }

        program.Console.Write(table);

        void Add(string where, bool heldOut, long rows, long distinct, double accuracy, double ink) =>
            table.AddRow(where, heldOut ? "held out" : "of training", $"{rows}", $"{distinct}", FormattableString.Invariant($"{accuracy:F4}"), FormattableString.Invariant($"{ink:F4}"));
    }

    /// <summary>Stops the stream as soon as a batch is through.</summary>
    /// <returns>The rows of the batches that were.</returns>
    private static async Task<long> StopWithinAsync(StreamingQuery query, CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (await query.LastProgressAsync(cancellation).ConfigureAwait(false) is not { NumInputRows: > 0 })
        {
            if (await query.ExceptionAsync(cancellation).ConfigureAwait(false) is { } error)
                throw error;
            if (watch.Elapsed > Patience)
                throw new InvalidOperationException($"The stream read nothing within {Patience.TotalMinutes} minutes: {await query.StatusAsync(cancellation).ConfigureAwait(false)}");
            await Task.Delay(50, cancellation).ConfigureAwait(false);
        }

        await query.StopAsync(cancellation).ConfigureAwait(false);
        return (await query.RecentProgressAsync(cancellation).ConfigureAwait(false)).Sum(one => one.NumInputRows);
    }
}
