using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Dsl.Pipelines;
using Dsl.Pipelines.Rows;
using Dsl.Tests;

namespace Dsl.Benchmarks.Pipelines;

/// <summary>What both sides fit: ours in memory, the peer's in files of plain doubles.</summary>
internal sealed class BenchData
{
    /// <summary>The column of vectors in <see cref="Batch"/>.</summary>
    public const int Features = 0;

    /// <summary>The column of numbers.</summary>
    public const int Value = 1;

    /// <summary>The column of classes, 0 and 1.</summary>
    public const int Label = 2;

    /// <summary>The column for predictions; others follow it that rows may use as they like.</summary>
    public const int Prediction = 3;

    private const int GeneratedColumns = 32;
    private const int Seed = 20260117;

    // So many doubles at a time between files and memory.
    private const int BufferLength = 1 << 16;

    private static readonly string[] HousingColumns =
        ["longitude", "latitude", "housing_median_age", "total_rooms", "total_bedrooms", "population", "households", "median_income"];

    private static readonly Lazy<BenchData> OfMillion = new(() => Generate(GeneratedRows));
    private static readonly Lazy<BenchData> OfHousing = new(ReadHousing);

    private static readonly Lazy<BenchData> OfSentences = new(ReadSentences);

    private readonly FeatureRows rows;
    private readonly double[] values;
    private readonly double[] labels;

    private BenchData(string name, FeatureRows rows, double[] values, double[] labels)
    {
        Name = name;
        this.rows = rows;
        this.values = values;
        this.labels = labels;
    }

    /// <summary>How many rows the generated table has.</summary>
    public static int GeneratedRows { get; set; } = 1_000_000;

    /// <summary>The generated table, 32 columns: a value that is linear in all of them, with a bend, a step and noise, and a class by chance from that.</summary>
    public static BenchData Million => OfMillion.Value;

    /// <summary>California's districts, complete rows: 20,433 of 8 columns; the value in 100,000 dollars, and whether it is above 1.8.</summary>
    public static BenchData Housing => OfHousing.Value;

    /// <summary>10,662 sentences of film reviews, and whether they are positive; no features yet.</summary>
    public static BenchData Sentences => OfSentences.Value;

    /// <summary>Its folder among the shared files.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => rows.Count;

    /// <summary>Where it has texts, one a row.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>The vectors.</summary>
    public FeatureRows X => rows;

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The classes.</summary>
    public ReadOnlySpan<double> Labels => labels;

    /// <summary>As a pipeline has it: columns of vectors, numbers, classes, and room for what a row makes.</summary>
    public ColumnBatch Batch()
    {
        ColumnBatch batch = new(["Features", "Value", "Label", "Prediction", "Probability", "RawPrediction", "Free1", "Free2", "Free3"], Rows, 0);
        batch.Set(Features, rows);
        batch.Set(Value, values);
        batch.Set(Label, labels);
        return batch;
    }

    /// <summary>A fit that nobody listens to.</summary>
    public static FitStep Step(string stage, ulong seed = 0) => new(stage, 0, 1, seed, null, CancellationToken.None);

    /// <summary>Writes it for the peer, once.</summary>
    public void Share(string folder)
    {
        string own = Path.Combine(folder, Name);
        if (Directory.Exists(own))
            return;
        Directory.CreateDirectory(own);
        using (FileStream file = File.Create(Path.Combine(own, "x.f64")))
        {
            double[] row = new double[rows.Size];
            foreach (FeatureBlock block in rows.Blocks)
            {
                for (int i = 0; i < block.Rows; i++)
                {
                    block.CopyRow(i, row);
                    file.Write(MemoryMarshal.AsBytes<double>(row));
                }
            }
        }

        Write(Path.Combine(own, "value.f64"), values);
        Write(Path.Combine(own, "label.f64"), labels);
        File.WriteAllText(Path.Combine(own, "columns"), rows.Size.ToString(CultureInfo.InvariantCulture));
        if (Texts is not null)
            File.WriteAllLines(Path.Combine(own, "texts"), Texts);
    }

    private static void Write(string path, ReadOnlySpan<double> numbers)
    {
        using FileStream file = File.Create(path);
        for (int i = 0; i < numbers.Length; i += BufferLength)
            file.Write(MemoryMarshal.AsBytes(numbers.Slice(i, Math.Min(BufferLength, numbers.Length - i))));
    }

    private static BenchData Generate(int count)
    {
        Random random = new(Seed);
        double[] weights = new double[GeneratedColumns];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Normal(random) / 4;
        FeatureRows rows = FeatureRows.Zeros(GeneratedColumns, count);
        double[] values = new double[count];
        double[] labels = new double[count];
        for (int row = 0; row < count; row++)
        {
            Span<double> x = rows.DenseRow(row);
            double sum = 0.5;
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = Normal(random);
                sum += weights[i] * x[i];
            }

            sum += (Math.Sin(2 * x[0]) * x[1]) + (x[2] > 0.5 ? 2 : 0);
            values[row] = sum + Normal(random);
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-sum)) ? 1 : 0;
        }

        return new BenchData("million", rows, values, labels);
    }

    /// <summary>Box and Muller, 1958.</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static BenchData ReadHousing()
    {
        string path = SharedFolder.Find("data/tabular/housing.csv") ?? throw new FileNotFoundException("There is no shared/data/tabular/housing.csv beside the repository.");
        string[] lines = File.ReadAllLines(path);
        string[] names = lines[0].Split(',');
        int[] places = Array.ConvertAll(HousingColumns, column => Array.IndexOf(names, column));
        int ofValue = Array.IndexOf(names, "median_house_value");
        string[][] complete = [.. lines.Skip(1).Select(line => line.Split(',')).Where(cells => places.All(place => cells[place].Length > 0))];
        FeatureRows rows = new(places.Length);
        foreach (string[] cells in complete)
            rows.Add(Vector.Dense(Array.ConvertAll(places, place => Number(cells[place]))));
        double[] values = Array.ConvertAll(complete, cells => Number(cells[ofValue]) / 100_000);
        return new BenchData("housing", rows, values, Array.ConvertAll(values, value => value > 1.8 ? 1.0 : 0));
    }

    private static BenchData ReadSentences()
    {
        string path = SharedFolder.Find("data/text/sentence_polarity.zip") ?? throw new FileNotFoundException("There is no shared/data/text/sentence_polarity.zip beside the repository.");
        using ZipArchive archive = ZipFile.OpenRead(path);
        string[][] sentences = [.. ((string[])["neg", "pos"]).Select(name =>
        {
            using StreamReader reader = new(archive.GetEntry($"sentence_polarity/rt-polarity.{name}")!.Open(), Encoding.Latin1);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        })];
        double[] labels = [.. sentences.SelectMany((texts, label) => texts.Select(_ => (double)label))];
        return new BenchData("sentences", FeatureRows.Zeros(1, labels.Length), labels, labels) { Texts = (string[])[.. sentences[0], .. sentences[1]] };
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
