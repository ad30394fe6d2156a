using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages.Models;

namespace Dsl.Generator.Pipelines.Emitting;

/// <content>Models and networks.</content>
internal static partial class StageForms
{
    private sealed class ModelForm : StageForm
    {
        /// <summary>It predicts classes, of which it is told how many.</summary>
        public bool IsClassifier { get; init; }

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
                columns.Add(raw is not null ? emission.Slot(raw) : emission.Context.Slots.RawOf(emission.Stage) is { } hidden ? Literal.Int(hidden) : "-1");
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

        public override string FittedSize(CheckedStage stage, Column output, string model, Func<Column, string?> sizeOf) => model + ".NumClasses";

        private static (Column? Probability, Column? Raw) Further(CheckedStage stage)
        {
            bool hasProbability = stage.Stage.HasProbabilities(stage);
            return (hasProbability ? stage.Outputs[1] : null, stage.Outputs.Count > (hasProbability ? 2 : 1) ? stage.Outputs[stage.Outputs.Count - 1] : null);
        }
    }

    private sealed class NetworkForm : StageForm
    {
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
                emission.Writer.Line($"{head}Copy({emission.Step}, batch, {emission.Context.GivenLocal(stage)}, {create}, {features});");
                return;
            }

            string label = stage.Label is { } column ? emission.Slot(column) : "-1";
            string rate = emission.IsVaried("LearningRate") ? $", run.Point.NumberOrNull({Literal.Quoted(stage.Name + ".LearningRate")})" : "";
            emission.Writer.Line($"{head}Fit({emission.Step}, batch, {create}, {features}, {label}{emission.Further(["Epochs", "BatchSize", "Validation", "Patience"])}{rate});");
        }

        public override void EmitTransform(StageEmission emission)
        {
            CheckedStage stage = emission.Stage;
            string probability = NetworkStage.HasProbability(stage.Network!) ? emission.Slot(stage.Outputs[1]) : "-1";
            string code = stage.Entry.Text("Code") is null ? "-1" : emission.Slot(stage.Outputs[stage.Outputs.Count - 1]);
            string labels = emission.Output.LabelsOf >= 0 ? ", " + emission.LabelsOf(emission.Output) : "";
            string raw = emission.Context.Slots.RawOf(stage) is { } scores ? ", raw: " + Literal.Int(scores) : "";
            emission.Writer.Line(
                $"global::Dsl.Pipelines.NetworkStage.Transform({emission.Name}, batch, {emission.Model}, {emission.Slots(FeaturesOf(stage))}, {emission.Slot(emission.Output)}, {probability}, {code}{labels}{raw});");
        }

        public override void EmitRow(StageEmission emission) => new NetworkRow(emission, [.. FeaturesOf(emission.Stage)]).Write();

        private static IEnumerable<Column> FeaturesOf(CheckedStage stage) => stage.Inputs.Take(stage.Network!.Inputs.Count);
    }
}
