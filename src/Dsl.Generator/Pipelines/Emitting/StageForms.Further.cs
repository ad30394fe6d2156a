using System;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <content>Stages over vectors, numbers, rows and texts.</content>
internal static partial class StageForms
{
    private sealed class ExpansionForm : StageForm
    {
        public ExpansionForm()
        {
            Settings = ["Degree"];
            IsNamed = (false, true);
        }

        public override string? FittedSize(CheckedStage stage, Column output, string model, Func<Column, string?> sizeOf) => sizeOf(output.Sources[0]) is { } size
            ? $"global::Dsl.Pipelines.PolynomialExpansionStage.SizeOf({Literal.Quoted(stage.Name)}, {size}, {Values.Text(Values.Of(stage.Entry, "Degree"))})"
            : null;
    }

    private sealed class UnivariateForm : StageForm
    {
        public override void EmitFit(StageEmission emission)
        {
            Column label = emission.Stage.Inputs[1];
            string features = Kind(emission, "FeatureType", isCategorical: false);
            string labels = Kind(emission, "LabelType", label.Kind is ColumnKind.ClassNumber or ColumnKind.Flag);
            emission.Fit($"{emission.Slot(emission.Input)}, {emission.Slot(label)}", ["Top"], $", {features}, {labels}");
        }

        private static string Kind(StageEmission emission, string option, bool isCategorical) => emission.IsVaried(option) || Values.Of(emission.Stage.Entry, option) is not VariableKind.Auto
            ? emission.Option(option)
            : "global::Dsl.VariableKind." + (isCategorical ? "Categorical" : "Continuous");
    }

    private sealed class ImportanceForm : StageForm
    {
        public override void EmitFit(StageEmission emission)
        {
            CheckedStage from = emission.Context.Pipeline.Stages[emission.Stage.From];
            emission.Fit($"{emission.Slot(emission.Input)}, {emission.Context.Locals.Of(from)}.FeatureImportances", ["Top"]);
        }
    }

    private sealed class InteractionForm : StageForm
    {
        public override void EmitTransform(StageEmission emission)
        {
            string classes = string.Join(", ", emission.Stage.Inputs.Select(input => IsOneHot(input) ? ClassesOf(emission, input) : "0"));
            emission.Writer.Line($"global::Dsl.Pipelines.InteractionStage.Transform({emission.Name}, batch, {emission.Slots(emission.Stage.Inputs)}, [{classes}], {emission.Slot(emission.Output)});");
        }

        public override void EmitRow(StageEmission emission)
        {
            string product = emission.Own(emission.Output);
            if (emission.IsTraining && emission.Presence(emission.Stage.Inputs) is { } presence)
            {
                emission.Writer.Line($"global::Dsl.Vector? {emission.Context.Plan.Local(emission.Output)} = null;");
                emission.Writer.Open($"if ({presence})");
                Multiply(emission, product, "");
                emission.Writer.Line($"{emission.Context.Plan.Local(emission.Output)} = {product}.ToVector();");
                emission.Writer.Close();
                return;
            }

            bool isDense = emission.IsDense(emission.Output);
            Multiply(emission, product, isDense ? emission.DeclareDense(emission.Output) : "");
            if (!isDense)
                emission.Declare(emission.Output, product + ".ToVector()");
        }

        public override bool IsRowDense(Column output, Func<Column, bool> isDense) => !output.IsTraining && base.IsRowDense(output, isDense);

        public override string? FittedSize(CheckedStage stage, Column output, string model, Func<Column, string?> sizeOf) => null;

        private static void Multiply(StageEmission emission, string product, string span)
        {
            emission.Writer.Line($"global::Dsl.Pipelines.InteractionProduct {product} = new global::Dsl.Pipelines.InteractionProduct({span});");
            foreach (Column input in emission.Stage.Inputs)
            {
                string call = input.Kind == ColumnKind.Vector ? $"Multiply({emission.Elements(input)})"
                    : IsOneHot(input) ? $"MultiplyClass({emission.Name}, {emission.Number(input)}, {ClassesOf(emission, input)})"
                    : $"Multiply({emission.Number(input)})";
                emission.Writer.Line($"{product}.{call};");
            }
        }

        private static bool IsOneHot(Column input) => input is { Kind: ColumnKind.ClassNumber, IsBinary: false };

        private static string ClassesOf(StageEmission emission, Column input) => input.Classes > 0 ? Literal.Int(input.Classes) : emission.ModelOf(emission.Context.Pipeline.Stages[input.Stage]) + ".NumClasses";
    }

    private sealed class BinarizerForm : StageForm
    {
        public override void EmitTransform(StageEmission emission)
        {
            string arguments = $"batch, {emission.Slot(emission.Input)}, {emission.Slot(emission.Output)}, {emission.Option("Threshold")}";
            emission.Writer.Line(emission.Input.Kind == ColumnKind.Vector
                ? $"global::Dsl.Pipelines.BinarizerStage.TransformVectors({emission.Name}, {arguments});"
                : $"global::Dsl.Pipelines.BinarizerStage.TransformNumbers({arguments});");
        }

        public override void EmitRow(StageEmission emission)
        {
            const string Call = "global::Dsl.Pipelines.BinarizerStage.Transform(";
            string threshold = emission.Option("Threshold");
            if (emission.Input.Kind != ColumnKind.Vector)
                emission.Set($"{Call}{emission.Number(emission.Input)}, {threshold})");
            else if (emission.IsDense(emission.Output))
                emission.SetDense(emission.Output, span => $"{Call}{emission.Span(emission.Input)}, {span}, {threshold});");
            else
                emission.Set($"{Call}{emission.Vector(emission.Input)}, {threshold})");
        }

        public override string? FittedSize(CheckedStage stage, Column output, string model, Func<Column, string?> sizeOf) => sizeOf(output.Sources[0]);
    }

    private sealed class BucketizerForm : StageForm
    {
        public override string Prepared(StageEmission emission) => Values.Text(Values.Of(emission.Stage.Entry, "Splits"));

        public override string PreparedType(string stage) => "double[]";

        public override void EmitTransform(StageEmission emission) => emission.Writer.Line(
            $"global::Dsl.Pipelines.BucketizerStage.Transform({emission.Name}, batch, {emission.Slot(emission.Input)}, {emission.Slot(emission.Output)}, {emission.Shared}, {emission.Option("HandleInvalid")}{Training(emission)});");

        public override void EmitRow(StageEmission emission) =>
            emission.DeclareClass($"global::Dsl.Pipelines.BucketizerStage.Transform({emission.Name}, {emission.NumberOrNaN(emission.Input)}, {emission.Shared}, {emission.Option("HandleInvalid")}{Training(emission)})");

        private static string Training(StageEmission emission) => emission.IsTraining ? ", isTraining: true" : "";
    }

    private sealed class QuantileForm : StageForm
    {
        public override void EmitFit(StageEmission emission) => emission.Fit(emission.Slot(emission.Input), ["NumBuckets", "HandleInvalid"], emission.IsTraining ? ", isTraining: true" : "");

        public override void EmitRow(StageEmission emission) => emission.DeclareClass($"{emission.Model}.Transform({emission.NumberOrNaN(emission.Input)})");
    }

    private sealed class WhereForm : StageForm
    {
        public override bool ReadsBatch => false;

        public override void EmitTransform(StageEmission emission) => emission.KeepWhere(new MethodCall(emission, (column, _) => emission.ValueAt(column, "i")).Text);

        public override void EmitRow(StageEmission emission)
        {
            MethodCall call = new(emission, (column, takesNull) => takesNull ? emission.TypedMaybe(column) : emission.Typed(column));
            emission.Writer.Line($"if (!{call.Text})");
            emission.Drop();
        }
    }

    private sealed class MaskForm : StageForm
    {
        private const string Mask = "global::Dsl.Pipelines.MaskStage.";

        public override string? Prepared(StageEmission emission) => HowOf(emission) is Masking.Hash or Masking.Noise ? $"global::Dsl.Pipelines.MaskingKey.Of({emission.Name}, run.Options)" : null;

        public override string PreparedType(string stage) => "global::Dsl.Pipelines.MaskingKey";

        public override void EmitTransform(StageEmission emission)
        {
            Column input = emission.Input;
            string columns = $"batch, {emission.Slot(input)}, {emission.Slot(emission.Output)}";
            emission.Writer.Line(HowOf(emission) switch
            {
                Masking.Redact => $"{Mask}Redact(batch, {emission.Slot(emission.Output)});",
                Masking.Bucket => $"{Mask}Bucket({columns}, {emission.Option("Width")});",
                Masking.Noise => $"{Mask}Noise({emission.Shared}, {columns}, {emission.Option("Scale")});",
                _ => $"{Mask}{HashOf(input)}({emission.Shared}, {columns});",
            });
        }

        public override void EmitRow(StageEmission emission)
        {
            Column input = emission.Input;
            string? presence = emission.HasValue(input);
            string call = HowOf(emission) switch
            {
                Masking.Redact => $"{Mask}Redacted",
                Masking.Bucket => $"{Mask}Bucket({emission.Number(input)}, {emission.Option("Width")})",
                Masking.Noise => $"{Mask}Noise({emission.Shared}, {emission.Number(input)}, {emission.Option("Scale")})",
                _ => $"{emission.Shared}.Hash({(Wanted.IsNumber(input) ? emission.Number(input) : emission.Value(input))})",
            };
            emission.Declare(emission.Output, presence is null || HowOf(emission) == Masking.Redact ? call : $"{presence} ? {call} : null");
        }

        private static string HashOf(Column input) => input.Kind switch
        {
            ColumnKind.Text => "HashTexts",
            ColumnKind.Flag => "HashFlags",
            ColumnKind.Time => $"HashTimes<{input.CSharp}>",
            _ => "HashNumbers",
        };

        private static Masking HowOf(StageEmission emission) => (Masking)Values.Of(emission.Stage.Entry, "How")!;
    }

    /// <summary>Static, and with its name before a text or tokens.</summary>
    private sealed class TokensForm : StageForm
    {
        public override void EmitRow(StageEmission emission) => emission.Set($"{emission.Class}.Transform({emission.Name}, {emission.Value(emission.Input)}{emission.Further(Settings)})");
    }

    /// <summary>An object that is made once.</summary>
    private sealed class PreparedForm : StageForm
    {
        public override string Prepared(StageEmission emission) => $"new {emission.Class}({emission.Name}{emission.Further(Settings)})";

        public override void EmitTransform(StageEmission emission) => emission.Writer.Line($"{emission.Shared}.Transform(batch, {emission.Slot(emission.Input)}, {emission.Slot(emission.Output)});");

        public override void EmitRow(StageEmission emission) => emission.Set($"{emission.Shared}.Transform({emission.Value(emission.Input)})");
    }

    /// <summary>A vocabulary.</summary>
    private sealed class FittedTokensForm : StageForm
    {
        public override void EmitRow(StageEmission emission) => emission.Set($"{emission.Model}.Transform({emission.Value(emission.Input)})");
    }

    private sealed class HasherForm : StageForm
    {
        public override string Prepared(StageEmission emission)
        {
            string names = string.Join(", ", emission.Stage.Inputs.Select(input => Literal.Quoted(input.Name)));
            string[] categorical = (string[])Values.Of(emission.Stage.Entry, "CategoricalCols")!;
            string kinds = string.Join(", ", emission.Stage.Inputs.Select(input => "global::Dsl.Pipelines.HashedKind." + KindOf(input, categorical)));
            return $"new global::Dsl.Pipelines.FeatureHasherStage({emission.Name}, {emission.Option("NumFeatures")}, [{names}], [{kinds}])";
        }

        public override void EmitTransform(StageEmission emission) => emission.Writer.Line($"{emission.Shared}.Transform(batch, {emission.Slots(emission.Stage.Inputs)}, {emission.Slot(emission.Output)});");

        public override void EmitRow(StageEmission emission)
        {
            string hashed = emission.Own(emission.Output);
            string count = Literal.Int(emission.Stage.Inputs.Count);
            emission.Writer.Line($"global::Dsl.Pipelines.FeatureHasherStage.HashedRow {hashed} = {emission.Shared}.Begin(stackalloc int[{count}], stackalloc double[{count}]);");
            for (int i = 0; i < emission.Stage.Inputs.Count; i++)
            {
                Column input = emission.Stage.Inputs[i];
                emission.Writer.Line($"{hashed}.Add({Literal.Int(i)}, {(Wanted.IsNumber(input) ? emission.MaybeNumber(input) : emission.MaybeValue(input))});");
            }

            emission.Declare(emission.Output, hashed + ".End()");
        }

        public override bool IsRowDense(Column output, Func<Column, bool> isDense) => false;

        private static string KindOf(Column input, string[] categorical) => input.Kind switch
        {
            ColumnKind.Text => "Text",
            ColumnKind.Flag => "Flag",
            _ when Array.IndexOf(categorical, input.Name) < 0 => "Number",
            _ when input.IsWhole => "WholeCategory",
            _ => input.CSharp == "float" ? "SingleCategory" : "Category",
        };
    }
}
