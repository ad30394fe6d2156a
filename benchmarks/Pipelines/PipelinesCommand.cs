using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Dsl.Benchmarks.Machine;
using Dsl.Benchmarks.Peers;

namespace Dsl.Benchmarks.Pipelines;

/// <summary>`pipelines [--rows N] [names]`: fits of classical models beside scikit-learn's, by turns, a row each for one and two threads.</summary>
internal static class PipelinesCommand
{
    private static readonly int[] ThreadCounts = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public static int Run(string[] arguments)
    {
        if (arguments is ["--rows", string count, ..])
        {
            BenchData.GeneratedRows = int.Parse(count, CultureInfo.InvariantCulture);
            arguments = arguments[2..];
        }

        List<PipelineRow> all = [.. typeof(PipelineRow).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PipelineRow)))
            .Select(type => (PipelineRow)Activator.CreateInstance(type)!).OrderBy(row => row.Name, StringComparer.Ordinal)];
        foreach (string name in arguments.Except(all.Select(row => row.Name)))
        {
            Console.Error.WriteLine($"There is no row '{name}'. Rows: {string.Join(", ", all.Select(row => row.Name))}");
            return 2;
        }

        MachineReport.Print(Console.Out);
        List<PipelineContest> contests = [.. all.Where(row => arguments.Length == 0 || arguments.Contains(row.Name)).Select(row => new PipelineContest(row, ThreadCounts))];
        string folder = Directory.CreateTempSubdirectory("dsl-pipelines-").FullName;
        try
        {
            for (int i = 0; i < contests.Count; i++)
                contests[i].Run(folder, announce: i == 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine();
        Console.WriteLine("| name | threads | ours us | peer | peer us | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (PipelineContest contest in contests)
        {
            for (int i = 0; i < ThreadCounts.Length; i++)
                PeersCommand.WriteRow(contest.Row.Name, ThreadCounts[i], contest.OurMicroseconds(i), Peer.ScikitLearn, contest.PeerMicroseconds(i));
        }

        Console.WriteLine();
        Console.WriteLine("| name | figure | ours | scikit-learn's | rounds, ours / its | two threads, times as fast |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (PipelineContest contest in contests)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {contest.Row.Name} | {contest.Row.Figure} | {contest.OurFigure:G10} | {contest.PeerFigure:G10} | {contest.Rounds} | {contest.TimesAsFast:F2} |"));
        }

        Console.WriteLine();
        Console.WriteLine($"load average at the end: {MachineReport.Load}");
        return 0;
    }
}
