using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Dsl.Pipelines.Rows;
using Dsl.Tests;

namespace Dsl.Pipelines.Tests.Linear;

/// <summary>The tables that figures of MLlib were made from: complete rows, in the files' order.</summary>
internal static class Tables
{
    private static readonly string[] Species = ["Adelie", "Chinstrap", "Gentoo"];

    // By how often they occur, as StringIndexer numbers them.
    private static readonly string[] Islands = ["Biscoe", "Dream", "Torgersen"];

    private static readonly Lazy<Table> ReadPenguins = new(Penguins);
    private static readonly Lazy<Table?> ReadHousing = new(Housing);

    private static string PenguinsFile => Path.Combine(AppContext.BaseDirectory, "mllib", "penguins.csv");

    /// <summary>A table by its name in the figures; null where its file is not on this machine.</summary>
    public static Table? Named(string name) => name == "penguins" ? ReadPenguins.Value : ReadHousing.Value;

    /// <summary>The length of every penguin's bill, null where nobody measured it.</summary>
    public static double?[] LengthsWithGaps() =>
        [.. Read(PenguinsFile).Select(row => row["bill_length_mm"]).Select(text => text == "NA" ? (double?)null : double.Parse(text, CultureInfo.InvariantCulture))];

    private static Table Penguins()
    {
        List<Dictionary<string, string>> rows = [.. Read(PenguinsFile).Where(row => row["bill_length_mm"] != "NA")];
        double[][] measures = [.. rows.Select(row => Numbers(row, "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"))];
        double[] species = [.. rows.Select(row => (double)Array.IndexOf(Species, row["species"]))];
        return new Table(
            new()
            {
                ["features"] = measures,
                ["bill"] = [.. measures.Select(row => row[..3])],
                ["places"] = [.. measures.Zip(rows, (row, line) => (double[])[.. row[..3], Array.IndexOf(Islands, line["island"])])],
            },
            new()
            {
                ["species"] = species,
                ["chinstrap"] = [.. species.Select(s => s == 1 ? 1.0 : 0)],
                ["mass"] = [.. measures.Select(row => row[3] / 1000)],
                ["weight"] = [.. measures.Select((_, i) => 1 + (i % 3 / 2.0))],
            });
    }

    private static Table? Housing()
    {
        if (SharedFolder.Find("data/tabular/housing.csv") is not { } path)
            return null;
        string[] columns = ["longitude", "latitude", "housing_median_age", "total_rooms", "total_bedrooms", "population", "households", "median_income"];
        List<Dictionary<string, string>> rows = [.. Read(path).Where(row => columns.All(column => row[column].Length > 0))];
        double[] values = [.. rows.Select(row => double.Parse(row["median_house_value"], CultureInfo.InvariantCulture) / 100000)];
        return new Table(
            new() { ["features"] = [.. rows.Select(row => Numbers(row, columns))] },
            new() { ["value"] = values, ["dear"] = [.. values.Select(value => value > 1.8 ? 1.0 : 0)] });
    }

    private static double[] Numbers(Dictionary<string, string> row, params string[] columns) =>
        [.. columns.Select(column => double.Parse(row[column], CultureInfo.InvariantCulture))];

    private static IEnumerable<Dictionary<string, string>> Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] names = lines[0].Split(',');
        return lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second));
    }
}

/// <summary>Vectors and numbers by name.</summary>
internal sealed record Table(Dictionary<string, double[][]> Vectors, Dictionary<string, double[]> Numbers)
{
    /// <summary>A column of vectors; sparse ones where asked.</summary>
    public FeatureRows Features(string name, bool sparse = false)
    {
        FeatureRows rows = new(Vectors[name][0].Length);
        foreach (double[] row in Vectors[name])
            rows.Add(sparse ? Vector.Sparse(row.Length, [.. Enumerable.Range(0, row.Length).Where(i => row[i] != 0)], [.. row.Where(x => x != 0)]) : Vector.Dense(row));
        return rows;
    }
}
