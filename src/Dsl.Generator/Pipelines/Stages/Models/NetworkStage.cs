using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>A network among the stages.</summary>
internal sealed class NetworkStage : StageOf<NetworkAttribute<object>>
{
    private static readonly Wanted Features = new(
        "a vector or ids", column => column.Kind is ColumnKind.Vector or ColumnKind.Ids, column => column.Kind == ColumnKind.Tokens ? ": TokenIds makes ids" : Wanted.Vector.Advice(column));

    private static readonly Wanted Label = new(
        "a number, a class number, a flag or a vector as its label",
        column => Wanted.IsNumber(column) || column.Kind is ColumnKind.Flag or ColumnKind.Vector,
        column => column.Kind == ColumnKind.Text ? ": StringIndexer makes a class number" : "");

    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
        [("Epochs", Range.AtLeast(1)), ("BatchSize", Range.AtLeast(1)), ("Validation", Range.BelowOne), ("Patience", Range.AtLeast(0))];

    public override IReadOnlyList<string> Checked { get; } = ["Validation", "Patience"];

    public override bool NamesType => true;

    public override bool IsModel => true;

    public override bool Learns(Entry entry) => true;

    public override bool HasProbabilities(CheckedStage stage) => stage.Network!.HasProbabilities;

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts)
    {
        List<ColumnUse> uses = entry.TryGet("features", out object? value) && value is EquatableArray<string?> ? [.. UseAll(entry, "features")] : [Use(entry, "features")];
        if (entry.Text("label") is not null)
            uses.Add(Use(entry, "label", isForTraining: true));
        return uses;
    }

    public override IReadOnlyList<ColumnMade> Makes(Entry entry, PipelineFacts facts)
    {
        NetworkFacts? network = facts.Network(entry);
        bool isOpaque = network is null or { IsOpaque: true };
        List<ColumnMade> made = MadeColumns.Of(entry, isOpaque || network!.HasProbabilities);
        if (isOpaque)
            made[1] = made[1] with { IsPossible = true };
        if (entry.Text("Code") is { } code)
            made.Add(new(code, "Code"));
        return made;
    }

    public override void Check(StageSite site)
    {
        CheckOptions(site);
        NetworkFacts? network = site.Facts.Network(site.Entry);
        List<Column> features = [];
        bool isWhole = true;
        Column? label = null;
        for (int i = 0; i < site.Uses.Count; i++)
        {
            if (site.Uses[i].Argument == "label")
                label = site.Read(i, Label);
            else if (site.Read(i, Features) is { } feature)
                features.Add(feature);
            else
                isWhole = false;
        }

        if (network is null || network.HasErrors)
        {
            site.KeepSilent();
            return;
        }

        bool isLabelMissing = site.UseOf("label") >= 0 && label is null;
        if (!isWhole || isLabelMissing || site.IsWrong)
            return;
        if (label is not null)
            Provenance.CheckLeak(site, features, label);
        if (!site.IsWrong)
            NetworkFit.CheckInputs(site, network, features);
        if (!site.IsWrong && NetworkFit.Refuses(site.Entry, network, label, OptionsOf(site.Entry).Trained) is { } flaw)
            site.FailColumn(Descriptors.NetworkDoesNotFit, Place.TypeArgument(site.Ordinal), flaw);
        if (!site.IsWrong)
            NetworkFit.CheckKnown(site, network, features, label);
        site.LabelColumn = label;
        Make(site, network, label);
    }

    private static void Make(StageSite site, NetworkFacts network, Column? label)
    {
        IReadOnlyList<Column> sources = site.Inputs;
        int outputs = Columns.Sized(network.Outputs);
        int labelsOf = label?.LabelsOf ?? -1;
        bool hasClasses = network.HasProbabilities || network.Loss == LossForm.Hinge;
        int classes = network.Loss == LossForm.CrossEntropy ? outputs : 2;
        site.Classes = hasClasses ? classes : 0;
        site.Make(0, hasClasses ? Columns.Class(classes, labelsOf) : outputs == 1 && network.Loss == LossForm.Regression ? Columns.Number : Columns.Vector(outputs), sources);
        for (int i = 1; i < site.Makes.Count; i++)
        {
            bool isCode = site.Makes[i].Argument == "Code";
            site.Make(i, Columns.Vector(isCode ? network.Codes.Count == 1 ? Columns.Sized(network.Codes[0].Elements) : Column.Wrong : classes), sources);
        }
    }

    private static void CheckOptions(StageSite site)
    {
        NetworkAttribute<object> options = OptionsOf(site.Entry);
        if (options is { Patience: > 0, Validation: 0 })
            site.FailOption("Patience", "stops by rows that are held back: Patience needs Validation above 0");
        if (options.Code is not null && site.Facts.Network(site.Entry) is { IsModel: true, HasErrors: false } network && network.Codes.Count != 1)
            site.FailOption("Code", $"gives the values of the one Expose of {network.Name}, which has {(network.Codes.Count == 0 ? "none" : network.Codes.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))}");
    }

    public override bool IsRowDense(Column output, Func<Column, bool> isDense) => true;

    public override void EmitFit(StageEmission emission)
    {
        CheckedStage stage = emission.Stage;
        string type = stage.Network!.CSharp;
        string features = emission.Slots(FeaturesOf(stage));
        string create = $"static seed => new {type}(seed)";
        string head = $"{type} {emission.Model} = global::Dsl.Pipelines.NetworkStage.";
        if (stage.IsGiven)
        {
            emission.Writer.Line($"{head}Copy({emission.Step}, batch, {emission.Code.GivenLocal(stage)}, {create}, {features});");
            return;
        }

        string label = stage.Label is { } column ? emission.Slot(column) : "-1";
        string rate = emission.IsVaried("LearningRate") ? $", run.Point.NumberOrNull({Literal.Quoted(stage.Name + ".LearningRate")})" : "";
        emission.Writer.Line($"{head}Fit({emission.Step}, batch, {create}, {features}, {label}{emission.Further(["Epochs", "BatchSize", "Validation", "Patience"])}{rate});");
    }

    public override void EmitTransform(StageEmission emission)
    {
        CheckedStage stage = emission.Stage;
        string probability = stage.Network!.HasProbabilities ? emission.Slot(stage.Outputs[1]) : "-1";
        string code = stage.Entry.Text("Code") is null ? "-1" : emission.Slot(stage.Outputs[stage.Outputs.Count - 1]);
        string labels = emission.Output.LabelsOf >= 0 ? ", " + emission.LabelsOf(emission.Output) : "";
        string raw = emission.Code.Slots.RawOf(stage) is { } scores ? ", raw: " + Literal.Int(scores) : "";
        emission.Writer.Line(
            $"global::Dsl.Pipelines.NetworkStage.Transform({emission.Name}, batch, {emission.Model}, {emission.Slots(FeaturesOf(stage))}, {emission.Slot(emission.Output)}, {probability}, {code}{labels}{raw});");
    }

    public override void EmitRow(StageEmission emission) => new NetworkRow(emission, [.. FeaturesOf(emission.Stage)]).Write();

    private static IEnumerable<Column> FeaturesOf(CheckedStage stage) => stage.Inputs.Take(stage.Network!.Inputs.Count);
}
