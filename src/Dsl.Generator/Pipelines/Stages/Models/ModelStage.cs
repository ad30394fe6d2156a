using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>A classical model: features, perhaps a label and weights; predictions, and what it makes beside them.</summary>
internal abstract class ModelStage<TAttribute> : StageOf<TAttribute>
    where TAttribute : PredictorAttribute
{
    public override bool IsModel => true;

    public override bool Learns(Entry entry) => true;

    /// <summary>What its label must be; null of a model without one.</summary>
    protected abstract Wanted? Label { get; }

    private bool IsClassifier => Label == Wanted.Classes;

    /// <summary>Whether it works on two classes alone.</summary>
    protected virtual bool IsBinary(Entry entry) => false;

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts)
    {
        List<ColumnUse> uses = [Use(entry, "features")];
        if (Label is not null)
            uses.Add(Use(entry, "label", isForTraining: true));
        if (entry.Text("Weight") is not null)
            uses.Add(Use(entry, "Weight", isForTraining: true));
        return uses;
    }

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts) => MadeColumns.Of(entry, IsClassifier && HasProbability(entry));

    public override bool HasProbabilities(CheckedStage stage) => IsClassifier && HasProbability(stage.Entry);

    /// <summary>Whether a classifier gives probabilities.</summary>
    protected virtual bool HasProbability(Entry entry) => true;

    public override void Check(StageSite site)
    {
        Column? features = site.Read(0, Wanted.Vector);
        Column? label = Label is { } wanted ? site.Read(1, wanted) : null;
        if (site.UseOf("Weight") is >= 0 and var weight)
            site.Read(weight, Wanted.Number);
        CheckOptions(site);
        if (label is not null)
            CheckClasses(site, label);
        if (features is null || (Label is not null && label is null) || site.IsWrong)
            return;
        if (label is not null)
            Provenance.CheckLeak(site, [features], label);
        int classes = ClassesOf(site, label);
        site.LabelColumn = label;
        site.Classes = System.Math.Max(classes, 0);
        CheckWhole(site, features, label);
        List<Column> sources = [.. site.Inputs];
        site.Make(0, PredictionOf(label, classes), sources);
        for (int i = 1; i < site.Makes.Count; i++)
            site.Make(i, Columns.Vector(classes), sources);
    }

    /// <summary>What is wrong with options that depend on each other.</summary>
    protected virtual void CheckOptions(StageSite site)
    {
    }

    /// <summary>What is wrong with features and label together.</summary>
    protected virtual void CheckWhole(StageSite site, Column features, Column? label)
    {
    }

    /// <summary>The column of predictions.</summary>
    protected virtual Column PredictionOf(Column? label, int classes) => IsClassifier ? Columns.Class(classes, label!.LabelsOf) : Columns.Number;

    /// <summary>How many classes it has.</summary>
    protected virtual int ClassesOf(StageSite site, Column? label) => !IsClassifier ? 0 : IsBinary(site.Entry) ? 2 : label!.Classes;

    private void CheckClasses(StageSite site, Column label)
    {
        if (IsBinary(site.Entry) && label.Classes is not (0 or 2 or Column.Wrong))
            site.FailColumn(Descriptors.WrongColumn, Place.Argument(site.Ordinal, "label"), $"needs a label of two classes, but {label.Name} has {label.Classes}");
    }

    public override void EmitFit(StageEmission emission)
    {
        CheckedStage stage = emission.Stage;
        string label = stage.Label is { } column ? ", " + emission.Slot(column) : "";
        string weight = FitCode.WeightOf(stage) is { } named ? emission.Slot(named) : "-1";
        string classes = IsClassifier ? ", " + Literal.Int(stage.Classes) : "";
        emission.Fit($"{emission.Slot(emission.Input)}{label}, {weight}{classes}", Settings);
    }

    public override void EmitTransform(StageEmission emission)
    {
        List<string> columns = [emission.Slot(emission.Input), emission.Slot(emission.Output)];
        if (IsClassifier)
        {
            (Column? probability, Column? raw) = Further(emission.Stage);
            columns.Add(probability is null ? "-1" : emission.Slot(probability));
            columns.Add(raw is not null ? emission.Slot(raw) : emission.Code.Slots.RawOf(emission.Stage) is { } hidden ? Literal.Int(hidden) : "-1");
        }

        emission.Transform(columns, []);
    }

    public override void EmitRow(StageEmission emission)
    {
        string arguments = emission.Elements(emission.Input);
        if (IsClassifier)
        {
            (Column? probability, Column? raw) = Further(emission.Stage);
            arguments += ", " + (probability is null ? "default" : emission.DeclareDense(probability));
            if (raw is not null)
                arguments += ", " + emission.DeclareDense(raw);
        }

        emission.Declare(emission.Output, $"{emission.Model}.Predict({arguments})");
    }

    public override bool IsRowDense(Column output, Func<Column, bool> isDense) => true;

    public override string FittedSize(StageEmission emission, Column output, string model, Func<Column, string?> sizeOf) => model + ".NumClasses";

    private static (Column? Probability, Column? Raw) Further(CheckedStage stage)
    {
        bool hasProbability = stage.Rule.HasProbabilities(stage);
        return (hasProbability ? stage.Outputs[1] : null, stage.Outputs.Count > (hasProbability ? 2 : 1) ? stage.Outputs[stage.Outputs.Count - 1] : null);
    }
}
