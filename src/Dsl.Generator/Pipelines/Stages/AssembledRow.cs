using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>One row's vector, put together of columns: <c>VectorAssembler</c> in <c>Predict</c>.</summary>
/// <param name="emission">The stage.</param>
/// <param name="keeps">Null and NaN stay, as NaN.</param>
internal sealed class AssembledRow(StageEmission emission, bool keeps)
{
    private readonly string local = emission.Code.Plan.Local(emission.Output);

    private CodeWriter Writer => emission.Writer;

    public void Write()
    {
        Column output = emission.Output;
        if (emission.IsTraining)
        {
            WriteTraining(output);
            return;
        }

        CheckParts();
        if (emission.IsDense(output))
        {
            emission.DeclareDense(output);
            Fill();
        }
        else
        {
            Assemble(emission.Own(output));
            Writer.Line($"global::Dsl.Vector {local} = {emission.Own(output)}.ToVector();");
        }
    }

    /// <summary>As a training column: null where a part is.</summary>
    private void WriteTraining(Column output)
    {
        List<string> conditions = [];
        foreach (Column input in keeps ? [] : emission.Stage.Inputs)
        {
            if (emission.HasValue(input) is { } has)
                conditions.Add(has);
            if (input.MayBeNaN)
                conditions.Add($"!double.IsNaN({emission.Number(input)})");
        }

        string presence = conditions.Count == 0 ? "true" : string.Join(" && ", conditions);
        if (emission.IsDense(output))
        {
            emission.DeclareDense(output);
            Writer.Line($"bool {emission.Code.Plan.Has(output)} = {presence};");
            Writer.Open($"if ({emission.Code.Plan.Has(output)})");
            Fill();
        }
        else
        {
            Writer.Line($"global::Dsl.Vector? {local} = null;");
            Writer.Open($"if ({presence})");
            Assemble(emission.Own(output));
            Writer.Line($"{local} = {emission.Own(output)}.ToVector();");
        }

        Writer.Close();
    }

    /// <summary>Whether the row stays, or has an error.</summary>
    private void CheckParts()
    {
        foreach (Column input in keeps ? [] : emission.Stage.Inputs)
        {
            string? number = input.Kind == ColumnKind.Vector ? emission.HasValue(input) is { } has ? $"{has} ? 0d : double.NaN" : null
                : input.MayBeNaN || emission.HasValue(input) is not null ? Element(input)
                : null;
            if (number is null)
                continue;
            string call = $"global::Dsl.Pipelines.VectorAssemblerStage.Keeps({emission.Name}, {Literal.Quoted(input.Name)}, {number}, {emission.Option("HandleInvalid")})";
            if (emission.Code.Pipeline.MayDrop)
            {
                Writer.Line($"if (!{call})");
                emission.Drop();
            }
            else
            {
                Writer.Line(call + ";");
            }
        }
    }

    private void Fill()
    {
        int known = 0;
        string at = "0";
        foreach (Column input in emission.Stage.Inputs)
        {
            if (input.Kind != ColumnKind.Vector)
            {
                Writer.Line($"{local}[{at}] = {Element(input)};");
                at = Next("1", ref known, at);
                continue;
            }

            string size = input.Size > 0 ? Literal.Int(input.Size) : emission.Code.Plan.SizeOf(input);
            string target = at == "0" ? local : $"{local}.Slice({at})";
            string copy = input.CSharp == "double[]"
                ? $"global::System.MemoryExtensions.CopyTo({emission.Span(input)}, {target});"
                : $"{emission.Span(input)}.CopyTo({target});";
            Part(input, copy, $"{local}.Slice({at}, {size}).Fill(double.NaN);");
            at = Next(size, ref known, at);
        }
    }

    private void Assemble(string parts)
    {
        Writer.Line($"global::Dsl.Pipelines.AssembledVector {parts} = new global::Dsl.Pipelines.AssembledVector({Literal.Int(emission.Stage.Inputs.Count)});");
        foreach (Column input in emission.Stage.Inputs)
        {
            if (input.Kind == ColumnKind.Vector)
                Part(input, $"{parts}.Add({emission.Vector(input)});", $"{parts}.AddNull({emission.Code.Plan.WantedSize(input)});");
            else
                Writer.Line($"{parts}.Add({Element(input)});");
        }
    }

    private void Part(Column input, string there, string missing)
    {
        if (!keeps || emission.HasValue(input) is not { } has)
        {
            Writer.Line(there);
            return;
        }

        Writer.Line($"if ({has})");
        Writer.Line("    " + there);
        Writer.Line("else");
        Writer.Line("    " + missing);
    }

    private static string Next(string size, ref int known, string at)
    {
        if (at == Literal.Int(known) && int.TryParse(size, out int constant))
            return Literal.Int(known += constant);
        known = -1;
        return at == "0" ? size : $"{at} + {size}";
    }

    private string Element(Column input)
    {
        string number = emission.MaybeNumber(input);
        return emission.HasValue(input) is null ? number : emission.IsTraining && !keeps ? emission.Number(input) : $"({number} ?? double.NaN)";
    }
}
