using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Products of the elements of several columns.</summary>
internal sealed class InteractionStage : JoiningStage<InteractionAttribute>
{
    private static readonly Wanted Factor = Wanted.NumberOrVector;

    public override void Check(StageSite site)
    {
        if (site.Uses.Count == 0)
            site.FailHere(Descriptors.WrongOption, "needs at least one column");
        if (site.ReadAll("inputs", Factor) is { } inputs)
            site.Make(0, Columns.Vector(SizeOf(inputs)), inputs);
    }

    private static int SizeOf(IReadOnlyList<Column> inputs)
    {
        long size = inputs.Count == 0 ? Column.Wrong : 1;
        bool isOpen = false;
        foreach (Column input in inputs)
        {
            // A class number counts as one-hot of all its classes.
            int factor = IsOneHot(input) ? input.Classes : input.Elements;
            if (factor == Column.Wrong)
                return Column.Wrong;
            isOpen |= factor == 0;
            size = Counting.Multiply(size, factor == 0 ? 1 : factor);
        }

        return isOpen ? 0 : Columns.Sized(size);
    }

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
            emission.Writer.Line($"global::Dsl.Vector? {emission.Code.Plan.Local(emission.Output)} = null;");
            emission.Writer.Open($"if ({presence})");
            Multiply(emission, product, "");
            emission.Writer.Line($"{emission.Code.Plan.Local(emission.Output)} = {product}.ToVector();");
            emission.Writer.Close();
            return;
        }

        bool isDense = emission.IsDense(emission.Output);
        Multiply(emission, product, isDense ? emission.DeclareDense(emission.Output) : "");
        if (!isDense)
            emission.Declare(emission.Output, product + ".ToVector()");
    }

    public override bool IsRowDense(Column output, Func<Column, bool> isDense) => !output.IsTraining && base.IsRowDense(output, isDense);

    public override string? FittedSize(StageEmission emission, Column output, string model, Func<Column, string?> sizeOf) => null;

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

    private static string ClassesOf(StageEmission emission, Column input)
    {
        if (input.Classes > 0)
            return Literal.Int(input.Classes);
        Column made = input;
        while (made.IsDropped)
            made = made.Sources[0];
        CheckedStage maker = emission.Code.Pipeline.Stages[made.Stage];
        return maker.Learns ? emission.ModelOf(maker) + ".NumClasses" : $"global::Dsl.Pipelines.BucketizerStage.NumClasses({emission.Of(maker).Shared}, {emission.Of(maker).Option("HandleInvalid")})";
    }
}
