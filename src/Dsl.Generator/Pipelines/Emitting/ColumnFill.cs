using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>A column of a batch that is filled row by row from values of C#.</summary>
internal sealed class ColumnFill(PipelineCode code, Column column)
{
    private const string Vectors = "global::Dsl.Pipelines.VectorColumn";
    private const string Reading = "global::Dsl.Pipelines.RowColumns.";

    private readonly string local = code.Locals.Of(column);
    private readonly string one = code.Locals.Further(column);
    private readonly string nulls = code.Locals.Of(column) + "Nulls";
    private readonly string typed = code.Locals.Of(column) + "Typed";
    private readonly int? typedSlot = column.Property is null ? code.Slots.TypedOf(column) : null;

    private string Element => column.Kind switch
    {
        ColumnKind.Number or ColumnKind.ClassNumber or ColumnKind.Flag => "double",
        ColumnKind.Text => "string?",
        ColumnKind.Tokens => "string[]?",
        _ => column.CSharp,
    };

    /// <summary>The arrays.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="seen">Of vectors whose size nothing declares: the size that each must have, 0 for that of the first.</param>
    public void Declare(string count, string seen = "0")
    {
        if (column.Kind == ColumnKind.Vector)
        {
            string size = column.Size > 0 ? Literal.Int(column.Size) : seen;
            code.Writer.Line($"{Vectors} {local} = new {Vectors}({Literal.Quoted(column.Name)}, {size}, {count});");
            DeclareTyped(count);
            return;
        }

        // An array of arrays is written with its length first.
        string made = Element == "string[]?" ? $"string[{count}][]" : $"{Element}[{count}]";
        code.Writer.Line($"{Element}[] {local} = new {made};");
        if (column.IsNullable)
            code.Writer.Line($"bool[] {nulls} = new bool[{count}];");
        DeclareTyped(count);
    }

    /// <summary>One row.</summary>
    /// <param name="value">Its value in C#.</param>
    /// <param name="row">Its number.</param>
    /// <param name="number">Which it is among all, for messages.</param>
    public void Assign(string value, string row, string number)
    {
        CodeWriter writer = code.Writer;
        if (typedSlot is not null)
        {
            writer.Line($"{column.Declared} {one} = {value};");
            writer.Line($"{typed}[{row}] = {one};");
            value = one;
        }

        bool isVector = column.Kind == ColumnKind.Vector;
        if (!column.IsNullable)
        {
            string given = isVector && column.IsReference ? $"{value} ?? throw {Reading}NullIn({Literal.Quoted(column.Name)}, {number})" : value;
            writer.Line(isVector ? $"{local}.Add({given}, {number});" : $"{local}[{row}] = {Held(given)};");
            return;
        }

        string there = typedSlot is not null ? one + "There" : one;
        writer.Line($"if ({value} is {{ }} {there})");
        writer.Line(isVector ? $"    {local}.Add({there}, {number});" : $"    {local}[{row}] = {Held(there)};");
        writer.Line("else");
        writer.Line(isVector ? $"    {local}.AddNull();" : Element == "double" ? $"    ({local}[{row}], {nulls}[{row}]) = (double.NaN, true);" : $"    {nulls}[{row}] = true;");
    }

    /// <summary>Into the batch with it.</summary>
    public void Set()
    {
        CodeWriter writer = code.Writer;
        string slot = Literal.Int(code.Slots.Of(column));
        string batch = LocalNames.Batch;
        if (column.Kind == ColumnKind.Vector)
            writer.Line($"{local}.Set({batch}, {slot});");
        else
            writer.Line($"{batch}.Set({slot}, {local}{(column.IsNullable ? $", {Reading}NullsOf({nulls})" : "")});");
        if (typedSlot is { } further)
            writer.Line($"{batch}.Set({Literal.Int(further)}, {typed});");
    }

    private void DeclareTyped(string count)
    {
        if (typedSlot is not null)
            code.Writer.Line($"{column.Declared}[] {typed} = new {ArrayOf(column.Declared, count)};");
    }

    private static string ArrayOf(string type, string count)
    {
        int bracket = type.IndexOf('[');
        return bracket < 0 ? $"{type}[{count}]" : $"{type.Substring(0, bracket)}[{count}]{type.Substring(bracket).TrimEnd('?')}";
    }

    private string Held(string value) => column.Kind switch
    {
        ColumnKind.Number => column.CSharp == "double" ? value : $"(double){value}",
        ColumnKind.Flag => $"{value} ? 1 : 0",
        _ => value,
    };
}
