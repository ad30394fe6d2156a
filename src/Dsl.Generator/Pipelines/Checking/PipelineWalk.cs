using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>
/// Walks the stages of one declaration in order and works out every column. Where the row or the order is wrong it is blind: of no column it is known whether it is there, and what is
/// found is what does not depend on that.
/// </summary>
internal sealed class PipelineWalk
{
    // What is said of columns, wherever it stands.
    private static readonly HashSet<string> OfColumns = new(
        [
            DiagnosticIds.NoSuchColumn, DiagnosticIds.WrongColumn, DiagnosticIds.MayBeNull, DiagnosticIds.ColumnExists, DiagnosticIds.WrongRow, DiagnosticIds.InputDoesNotFit, DiagnosticIds.SizeUnknown,
            DiagnosticIds.NetworkDoesNotFit, DiagnosticIds.Leaks, DiagnosticIds.UnusedColumn, DiagnosticIds.LabelLeaks, DiagnosticIds.SeesTestRows,
        ],
        StringComparer.Ordinal);

    private readonly Declaration declaration;
    private readonly PipelineFacts facts;
    private readonly NameRules names;
    private readonly List<Finding> findings;
    private readonly CancellationToken cancellation;
    private readonly Scope scope = new();
    private readonly List<CheckedStage> stages = [];
    private readonly List<(int Ordinal, Entry Entry)> entries = [];
    private readonly HashSet<int> possible = [];
    private readonly bool isBlind;
    private CheckedPipeline pipeline;

    private PipelineWalk(CheckedPipeline pipeline, NameRules names, List<Finding> findings, bool isBlind, CancellationToken cancellation)
    {
        this.isBlind = isBlind;
        this.names = names;
        this.findings = findings;
        this.cancellation = cancellation;
        this.pipeline = pipeline with { Stages = stages };
        declaration = pipeline.Declaration;
        facts = pipeline.Facts!;
    }

    /// <summary>Every column of a pipeline whose row and order are right.</summary>
    public static CheckedPipeline Run(CheckedPipeline pipeline, NameRules names, List<Finding> findings, CancellationToken cancellation) =>
        new PipelineWalk(pipeline, names, findings, isBlind: false, cancellation).Run();

    /// <summary>What is wrong with a pipeline whatever its columns are.</summary>
    public static IEnumerable<Finding> Blind(CheckedPipeline pipeline, NameRules names, CancellationToken cancellation)
    {
        List<Finding> findings = [];
        _ = new PipelineWalk(pipeline, names, findings, isBlind: true, cancellation).Run();
        return findings.Where(finding => !OfColumns.Contains(finding.Descriptor.Id));
    }

    private CheckedPipeline Run()
    {
        FindStages();
        scope.HasHoles = isBlind;
        if (!isBlind)
            AddRow();
        foreach ((int ordinal, Entry entry) in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            scope.HasHoles |= declaration.Entries.Take(ordinal).Any(IsHole);
            AddStage(ordinal, entry);
        }

        scope.HasHoles = declaration.Entries.Any(IsHole);
        pipeline = pipeline with
        {
            Columns = scope.All,
            Split = stages.Find(stage => stage.Stage is SplitStage),
            MayDrop = stages.Exists(Drops),
        };
        pipeline = pipeline with { Output = new OutputRules(pipeline, scope, names, findings).Find() };
        pipeline = new ScoreRules(pipeline, scope, names, findings).Check();
        pipeline = GridRules.Check(pipeline, findings);
        UsageRules.Check(pipeline, findings);
        return pipeline;
    }

    private bool IsHole(Entry entry) => entry.Construct is StageRule && (entry.IsBroken || entry.Construct == declaration.Kind.Unknown);

    /// <summary>What of the entries is a step of a row's way.</summary>
    private void FindStages()
    {
        for (int i = 0; i < declaration.Entries.Count; i++)
        {
            Entry entry = declaration.Entries[i];
            if (entry.Construct is StageRule and not (SelectStage or DropColumnsStage) && !IsHole(entry))
                entries.Add((i, entry));
        }

        foreach ((int ordinal, Entry entry) in entries)
        {
            foreach (ColumnMade made in ((StageRule)entry.Construct).Makes(entry, facts))
            {
                if (!made.IsInPlace && !scope.Later.ContainsKey(made.Name))
                    scope.Later.Add(made.Name, names.LabelOf(ordinal));
            }
        }

        foreach (Entry entry in declaration.Entries.Where(entry => entry.Construct is GridConstruct && !entry.IsBroken))
            FindVaried(entry);
        scope.MayTrain = isBlind || declaration.Entries.Any(IsHole);
        if (isBlind)
            return;
        string? strata = declaration.Entries.FirstOrDefault(entry => entry.Construct is CrossValidateConstruct && !entry.IsBroken)?.Text("Stratify");
        scope.Training.UnionWith(TrainingColumns.Find(facts, [.. entries.Select(one => one.Entry)], strata));
    }

    private void FindVaried(Entry grid)
    {
        if (grid.Text("path") is not { } path)
            return;
        scope.Varied.Add(path);
        int point = path.IndexOf('.');
        if (point > 0 && path.Substring(point + 1) == "HandleInvalid" && grid.TryGet("values", out object? values) && values is EquatableArray<AnyValue> all
            && all.Any(value => value.IsEnum && Graph.Range.NumberOf(value.Value) == (int)HandleInvalid.Skip))
        {
            scope.Skipping.Add(path.Substring(0, point));
        }
    }

    private void AddRow()
    {
        foreach (RowColumn column in facts.Row!.Columns)
        {
            scope.Set(scope.Number(Columns.Of(column.Type) with
            {
                Name = column.Name,
                Property = column,
                Size = column.Type.Kind != ColumnKind.Vector ? 0 : column.Size is null ? 0 : column.Size < 1 ? Column.Wrong : column.Size.Value,
                IsSensitive = column.IsSensitive,
                IsTraining = scope.IsTraining(-1, column.Name),
            }));
        }
    }

    private void AddStage(int ordinal, Entry entry)
    {
        StageRule stage = (StageRule)entry.Construct;
        IReadOnlyList<ColumnMade> makes = stage.Makes(entry, facts);
        StageSite site = new(entry, ordinal, names.LabelOf(ordinal), stages.Count, scope, pipeline, stage.Reads(entry, facts), makes);
        CheckRanges(site, stage);
        stage.Check(site);
        findings.AddRange(site.Findings);
        IReadOnlyList<Column> outputs = site.Outputs;
        bool isTold = false;
        for (int i = 0; i < outputs.Count && !isBlind; i++)
            isTold |= !Bring(ordinal, i < makes.Count ? makes[i] : new ColumnMade(outputs[i].Name, null, IsInPlace: true), outputs[i], isTold);
        stages.Add(new CheckedStage(stages.Count, ordinal, entry, stage, names.LabelOf(ordinal), site.Inputs, outputs)
        {
            Network = stage.NamesType ? facts.Network(entry) : null,
            Method = facts.Method(entry.Text("method") ?? ""),
            Label = site.LabelColumn,
            Classes = site.Classes,
            From = site.From,
            MayDrop = stage.MayDrop(entry) || scope.Skipping.Contains(names.LabelOf(ordinal)),
            IsGiven = stage.NamesType && entry.TryGet("Trained", out object? trained) && trained is true,
        });
    }

    private static void CheckRanges(StageSite site, StageRule stage)
    {
        foreach ((string argument, Graph.Range range) in stage.Ranges)
        {
            if (range.FlawOf(site.Entry, argument) is { } flaw)
                site.FailOption(argument, flaw);
        }
    }

    /// <summary>Brings a column into the scope, if its name is free (DSL504) and can be a property's (DSL110).</summary>
    /// <param name="ordinal">The attribute's.</param>
    /// <param name="made">The column as its stage names it.</param>
    /// <param name="column">What is known of it.</param>
    /// <param name="isTold">Another column of the stage has a wrong name: one that it has by default follows from that, and goes by the same mend.</param>
    /// <returns>Whether the name is right.</returns>
    private bool Bring(int ordinal, ColumnMade made, Column column, bool isTold)
    {
        if (made.IsInPlace)
        {
            if (scope.Find(made.Name) is not null)
                scope.Set(column);
            return true;
        }

        scope.Later.Remove(made.Name);
        Place place = made.PlaceIn(ordinal);
        bool isSilent = made.IsPossible || (isTold && made.Argument is null);
        if (scope.FindAlike(made.Name) is { } other && !possible.Contains(other.Index))
        {
            string same = other.Name == made.Name ? $"there is a column {made.Name} already" : $"there is a column {other.Name}, which differs in case alone: Spark does not tell them apart";
            if (!isSilent)
                findings.Add(new Finding(Descriptors.ColumnExists, place, $"{names.LabelOf(ordinal)} cannot make {made.Name}: {same}"));
            return made.IsPossible;
        }

        if (made.IsPossible)
            possible.Add(column.Index);
        scope.Set(column);
        return isSilent || names.CheckProperty(made.Name, "OutputRow", place);
    }

    private static bool Drops(CheckedStage stage) => stage.MayDrop
        && !(stage.Outputs.Count > 0 && stage.Outputs.All(output => output.IsTraining));
}
