using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Report.Tests;

/// <summary>Where the columns of a pipeline go down beside its stages.</summary>
public sealed class PipelinePictureTests
{
    private static readonly PipelineColumn[] Penguin =
    [
        new("Sex", "text or null"), new("Island", "text"), new("BillLength", "number or null"), new("BillDepth", "number or null"), new("Species", "text"),
    ];

    private static readonly PipelineStage[] Stages =
    [
        new("Imputer1", "Imputer", false, ["BillLength", "BillDepth"], [new("BillLength", "number"), new("BillDepth", "number")], "BillLength 43.9, BillDepth 17.2"),
        new("StringIndexer1", "StringIndexer", false, ["Species"], [new("Label", "class number of 3")], "Adelie, Gentoo, Chinstrap"),
        new("VectorAssembler1", "VectorAssembler", false, ["BillLength", "BillDepth"], [new("Raw", "vector of 2")], null),
        new("StandardScaler1", "StandardScaler", false, ["Raw"], [new("Features", "vector of 2")], "mean 43.9, 17.2"),
        new("LogisticRegression1", "LogisticRegression", true, ["Features", "Label"], [new("Prediction", "class number of 3"), new("Probability", "vector of 3")], "3 × 2 coefficients"),
    ];

    [Fact]
    public void A_column_goes_down_to_the_last_stage_that_reads_it_before_it_is_changed()
    {
        ColumnLanes lanes = new(Penguin, Stages);
        Assert.Equal(
            [
                "Sex 0-0", "Island 1-1", "BillLength 2-5", "BillDepth 3-5", "Species 4-6", "BillLength 5-7", "BillDepth 5-7", "Label 6-9", "Raw 7-8", "Features 8-9", "Prediction 9-9",
                "Probability 9-9",
            ],
            lanes.All.Select(lane => $"{lane.Column.Name} {lane.From}-{lane.To}"));
        Assert.Equal(lanes.All[2].Lane, lanes.All[5].Lane);
    }

    [Fact]
    public void In_any_pipeline_every_column_is_drawn_and_no_two_share_a_lane_at_once()
    {
        Gen<(PipelineColumn[] Columns, PipelineStage[] Stages)> pipelines = Gen.Choose(0, int.MaxValue).Select(seed => Draw(new Random(seed)));
        Prop.ForAll(pipelines.ToArbitrary(), pipeline =>
        {
            ColumnLanes lanes = new(pipeline.Columns, pipeline.Stages);
            Assert.Equal(pipeline.Columns.Concat(pipeline.Stages.SelectMany(stage => stage.Outputs)), lanes.All.Select(lane => lane.Column));
            for (int i = 0; i < pipeline.Stages.Length; i++)
            {
                int row = i + pipeline.Columns.Length;
                Assert.Equal(pipeline.Stages[i].Inputs.Distinct(), lanes.ReadBy(row).Select(at => lanes.All[at].Column.Name));
                Assert.All(lanes.ReadBy(row), at => Assert.InRange(row, lanes.All[at].From + 1, lanes.All[at].To));
            }

            foreach (IGrouping<int, ColumnLane> lane in lanes.All.GroupBy(lane => lane.Lane))
                Assert.All(lane.Zip(lane.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From && pair.First.From < pair.Second.From, $"{pair.First} and {pair.Second}"));
            Assert.Equal(lanes.Count, lanes.All.Select(lane => lane.Lane).Distinct().Count());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_card_names_every_stage_and_what_it_learnt()
    {
        XElement card = XDocument.Parse("<html>" + Between(new ReportPage("p").Pipeline(new Shown()).ToHtml(), "<section", "</section>") + "</html>").Root!;
        XElement picture = Assert.Single(card.Descendants("svg"));
        Assert.Equal("the columns and stages of Species and how they are connected", (string?)picture.Attribute("aria-label"));
        string[] names = [.. picture.Descendants("tspan").Select(span => span.Value)];
        Assert.Equal(Penguin.Select(column => column.Name).Concat(Stages.Select(stage => stage.Name)), names);
        Assert.Contains("Features, Label → Prediction (class number of 3), Probability (vector of 3)", picture.Value, StringComparison.Ordinal);
        Assert.Equal(Stages.Where(stage => stage.Learned is not null).Select(stage => stage.Learned!), card.Descendants("tbody").Elements("tr").Select(row => row.Elements("td").Last().Value));
        foreach (XElement circle in picture.Descendants("circle"))
            Assert.InRange(double.Parse((string)circle.Attribute("cx")!, CultureInfo.InvariantCulture), 0, 320);
    }

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal);
        return text[from..(text.IndexOf(end, from, StringComparison.Ordinal) + end.Length)];
    }

    private static (PipelineColumn[] Columns, PipelineStage[] Stages) Draw(Random random)
    {
        PipelineColumn[] columns = [.. Enumerable.Range(0, random.Next(1, 12)).Select(i => new PipelineColumn($"c{i}", "number"))];
        List<string> known = [.. columns.Select(column => column.Name)];
        List<PipelineStage> stages = [];
        for (int i = random.Next(0, 12); i > 0; i--)
        {
            string[] inputs = [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => known[random.Next(known.Count)])];
            string[] outputs = random.Next(4) == 0 ? [.. inputs.Distinct()] : [.. Enumerable.Range(0, random.Next(0, 4)).Select(n => $"s{i}_{n}")];
            known.AddRange(outputs.Except(known));
            stages.Add(new PipelineStage($"S{i}", "S", random.Next(2) == 0, inputs, [.. outputs.Select(name => new PipelineColumn(name, "vector"))], null));
        }

        return (columns, [.. stages]);
    }

    private sealed class Shown : IPipeline
    {
        public string Name => "Species";

        public IReadOnlyList<PipelineColumn> Columns => Penguin;

        public IReadOnlyList<PipelineStage> Stages => PipelinePictureTests.Stages;

        public string Summary() => throw new InvalidOperationException();

        public void Save(string folder) => throw new InvalidOperationException();

        public void Dispose()
        {
        }
    }
}
