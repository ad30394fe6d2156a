using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Dsl.Benchmarks.Peers;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines;

/// <summary>`pipelines-memory [--rows N] [names]`: the peak resident memory of a process that makes the generated table and fits a model on it with all threads, beside one that makes the table alone.</summary>
internal static class PipelinesMemoryCommand
{
    /// <summary>The argument by which the command starts itself for one fit.</summary>
    public const string OfOne = "pipelines-memory-of";

    private const string Table = "table";

    private static readonly IReadOnlyList<(string Name, Action Fit)> Fits =
    [
        (Table, () => BenchData.Million.Batch()),
        ("linear", () => Fit(new Rows.LinearRow())),
        ("logistic", () => Fit(new Rows.LogisticRow())),
        ("scaler-logistic", ScaleAndFit),
        ("forest", () => Fit(new Rows.ForestRow())),
        ("boosting", () => Fit(new Rows.BoostingRow())),
        ("kmeans", () => Fit(new Rows.KMeansRow())),
    ];

    public static int Run(string[] arguments)
    {
        string rows = "1000000";
        if (arguments is ["--rows", _, ..])
            (rows, arguments) = (arguments[1], arguments[2..]);
        foreach (string name in arguments.Except(Fits.Select(fit => fit.Name)))
        {
            Console.Error.WriteLine($"There is no fit '{name}'. Fits: {string.Join(", ", Fits.Select(fit => fit.Name))}");
            return 2;
        }

        double data = int.Parse(rows, CultureInfo.InvariantCulture) * 32.0 * sizeof(double) / 1e6;
        double table = MemoryCommand.PeakOf(Child(Table, rows));
        Console.WriteLine("| fit | peak MB | beside the table's own | that by the data in double |");
        Console.WriteLine("|---|---|---|---|");
        foreach ((string name, _) in Fits.Where(fit => arguments.Length == 0 || fit.Name == Table || arguments.Contains(fit.Name)))
        {
            double peak = name == Table ? table : MemoryCommand.PeakOf(Child(name, rows));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {peak:F0} | {peak - table:F0} | {(peak - table) / data:F2} |"));
        }

        return 0;
    }

    /// <summary>One fit, in this process: writes the peak in megabytes.</summary>
    public static int RunOne(string name, string rows)
    {
        BenchData.GeneratedRows = int.Parse(rows, CultureInfo.InvariantCulture);
        foreach ((string own, Action fit) in Fits)
        {
            if (own == name)
                fit();
        }

        Console.WriteLine(MemoryCommand.Peak().ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static ProcessStartInfo Child(string name, string rows) => new(Environment.ProcessPath!, [.. MemoryCommand.Assembly(), OfOne, name, rows]);

    private static void Fit(PipelineRow row) => row.Own(row.Data()).Fit();

    private static void ScaleAndFit()
    {
        const int Scaled = BenchData.RawPrediction + 1;
        ColumnBatch batch = BenchData.Million.Batch();
        StandardScalerModel.Fit(BenchData.Step("Scaler"), batch, BenchData.Features, withMean: true, withStd: true).Transform(batch, BenchData.Features, Scaled);
        LogisticRegressionModel.Fit(BenchData.Step("Logistic"), batch, Scaled, BenchData.Label, -1, 2, 100, 0, 0, 1e-6, true, true, 0.5, LogisticFamily.Auto);
    }
}
