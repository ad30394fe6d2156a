using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <summary>A valid pipeline drawn at random: a walk over stages that keeps track of columns as the page has them, with what the compiler is to say about it.</summary>
internal sealed partial class DrawnPipeline
{
    private readonly Random random;
    private readonly DrawnRow row;
    private readonly List<DrawnColumn> columns;
    private readonly List<Drawn> stages = [];
    private readonly List<string> attributes = [];
    private readonly List<string> scores = [];
    private readonly List<string> methods = [];
    private readonly List<string> networks = [];
    private readonly HashSet<string> scoreNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> stageNames = new(StringComparer.Ordinal);
    private readonly List<string> late = [];
    private readonly DrawnPlaces places;
    private int drops;
    private bool hasSplit;
    private string output = "";
    private HashSet<string>? selected;

    public DrawnPipeline(int seed, string space)
    {
        random = new Random(seed);
        Space = space;
        row = new DrawnRow(random);
        columns = [.. row.Columns];
        places = new DrawnPlaces(random);
        int count = random.Next(3, 13);
        int models = random.Next(10) == 0 ? 0 : random.Next(1, 4);
        int made = 0;
        for (int tries = 0; made < count && tries < 200; tries++)
            made += AddStage() ? 1 : 0;
        for (int i = 0; i < models; i++)
        {
            if (!AddModel())
                break;
            for (int more = random.Next(4); more > 0; more--)
                AddBehind();
        }

        AddTuning();
        AddOutput();
        attributes.AddRange(stages.Select(stage => stage.Attribute));
        Scatter(scores);
        Scatter(tuning);
        Scatter(output.Length > 0 ? [output] : []);
    }

    /// <summary>The namespace that all of it stands in.</summary>
    public string Space { get; }

    /// <summary>What models predict, beside the labels that it is compared with, where the output row has both: prediction, label, metric, property of the scores.</summary>
    public List<(string Prediction, string Label, string Metric, string Score)> Compared { get; } = [];

    /// <summary>Columns that rows and batches may differ in by a rounding of floats.</summary>
    public string[] Loose => [.. columns.Where(column => column.IsLoose).Select(column => column.Name)];

    /// <summary>Vectors of thousands of elements are in it, or classes that are declared and not known: rows are few.</summary>
    public bool IsForFew => stages.Exists(stage => stage.Made.Any(made => made.IsWide || made.IsForFew));

    /// <summary>The class of reflection that makes rows, and that which calls the pipeline.</summary>
    public (string Make, string Run) Types => ($"{Space}.{places.Outer}Make", $"{Space}.{places.Outer}Run");

    /// <summary>The header of a file of rows; empty where they cannot be read.</summary>
    public string[] Header => row.IsRead ? [.. row.Header] : [];

    private sealed record Drawn(string Attribute, IReadOnlyList<DrawnColumn> Read, IReadOnlyList<DrawnColumn> Made, bool Learns, bool IsModel, bool IsQuiet);

    /// <summary>The ids that the analyzer is to report, each with the text that it underlines.</summary>
    public IEnumerable<string> Expected() => Enumerable.Range(-1, Points + 1).SelectMany(Expected);

    /// <summary>Of the pipeline itself, -1, and of one of a point.</summary>
    private IEnumerable<string> Expected(int point)
    {
        foreach (string argument in late)
            yield return "DSL508 " + argument;
        int split = stages.FindIndex(stage => stage.Attribute.StartsWith("Split", StringComparison.Ordinal));
        for (int i = 0; i < stages.Count; i++)
        {
            Drawn stage = stages[i];
            string attribute = point < 0 ? stage.Attribute : At(point, i).Replace("nameof(P.", $"nameof(Q{point}.", StringComparison.Ordinal);
            if (i < split && stage.Learns)
                yield return "DSL516 " + attribute;
            if (!stages.Exists(one => one.IsModel) || stage.IsModel || stage.IsQuiet || stage.Made.Count == 0)
                continue;
            if (stage.Made.Any(made => !made.IsOfPrediction && !stages.Exists(one => one.Read.Any(read => ReferenceEquals(read, made))) && !(selected is not null && IsSelected(made))))
                yield return "DSL513 " + attribute;
        }
    }

    /// <summary>Row type, networks and pipeline.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append("#nullable enable\nnamespace ").Append(Space).Append(";\nusing System;\nusing System.Linq;\nusing Dsl;\n").Append(places.Begin(Space, row.Type(places.RowAccess)));
        foreach (string network in networks)
            text.Append(places.Network(network)).Append('\n');
        text.Append(row.Make(places.DriverAccess, places.RowWithin)).Append(places.BeforePipeline).Append("[Pipeline<Row>]\n");
        foreach (string attribute in attributes)
            text.Append('[').Append(attribute).Append("]\n");
        text.Append(places.PipelineAccess).Append(" partial class P\n{\n");
        foreach (string method in methods)
            text.Append("    ").Append(method).Append('\n');
        text.Append("}\n");
        WritePoints(text);
        text.Append(places.BehindPipeline);
        text.Append(places.DriverAccess).Append(" static class Run\n{\n    public static P Fit(Row[] rows, PipelineOptions options) { ").Append(Giving("P.Fit")).Append(" }\n")
            .Append("    public static P Load(string folder, PipelineOptions options) => P.Load(folder, options);\n")
            .Append("    public static string Explain(P pipeline, Row row) => pipeline.Explain(row);\n")
            .Append("    public static object? Scores(P pipeline, Row[] rows) => ").Append(scores.Count > 0 ? "pipeline.Evaluate(rows)" : "null").Append(";\n")
            .Append(row.IsRead ? "    public static Row[] Read(string path) => P.ReadCsv(path).ToArray();\n" : "");
        WriteTuning(text);
        return text.Append("}\n").Append(places.End).ToString();
    }

    private static string Text(double number) => double.IsPositiveInfinity(number) ? "double.PositiveInfinity" : double.IsNegativeInfinity(number) ? "double.NegativeInfinity"
        : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string name) => $"\"{name}\"";

    private static string Quoted(IEnumerable<DrawnColumn> read) => string.Join(", ", read.Select(column => Quoted(column.Name)));

    private bool Chance(int percent) => random.Next(100) < percent;

    private double Between(double least, double most) => Math.Round(least + (random.NextDouble() * (most - least)), 3);

    private T One<T>(params T[] of) => of[random.Next(of.Length)];

    /// <summary>An option, now and then.</summary>
    private string Maybe(string name, string value, int percent = 40) => Chance(percent) ? $", {name} = {value}" : "";

    private string Maybe(string name, bool value, int percent = 40) => Maybe(name, value ? "true" : "false", percent);

    private string Maybe(string name, double value, int percent = 40) => Maybe(name, Text(value), percent);

    /// <summary>A column for features, one that is not sensitive, not loose and not kept for labels.</summary>
    private DrawnColumn? Pick(Func<DrawnColumn, bool> fits, bool takesNull = false, bool takesSensitive = false)
    {
        DrawnColumn[] all = [.. columns.Where(column => column.Kind != DrawnKind.Carried && !column.IsLabel && !column.IsLoose && (takesNull || !column.MayBeNull) && (takesSensitive || !column.IsSensitive) && fits(column))];
        return all.Length == 0 ? null : all[random.Next(all.Length)];
    }

    private List<DrawnColumn> Several(int most, Func<DrawnColumn, bool> fits, bool takesNull = false, bool takesSensitive = false)
    {
        List<DrawnColumn> all = [];
        int count = random.Next(1, most + 1);
        for (int i = 0; i < count; i++)
        {
            if (Pick(column => fits(column) && !all.Exists(one => one.Name == column.Name), takesNull, takesSensitive) is { } one)
                all.Add(one);
        }

        return all;
    }

    private string Named(string attribute)
    {
        if (!Chance(12))
            return attribute;
        string name = One("Model", "Batch", "Run", "way", "values", "rows", "Made", "Zero", "seed", "cells", "Held") + (Chance(50) ? "" : "_" + stages.Count.ToString(CultureInfo.InvariantCulture));
        if (!stageNames.Add(name))
            return attribute;
        return attribute[..^1] + $"{(attribute.EndsWith("()", StringComparison.Ordinal) ? "" : ", ")}Name = \"{name}\")";
    }

    private bool Add(string attribute, IReadOnlyList<DrawnColumn> read, DrawnColumn[] made, bool learns = false, bool isModel = false, bool isQuiet = false, bool isInPlace = false)
    {
        for (int i = 0; i < made.Length; i++)
        {
            IEnumerable<DrawnColumn> from = isInPlace ? [read[i]] : read;
            made[i] = made[i] with
            {
                Stage = stages.Count,
                IsLoose = made[i].IsLoose || from.Any(column => column.IsLoose),
                IsOfPrediction = isModel || from.Any(column => column.IsOfPrediction),
                IsLabel = made[i].IsLabel || (from.Any(column => column.IsLabel) && !isModel),
                IsOwn = isInPlace && read[i].IsOwn,
            };
            int at = columns.FindIndex(column => column.Name == made[i].Name);
            if (at < 0)
                columns.Add(made[i]);
            else
                columns[at] = made[i];
        }

        stages.Add(new(Named(attribute), read, made, learns, isModel, isQuiet));
        return true;
    }

    private bool Vector(string attribute, DrawnColumn read, string output, int size, bool learns, Func<DrawnColumn, DrawnColumn>? with = null)
    {
        DrawnColumn made = new(output, DrawnKind.Vector, "Vector") { Size = size, IsSizeDeclared = size > 0 && read.IsSizeDeclared, MayBeNaN = read.MayBeNaN, IsNonNegative = read.IsNonNegative };
        return Add(attribute, [read], [with is null ? made : with(made)], learns);
    }

    /// <summary>Attributes that see the whole class, behind the stages or anywhere among them, in their order.</summary>
    private void Scatter(List<string> some)
    {
        bool isBehind = Chance(60);
        int[] places = [.. some.Select(_ => isBehind ? attributes.Count : random.Next(attributes.Count + 1)).Order()];
        for (int i = some.Count - 1; i >= 0; i--)
            attributes.Insert(places[i], some[i]);
    }

    private bool IsSelected(DrawnColumn made) => selected!.Contains(made.Name) && columns.Exists(column => ReferenceEquals(column, made));

    private void AddOutput()
    {
        if (Chance(70))
            return;
        string[] names = [.. columns.Where(column => !column.IsSensitive).Select(column => column.Name)];
        random.Shuffle(names);
        names = names[..random.Next(1, names.Length + 1)];
        bool isSelect = Chance(50);
        output = $"{(isSelect ? "Select" : "DropColumns")}({string.Join(", ", names.Select(Quoted))})";
        if (isSelect)
            selected = [.. names];
        Compared.RemoveAll(one => isSelect != names.Contains(one.Prediction) || isSelect != names.Contains(one.Label));
    }
}
