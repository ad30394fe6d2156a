using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Dsl.Benchmarks.Machine;
using Dsl.Benchmarks.Peers;

namespace Dsl.Benchmarks.Pipelines;

/// <summary>
/// `pipelines-predict`: what a row costs in a fitted pipeline: one at a time, beside its network alone by turns, and many at once. The penguins are made up, as many of each kind of row as
/// the real ones have about.
/// </summary>
internal static class PredictCommand
{
    private const int Fitted = 344;
    private const int Many = 200_000;
    private const int CallsAtOnce = 20_000;
    private const int Rounds = 25;
    private const int RoundsOfMany = 7;

    public static int Run()
    {
        MachineReport.Print(Console.Out);
        Penguin[] penguins = Penguins(Fitted);
        using SpeciesPipeline pipeline = SpeciesPipeline.Fit(penguins);
        OneByOne(pipeline, penguins);
        AllAtOnce(pipeline, Penguins(Many));
        return 0;
    }

    private static void OneByOne(SpeciesPipeline pipeline, Penguin[] penguins)
    {
        OwnWorks.UseThreads(1);
        using SpeciesNet net = new(1);
        float[] features = [0.3f, -1, 0.5f, 1, 0, 2];
        float[] outputs = new float[3];
        double sum = 0;
        Action ofPipeline = () =>
        {
            for (int i = 0; i < CallsAtOnce; i++)
                sum += pipeline.Predict(penguins[i % penguins.Length]).Deep;
        };
        Action ofNetwork = () =>
        {
            for (int i = 0; i < CallsAtOnce; i++)
            {
                net.Predict(features, outputs);
                sum += outputs[0];
            }
        };
        List<double>[] times = [[], []];
        double[] bytes = new double[2];
        Action[] works = [ofPipeline, ofNetwork];
        for (int round = 0; round < Rounds; round++)
        {
            for (int work = 0; work < works.Length; work++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                times[work].Add(Time(works[work]));
                bytes[work] = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / CallsAtOnce;
            }
        }

        Console.WriteLine();
        Console.WriteLine("| one row | us | bytes |");
        Console.WriteLine("|---|---|---|");
        string[] names = ["pipeline", "its network alone"];
        for (int work = 0; work < works.Length; work++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {names[work]} | {Contest.Median(times[work]) / CallsAtOnce:F3} | {bytes[work]:F0} |"));
        GC.KeepAlive(sum);
    }

    private static void AllAtOnce(SpeciesPipeline pipeline, Penguin[] penguins)
    {
        Console.WriteLine();
        Console.WriteLine($"| {Many} rows at once, threads | us a row |");
        Console.WriteLine("|---|---|");
        foreach (int threads in Environment.ProcessorCount > 1 ? (int[])[1, 2] : [1])
        {
            OwnWorks.UseThreads(threads);
            List<double> times = [];
            for (int round = 0; round < RoundsOfMany; round++)
            {
                GC.Collect();
                int rows = 0;
                times.Add(Time(() => rows = pipeline.Transform(penguins).Count()));
                Trace.Assert(rows == Many);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {threads} | {Contest.Median(times) / Many:F3} |"));
        }
    }

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static Penguin[] Penguins(int count)
    {
        string[] islands = ["Biscoe", "Dream", "Torgersen"];
        string[] species = ["Adelie", "Gentoo", "Chinstrap"];
        Random random = new(7);
        Penguin[] penguins = new Penguin[count];
        for (int i = 0; i < count; i++)
        {
            int kind = random.Next(species.Length);
            double? measured(double value) => random.Next(100) == 0 ? null : value + (2 * random.NextDouble());
            penguins[i] = new Penguin(
                random.Next(30) == 0 ? null : "male", islands[random.Next(4) == 0 ? random.Next(3) : kind], measured(38 + (5 * kind)), measured(18 - kind), measured(3700 + (500 * kind)), species[kind], "");
        }

        return penguins;
    }
}
