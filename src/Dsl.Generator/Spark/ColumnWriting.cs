using System.Collections.Generic;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Spark;

/// <summary>Writes what puts rows into a column: locals for the builders of a struct's fields, and statements a row.</summary>
/// <param name="writer">Gets both.</param>
/// <param name="names">The method's locals.</param>
/// <param name="options">How decimals and times are given.</param>
internal sealed class ColumnWriting(CodeWriter writer, LocalNames names, FunctionOptions options)
{
    private readonly Dictionary<(string Builder, int Field), string> builders = [];

    /// <summary>The type in which Arrow has values of one width, or null where they are appended row by row.</summary>
    public static string? StoredAs(ColumnValue value) => value.Form switch
    {
        ValueForm.Number => value.CSharp,
        ValueForm.Date => "int",
        ValueForm.Time => "long",
        ValueForm.Decimal => "global::System.Int128",
        _ => null,
    };

    /// <summary>Writes locals for the builders of fields, of fields' fields and so on.</summary>
    /// <param name="value">What the rows are in C#.</param>
    /// <param name="stem">What the locals' names start with.</param>
    /// <param name="builder">The builder of all.</param>
    public void Declare(ColumnValue value, string stem, string builder)
    {
        for (int i = 0; i < value.Fields.Count; i++)
        {
            ColumnField field = value.Fields[i];
            string own = names.Take(stem + field.Name);
            writer.Line($"{SeamNames.ColumnBuilder} {own} = {builder}.Children[{Literal.Int(i)}];");
            builders.Add((builder, i), own);
            Declare(field.Value, own, own);
        }
    }

    /// <summary>Writes statements that append a value.</summary>
    /// <param name="value">What it is in C#.</param>
    /// <param name="builder">Where it goes.</param>
    /// <param name="expression">It; evaluated more than once.</param>
    public void Append(ColumnValue value, string builder, string expression)
    {
        // What may not be null may be so all the same, from code that was compiled without nullable contexts.
        if (!value.IsNullable && !value.IsReference)
        {
            AppendThere(value, builder, expression);
            return;
        }

        writer.Open($"if ({expression} is null)");
        writer.Line($"{builder}.AppendNull();");
        writer.Close();
        writer.Open("else");
        AppendThere(value, builder, value.IsReference ? expression : expression + ".GetValueOrDefault()");
        writer.Close();
    }

    /// <summary>The value as Arrow has it.</summary>
    public string Stored(ColumnValue value, string expression) => value.Form switch
    {
        ValueForm.Date => $"{SeamNames.Values}ToDays({expression})",
        ValueForm.Time => $"{SeamNames.Values}{(options.IsNtz ? "ToWallClock" : "ToMicroseconds")}({expression})",
        ValueForm.Decimal => $"{SeamNames.Values}ToUnscaled({expression}, {Literal.Int(options.Precision)}, {Literal.Int(options.Scale)})",
        _ => expression,
    };

    private void AppendThere(ColumnValue value, string builder, string expression)
    {
        switch (value.Form)
        {
            case ValueForm.Text:
                writer.Line($"{builder}.Append(global::System.MemoryExtensions.AsSpan({expression}));");
                break;
            case ValueForm.Binary:
                writer.Line($"{builder}.Append(new global::System.ReadOnlySpan<byte>({expression}));");
                break;
            case ValueForm.NumberSpan:
                writer.Line($"{builder}.AppendList({expression});");
                break;
            case ValueForm.NumberArray:
                writer.Line($"{builder}.AppendList(new global::System.ReadOnlySpan<{value.Element}>({expression}));");
                break;
            case ValueForm.TextArray:
                writer.Line($"{SeamNames.Values}AppendTexts({builder}, {expression});");
                break;
            case ValueForm.Record:
                for (int i = 0; i < value.Fields.Count; i++)
                    Append(value.Fields[i].Value, builders[(builder, i)], $"{expression}.{Literal.Name(value.Fields[i].Name)}");
                writer.Line($"{builder}.AppendRow();");
                break;
            default:
                writer.Line($"{builder}.Append({Stored(value, expression)});");
                break;
        }
    }
}
