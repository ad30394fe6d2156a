using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages;
using Dsl.Generator.Pipelines.Stages.Models;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>What <c>Evaluate</c> and <c>CrossValidate</c> measure (DSL501, 510, 515, names of scores).</summary>
internal sealed class ScoreRules
{
    private readonly CheckedPipeline pipeline;
    private readonly Scope scope;
    private readonly List<Finding> findings;
    private readonly CheckedStage[] models;

    public ScoreRules(CheckedPipeline pipeline, Scope scope, List<Finding> findings)
    {
        this.pipeline = pipeline;
        this.scope = scope;
        this.findings = findings;
        models = [.. pipeline.Stages.Where(stage => stage.Rule.IsModel)];
    }

    public CheckedPipeline Check()
    {
        List<CheckedScore> scores = [];
        HashSet<string> properties = new(StringComparer.Ordinal);
        CheckedCrossValidation? validation = null;
        for (int i = 0; i < pipeline.Declaration.Entries.Count; i++)
        {
            Entry entry = pipeline.Declaration.Entries[i];
            if (entry.IsBroken)
                continue;
            if (entry.Construct is EvaluateConstruct)
            {
                EvaluateAttribute written = entry.Options<EvaluateAttribute>();
                string name = EvaluateConstruct.PropertyOf(entry);
                if (Enum.IsDefined(typeof(Metric), written.Metric))
                    CheckName(i, entry, name, properties);
                if (Score(i, entry, written.Metric, written.Class, name) is { } score)
                    scores.Add(score);
            }
            else if (entry.Construct is CrossValidateConstruct && validation is null)
            {
                validation = Validation(i, entry);
            }
        }

        return pipeline with { Scores = scores, CrossValidation = validation };
    }

    private void CheckName(int ordinal, Entry entry, string name, HashSet<string> properties)
    {
        // A column of such a name is told of where it is made, or for not being there.
        if (entry.Text("Name") is null && entry.Text("Prediction") is { } prediction && !NameRules.IsIdentifier(prediction))
            return;
        Place place = entry.Text("Name") is null ? Place.Attribute(ordinal) : Place.Argument(ordinal, "Name");
        if (NameRules.CheckProperty(name, "Scores", place, findings) && !properties.Add(name))
            findings.Add(new(Descriptors.DuplicateName, place, $"There is another score {name} before this one: give one of them a Name"));
    }

    private CheckedCrossValidation? Validation(int ordinal, Entry entry)
    {
        CrossValidateAttribute written = entry.Options<CrossValidateAttribute>();
        foreach ((string argument, Graph.Range range) in CrossValidateConstruct.Ranges)
        {
            if (range.FlawOf(entry, argument) is { } flaw)
                findings.Add(new(Descriptors.WrongOption, Place.Argument(ordinal, argument), $"CrossValidate {flaw}"));
        }

        Column? strata = entry.Text("Stratify") is null ? null : Strata(ordinal, written.Stratify ?? "");
        return Score(ordinal, entry, written.Metric, written.Class, EvaluateConstruct.ScoreOf(entry, written.Metric)) is { } score
            ? new CheckedCrossValidation(score, new CrossValidateOptions(written.Folds, written.Repeats, written.Seed), strata)
            : null;
    }

    private Column? Strata(int ordinal, string name)
    {
        Place place = Place.Argument(ordinal, "Stratify");
        IEnumerable<Column> own = pipeline.Columns.Where(column => column.Property is not null);
        if (own.FirstOrDefault(one => one.Name == name) is not { } column)
        {
            findings.Add(OutputRules.Missing("CrossValidate", name, place, own.Select(one => one.Name)));
            return null;
        }

        if (column.Kind == ColumnKind.Carried)
            findings.Add(new(Descriptors.WrongRow, place, $"CrossValidate cannot read {name}, {column.Described}: only Select and DropColumns may name it"));
        else if (column.IsSensitive)
            findings.Add(new(Descriptors.Leaks, place, $"CrossValidate cannot read {name}, which is sensitive"));
        else if (!(column.Kind is ColumnKind.Text or ColumnKind.Flag || (column.Kind == ColumnKind.Number && column.IsWhole)))
            findings.Add(new(Descriptors.WrongColumn, place, $"CrossValidate needs text, a flag or a whole number to stratify by, but {name} is {column.Described}"));
        else
            return column;
        return null;
    }

    private CheckedScore? Score(int ordinal, Entry entry, Metric metric, int only, string property)
    {
        string label = entry.Construct.Name;
        if (!Enum.IsDefined(typeof(Metric), metric))
        {
            findings.Add(new(Descriptors.WrongOption, Place.Argument(ordinal, "metric"), $"{label} needs a member of Metric, but has {metric:D}"));
            return null;
        }

        bool isSound = CheckClass(ordinal, entry, metric, only);
        if (ModelOf(ordinal, entry, label) is not { } model || model.Outputs.Any(output => output.IsUnknown))
            return null;
        if (Refuses(metric, model) is { } flaw)
        {
            findings.Add(new(Descriptors.WrongMetric, Place.Argument(ordinal, "metric"), $"{label} cannot measure {metric} of {model.Name}: {flaw}"));
            return null;
        }

        if (isSound && only >= 0 && model.Classes > 0 && only >= model.Classes)
        {
            findings.Add(new(Descriptors.WrongOption, Place.Argument(ordinal, "Class"), $"{label} measures class {only}, but {model.Label?.Name} has the classes 0 to {model.Classes - 1}"));
            return null;
        }

        return new CheckedScore(ordinal, property, metric, only, model.Index);
    }

    private bool CheckClass(int ordinal, Entry entry, Metric metric, int only)
    {
        if (!entry.Has("Class"))
            return true;
        Place place = Place.Argument(ordinal, "Class");
        if (metric is not (Metric.Precision or Metric.Recall or Metric.F1))
            findings.Add(new(Descriptors.WrongMetric, place, $"{entry.Construct.Name} has a Class, but {metric} has none: Precision, Recall and F1 can be of one class"));
        else if (only < -1)
            findings.Add(new(Descriptors.WrongOption, place, $"{entry.Construct.Name} needs Class of at least 0, or -1 for all, but has {only.ToString(CultureInfo.InvariantCulture)}"));
        else
            return true;
        return false;
    }

    private CheckedStage? ModelOf(int ordinal, Entry entry, string label)
    {
        if (models.Length == 0)
        {
            if (!scope.HasHoles)
                findings.Add(new(Descriptors.WrongMetric, Place.Argument(ordinal, "metric"), $"{label} has nothing to measure: there is no model"));
            return null;
        }

        if (entry.Text("Prediction") is { } written)
        {
            CheckedStage? named = models.FirstOrDefault(model => model.Outputs[0].Name == written);
            if (named is null && !scope.HasHoles)
            {
                IEnumerable<string> predictions = models.Select(model => model.Outputs[0].Name);
                string? meant = Spelling.Closest(written, predictions);
                findings.Add(new(
                    Descriptors.NoSuchColumn,
                    Place.Argument(ordinal, "Prediction"),
                    $"{label} measures {(written.Length == 0 ? "a column without a name" : written)}, but no model makes it: {Spelling.Advice(meant, predictions)}",
                    meant));
            }

            return named;
        }

        if (models.Length == 1)
            return models[0];
        if (!scope.HasHoles)
            findings.Add(new(Descriptors.WrongMetric, Place.Attribute(ordinal), $"{label} needs a Prediction, for there are several models: {string.Join(", ", models.Select(model => model.Outputs[0].Name))}"));
        return null;
    }

    /// <summary>Why a metric does not fit a model, in words that follow a colon; else null.</summary>
    private static string? Refuses(Metric metric, CheckedStage model)
    {
        Column prediction = model.Outputs[0];
        bool isCluster = model.Rule is KMeansStage;
        if (metric == Metric.Silhouette)
            return isCluster ? null : "it is for KMeans";
        if (isCluster)
            return "its clusters have no label: Silhouette measures them";
        if (model.Label is null)
            return "it has no label";
        string what = prediction.Kind switch
        {
            ColumnKind.ClassNumber => "it predicts classes",
            ColumnKind.Number => "it predicts a number",
            _ => "it predicts a vector",
        };
        if (metric is Metric.Rmse or Metric.Mae or Metric.R2)
            return prediction.Kind == ColumnKind.Number ? null : $"{what}, but {metric} is for a number";
        if (prediction.Kind != ColumnKind.ClassNumber)
            return $"{what}, but {metric} is for classes";
        if (metric == Metric.LogLoss)
            return model.Rule.HasProbabilities(model) ? null : "it gives no Probability";
        return metric is Metric.AreaUnderRoc or Metric.AreaUnderPr && model.Classes is not (0 or 2) ? $"it has {model.Classes} classes, but {metric} is for two" : null;
    }
}
