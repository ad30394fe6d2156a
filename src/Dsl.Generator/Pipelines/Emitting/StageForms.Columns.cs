using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <content>Stages that fill, number, encode and assemble columns.</content>
internal static partial class StageForms
{
    private sealed class SplitForm : StageForm
    {
        public override void EmitFit(StageEmission emission)
        {
            string strata = "null";
            if (emission.Stage.Inputs.Count > 0)
                strata = $"global::Dsl.Pipelines.Strata.Of(batch.{(emission.Input.Kind == ColumnKind.Text ? "Texts" : "Numbers")}({emission.Slot(emission.Input)}))";
            string row = emission.Context.Row.CSharp;
            emission.Writer.Line($"bool[] keep = global::Dsl.Pipelines.SplitStage.Train({emission.Step}, batch.Count, {emission.Option("Train")}, {strata});");
            if (emission.Context.Pipeline.Scores.Count > 0)
            {
                emission.Writer.Line("int[] heldRows = global::Dsl.Pipelines.RowColumns.HeldRows(batch, keep);");
                emission.Writer.Line($"{row}[] held = global::Dsl.Pipelines.RowColumns.Held<{row}>(rows, heldRows);");
            }

            emission.Writer.Line("batch.Keep(keep);");
        }
    }

    private sealed class ImputerForm : StageForm
    {
        public override void EmitFit(StageEmission emission) => emission.Fit(emission.Slots(emission.Stage.Inputs), ["Strategy", "MissingValue"]);

        public override void EmitTransform(StageEmission emission) => emission.Writer.Line($"{emission.Model}.Transform(batch, {emission.Slots(emission.Stage.Inputs)});");

        public override void EmitRow(StageEmission emission)
        {
            for (int i = 0; i < emission.Stage.Inputs.Count; i++)
            {
                Column input = emission.Stage.Inputs[i];
                string call = $"{emission.Model}.Transform({Literal.Int(i)}, {(input.Kind == ColumnKind.Text ? emission.MaybeValue(input) : emission.MaybeNumber(input))})";
                emission.Declare(emission.Stage.Outputs[i], input.Kind == ColumnKind.Flag ? call + " != 0" : call);
            }
        }
    }

    private sealed class StringIndexerForm : StageForm
    {
        public override void EmitFit(StageEmission emission)
        {
            string text = emission.Input switch
            {
                { Kind: ColumnKind.Text } => "Text",
                { IsWhole: true, Kind: ColumnKind.Number } => "Whole",
                { CSharp: "float" } => "Single",
                _ => "Double",
            };
            string training = emission.IsTraining ? ", isTraining: true" : "";
            emission.Fit(
                emission.Slot(emission.Input), ["StringOrderType", "HandleInvalid", "Classes"], text == "Text" ? training : $", global::Dsl.Pipelines.ColumnText.{text}{training}");
        }

        public override void EmitRow(StageEmission emission) =>
            emission.DeclareClass($"{emission.Model}.Transform({(emission.Input.Kind == ColumnKind.Text ? emission.MaybeValue(emission.Input) : emission.MaybeNumber(emission.Input))})");
    }

    private sealed class IndexToStringForm : StageForm
    {
        private const string Stage = "global::Dsl.Pipelines.IndexToStringStage.Transform(";

        public override string? Prepared(StageEmission emission) => Own(emission) is { Length: > 0 } labels ? Values.Text(labels) : null;

        public override string PreparedType(string stage) => "string[]";

        public override void EmitTransform(StageEmission emission) =>
            emission.Writer.Line($"{Stage}{emission.Name}, batch, {emission.Slot(emission.Input)}, {emission.Slot(emission.Output)}, {Labels(emission)});");

        public override void EmitRow(StageEmission emission) => emission.Set($"{Stage}{emission.Name}, {emission.Number(emission.Input)}, {Labels(emission)})");

        private static string[] Own(StageEmission emission) => (string[])Values.Of(emission.Stage.Entry, "Labels")!;

        private static string Labels(StageEmission emission) => Own(emission).Length > 0 ? emission.Shared : emission.LabelsOf(emission.Input);
    }

    private sealed class OneHotForm : StageForm
    {
        public OneHotForm() => Settings = ["DropLast", "HandleInvalid", "Size"];

        public override void EmitRow(StageEmission emission)
        {
            if (emission.IsDense(emission.Output))
                emission.SetDense(emission.Output, span => $"{emission.Model}.Transform({emission.Number(emission.Input)}, {span});");
            else
                emission.Set($"{emission.Model}.Transform({emission.Number(emission.Input)})");
        }
    }

    private sealed class AssemblerForm : StageForm
    {
        public override void EmitTransform(StageEmission emission)
        {
            string training = emission.IsTraining ? ", isTraining: true" : "";
            emission.Writer.Line(
                $"{emission.Class}.Transform({emission.Name}, batch, {emission.Slots(emission.Stage.Inputs)}, {emission.Slot(emission.Output)}, {emission.Option("HandleInvalid")}{training});");
        }

        public override void EmitRow(StageEmission emission) => new AssembledRow(
            emission, keeps: Values.Of(emission.Stage.Entry, "HandleInvalid") is HandleInvalid.Keep && !emission.IsVaried("HandleInvalid")).Write();

        public override string? FittedSize(CheckedStage stage, Column output, string model, Func<Column, string?> sizeOf)
        {
            string?[] sizes = [.. output.Sources.Select(sizeOf)];
            return Array.IndexOf(sizes, null) >= 0 ? null : string.Join(" + ", sizes);
        }
    }

    private sealed class MapForm : StageForm
    {
        public override bool ReadsBatch => false;

        public override void EmitTransform(StageEmission emission)
        {
            CodeWriter writer = emission.Writer;
            ColumnFill fill = new(emission.Context, emission.Output);
            fill.Declare("batch.Count");
            BatchCode.OpenLoop(writer);
            MethodCall call = new(emission, (column, _) => emission.ValueAt(column, "i"));
            string? presence = call.Presence(column => emission.ValueAt(column, "i") + " is not null");
            fill.Assign(presence is null ? call.Text : $"({presence} ? ({emission.Output.CSharp}?){call.Text} : null)", "i", "batch.RowOf(i)");
            writer.Close();
            writer.Line();
            fill.Set();
        }

        public override void EmitRow(StageEmission emission)
        {
            MethodCall call = new(emission, (column, takesNull) => takesNull ? emission.TypedMaybe(column) : emission.Typed(column));
            string? presence = call.Presence(emission.HasValue);
            emission.Declare(emission.Output, presence is null ? call.Text : $"{presence} ? {call.Text} : null");
            if (emission.Output is { Kind: ColumnKind.Vector, Size: > 0 })
                RowCode.CheckSize(emission.Context, emission.Output);
        }

        public override bool IsRowDense(Column output, Func<Column, bool> isDense) => false;

        public override string? FittedSize(CheckedStage stage, Column output, string model, Func<Column, string?> sizeOf) => null;
    }

    /// <summary>Of training columns a row is dropped in <c>Fit</c> alone: a row that is predicted does not need them.</summary>
    private sealed class DropNullsForm : StageForm
    {
        public override bool ReadsBatch => false;

        public override void EmitTransform(StageEmission emission)
        {
            IEnumerable<Column> inputs = emission.Stage.Inputs.Where((_, i) => emission.Place == EmissionPlace.Fit || !emission.Stage.Outputs[i].IsTraining);
            string[] conditions = [.. inputs.Select(input => Condition(input, emission.ValueAt(input, "i"), emission.Own(input))).OfType<string>()];
            if (conditions.Length > 0)
                emission.KeepWhere(string.Join(" && ", conditions));
        }

        public override void EmitRow(StageEmission emission)
        {
            for (int i = 0; i < emission.Stage.Inputs.Count; i++)
            {
                Column input = emission.Stage.Inputs[i];
                if (emission.Stage.Outputs[i].IsTraining || Condition(input, emission.TypedMaybe(input), emission.Own(input)) is not { } condition)
                    continue;
                emission.Writer.Line($"if (!({condition}))");
                emission.Drop();
                if (input.IsNullable)
                    emission.Declare(emission.Stage.Outputs[i], emission.Value(input));
            }
        }

        /// <summary>When a value is there; null: always.</summary>
        private static string? Condition(Column column, string value, string own)
        {
            bool mayBeNaN = column.Kind == ColumnKind.Number && column.CSharp is "double" or "float";
            if (column.IsNullable)
                return mayBeNaN ? $"{value} is {{ }} {own} && !{column.CSharp}.IsNaN({own})" : $"{value} is not null";
            return mayBeNaN ? $"!{column.CSharp}.IsNaN({value})" : column.IsOblivious ? $"{value} is not null" : null;
        }
    }
}
