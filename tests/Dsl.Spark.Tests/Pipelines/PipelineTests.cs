using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Sql;
using Dsl.Spark.Sql.Streaming;
using Dsl.Spark.Types;
using Xunit;
using static Dsl.Spark.Sql.Functions;

namespace Dsl.Spark.Tests.Pipelines;

/// <summary>Fitted pipelines in the executors of a real Spark, against the same in this process.</summary>
[Collection(SparkCollection.Name)]
public sealed class PipelineTests(RealSpark spark)
{
    private const string BirdSchema = "sex STRING, island STRING, bill_length_mm DOUBLE, bill_depth_mm DOUBLE, body_mass_g DOUBLE, year INT, species STRING, extra INT";

    [FactWithSpark]
    public async Task A_batch_and_a_stream_give_what_this_process_gives()
    {
        Bird[] birds = Birds(700);
        using BirdPipeline pipeline = BirdPipeline.Fit(birds);
        BirdPipeline.OutputRow[] here = [.. pipeline.Transform(birds)];
        SparkSession session = await spark.ShareAsync();
        string folder = spark.NewFolder();
        await Table(session, birds).Repartition(3).Write.ParquetAsync(folder + "/birds");

        DataFrame scored = pipeline.Transform(session.Read.Parquet(folder + "/birds"));
        Compare(here, await scored.CollectAsync());

        DataFrame arriving = pipeline.Transform(session.ReadStream.Schema(BirdSchema).Parquet(folder + "/birds"));
        StreamingQuery query = await arriving.WriteStream.Format("parquet").Option("checkpointLocation", folder + "/checkpoint").Trigger(Trigger.AvailableNow()).StartAsync(folder + "/out");
        Assert.True(await query.AwaitTerminationAsync(TimeSpan.FromMinutes(1)));
        Assert.Null(await query.ExceptionAsync());
        Compare(here, await session.Read.Parquet(folder + "/out").CollectAsync());
    }

    [FactWithSpark]
    public async Task A_table_needs_no_label_and_what_else_it_lacks_is_said_before_any_job()
    {
        Bird[] birds = Birds(60);
        using BirdPipeline pipeline = BirdPipeline.Fit(birds);
        SparkSession session = await spark.ShareAsync();
        DataFrame table = Table(session, birds);
        IReadOnlyList<Row> rows = await pipeline.Transform(table.Drop("species")).CollectAsync();
        BirdPipeline.OutputRow[] here = [.. pipeline.Transform(birds)];
        Assert.All(rows, row => Assert.True(row.IsNullAt(row.Schema.IndexOf("Label"))));
        Assert.Equal(here.Select(row => row.DeepSpecies), rows.Select(row => row.Get<string>("DeepSpecies")));

        ArgumentException missing = Assert.Throws<ArgumentException>(() => pipeline.Transform(table.Drop("bill_depth_mm")));
        Assert.StartsWith("BirdPipeline takes a column bill_depth_mm (double), but the table has sex (string), island (string), bill_length_mm (double)", missing.Message, StringComparison.Ordinal);
        ArgumentException other = Assert.Throws<ArgumentException>(() => pipeline.Transform(table.WithColumn("body_mass_g", Col("body_mass_g").Cast("string"))));
        Assert.Equal("BirdPipeline takes double as body_mass_g, but the table has string: cast the column, as in Col(\"body_mass_g\").Cast(\"double\").", other.Message);
    }

    [FactWithSpark]
    public async Task Sparse_vectors_of_words_and_rows_that_go()
    {
        string[] good = ["a fine film", "moving and honest", "what a wonderful story", "fine and moving"];
        string[] bad = ["a dull film", "tedious and dull", "what a mess", "a tedious story"];
        Opinion[] opinions = [.. Enumerable.Range(0, 200).Select(i => new Opinion(i % 17 == 3 ? null : i % 2 == 0 ? good[i / 2 % 4] : bad[i / 2 % 4], i % 2 == 0))];
        using OpinionPipeline pipeline = OpinionPipeline.Fit(opinions);
        OpinionPipeline.OutputRow[] here = [.. pipeline.Transform(opinions)];
        SparkSession session = await spark.ShareAsync();
        DataFrame table = session.CreateDataFrame(
            opinions.Select(one => new object?[] { one.Text, one.Liked }), new StructType(new StructField("Text", new StringType()), new StructField("Liked", new BooleanType())));
        IReadOnlyList<Row> rows = await pipeline.Transform(table).CollectAsync();
        Assert.Equal(here.Length, rows.Count);
        for (int i = 0; i < rows.Count; i++)
        {
            Assert.Equal(here[i].Text, rows[i].Get<string>("Text"));
            Assert.Equal(here[i].Words, rows[i].Get<string[]>("Words"));
            Assert.Equal(here[i].Weights.ToArray(), rows[i].Get<double[]>("Weights"));
            Assert.Equal(here[i].Prediction, rows[i].Get<double>("Prediction"));
            Assert.Equal(here[i].Probability[1], rows[i].Get<double[]>("Probability")[1], 1e-9);
        }
    }

    private static void Compare(BirdPipeline.OutputRow[] here, IReadOnlyList<Row> rows)
    {
        Assert.Equal(here.Length, rows.Count);
        Dictionary<(double, double, double, string), BirdPipeline.OutputRow> byFigures = here.ToDictionary(row => (row.BillLength, row.BillDepth, row.BodyMass, row.Species));
        foreach (Row row in rows)
        {
            BirdPipeline.OutputRow wanted = byFigures[(row.Get<double>("bill_length_mm"), row.Get<double>("bill_depth_mm"), row.Get<double>("body_mass_g"), row.Get<string>("Species"))];
            Assert.Equal((wanted.Island, wanted.Year), (row.Get<string>("Island"), row.Get<int>("Year")));
            Assert.Equal(wanted.Label, row.Get<double>("Label"));
            Assert.Equal(wanted.Ratio, row.Get<double>("Ratio"), 1e-9);
            Assert.Equal(wanted.Features.ToArray(), row.Get<double[]>("Features"));
            Assert.Equal(wanted.Linear, row.Get<double>("Linear"));
            Assert.Equal(wanted.LinearProbability[0], row.Get<double[]>("LinearProbability")[0], 1e-9);
            Assert.Equal(wanted.DeepProbability[0], row.Get<double[]>("DeepProbability")[0], 1e-5);
            Assert.Equal(wanted.DeepSpecies, row.Get<string>("DeepSpecies"));
            Assert.Equal(-1, row.Schema.IndexOf("Tag"));
        }
    }

    private static DataFrame Table(SparkSession session, Bird[] birds) => session.CreateDataFrame(
        birds.Select(bird => new object?[] { bird.Sex, bird.Island, bird.BillLength, bird.BillDepth, bird.BodyMass, bird.Year, bird.Species, 7 }),
        new StructType(
            new StructField("sex", new StringType()),
            new StructField("island", new StringType()),
            new StructField("bill_length_mm", new DoubleType()),
            new StructField("bill_depth_mm", new DoubleType()),
            new StructField("body_mass_g", new DoubleType()),
            new StructField("year", new IntegerType()),
            new StructField("species", new StringType()),
            new StructField("extra", new IntegerType())));

    /// <summary>Birds of three species that figures tell apart, some not measured; the penguins themselves where they are at hand.</summary>
    private static Bird[] Birds(int count)
    {
        if (SharedFolder.Find("data/tabular/penguins.csv") is { } path)
            return [.. File.ReadLines(path).Skip(1).Take(count).Select((line, i) => Of(line.Split(','), i))];

        Random random = new(3);
        return [.. Enumerable.Range(0, count).Select(i => new Bird(
            null, i % 3 == 0 ? "Biscoe" : i % 3 == 1 ? "Dream" : "Torgersen", 40 + (3 * (i % 3)) + random.NextDouble(), i % 19 == 0 ? null : 20 - (i % 3) - random.NextDouble(), 3000 + i, 2007 + (i % 3),
            $"species{i % 3}", "", default))];

        // A tiny part of each figure makes every bird one of its own.
        static Bird Of(string[] cells, int i) => new(
            cells[6] == "NA" ? null : cells[6], cells[1], Number(cells[2]), Number(cells[3]), Number(cells[5]) + (i * 1e-3), int.Parse(cells[7], CultureInfo.InvariantCulture), cells[0], "", default);

        static double? Number(string cell) => cell == "NA" ? null : double.Parse(cell, CultureInfo.InvariantCulture);
    }
}
