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
/// Walks the stages of one declaration in order and works out every column: as it is declared, or as a point of its grid would declare it. Where the row or the order is wrong it is blind:
/// of no column it is known whether it is there, and what is found is what does not depend on that.
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
    private readonly IReadOnlyDictionary<int, Entry> point;
    private readonly Scope scope;
    private readonly List<CheckedStage> stages = [];
    private readonly List<(int Ordinal, Entry Entry)> entries = [];
    private readonly HashSet<int> possible = [];
    private readonly bool isBlind;
    private CheckedPipeline pipeline;

    /// <summary>Begins a walk.</summary>
    /// <param name="pipeline">The declaration.</param>
    /// <param name="names">The names of its stages.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="point">The attributes of the stages that a point of the grid changes, by ordinal. The columns that a stage reads and makes are the declared ones everywhere.</param>
    /// <param name="unsettled">What is not the same at all points.</param>
    /// <param name="cancellation">Stops between stages.</param>
    public PipelineWalk(CheckedPipeline pipeline, NameRules names, List<Finding> findings, IReadOnlyDictionary<int, Entry> point, Unsettled unsettled, CancellationToken cancellation)
        : this(pipeline, names, findings, point, unsettled, isBlind: false, cancellation)
    {
    }

    private PipelineWalk(
        CheckedPipeline pipeline, NameRules names, List<Finding> findings, IReadOnlyDictionary<int, Entry> point, Unsettled unsettled, bool isBlind, CancellationToken cancellation)
    {
        this.point = point;
        this.isBlind = isBlind;
        scope = new Scope(unsettled);
        this.names = names;
        this.findings = findings;
        this.cancellation = cancellation;
        this.pipeline = pipeline with { Stages = stages };
        declaration = pipeline.Declaration;
        facts = pipeline.Facts!;
    }

    /// <summary>What is wrong with a pipeline whatever its columns are.</summary>
    public static IEnumerable<Finding> Blind(CheckedPipeline pipeline, NameRules names, CancellationToken cancellation)
    {
        List<Finding> findings = [];
        pipeline = new PipelineWalk(pipeline, names, findings, new Dictionary<int, Entry>(), new Unsettled(), isBlind: true, cancellation).Run();
        _ = GridRules.Check(pipeline, findings);
        return findings.Where(finding => !OfColumns.Contains(finding.Descriptor.Id));
    }

    /// <summary>Walks.</summary>
    public CheckedPipeline Run()
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
            Split = stages.Find(stage => stage.Rule is SplitStage),
            MayDrop = stages.Exists(Drops),
        };
        pipeline = pipeline with { Output = new OutputRules(pipeline, scope, names, findings).Find() };
        return new ScoreRules(pipeline, scope, findings).Check();
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

        scope.MayTrain = isBlind || declaration.Entries.Any(IsHole);
        if (isBlind)
            return;
        string? strata = declaration.Entries.FirstOrDefault(entry => entry.Construct is CrossValidateConstruct && !entry.IsBroken)?.Text("Stratify");
        scope.Training.UnionWith(TrainingColumns.Find(facts, [.. entries.Select(one => one.Entry)], strata));
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
        Entry here = point.TryGetValue(ordinal, out Entry changed) ? changed : entry;
        StageSite site = new(here, ordinal, names.LabelOf(ordinal), stages.Count, scope, pipeline, stage.Reads(entry, facts), makes);
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
            MayDrop = stage.MayDrop(here) || scope.Unsettled.Dropping.Contains(stages.Count),
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
        return isSilent || NameRules.CheckProperty(made.Name, "OutputRow", place, findings);
    }

    private static bool Drops(CheckedStage stage) => stage.MayDrop
        && !(stage.Outputs.Count > 0 && stage.Outputs.All(output => output.IsTraining));
}
