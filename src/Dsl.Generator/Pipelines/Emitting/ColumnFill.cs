using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>A column of a batch that is filled row by row from values of C#.</summary>
internal sealed class ColumnFill(PipelineCode context, Column column)
{
    private const string Reading = "global::Dsl.Pipelines.RowColumns.";

    private readonly string local = context.Locals.Of(column);
    private readonly string one = context.Locals.Further(column);
    private readonly string nulls = context.Locals.Of(column) + "Nulls";
    private readonly string typed = context.Locals.Of(column) + "Typed";
    private readonly int? typedSlot = column.Property is null ? context.Slots.TypedOf(column) : null;

    private string Element => column.Kind switch
    {
        ColumnKind.Number or ColumnKind.ClassNumber or ColumnKind.Flag => "double",
        ColumnKind.Text => "string?",
        ColumnKind.Tokens => "string[]?",
        ColumnKind.Vector => "global::Dsl.Vector",
        _ => column.CSharp,
    };

    /// <summary>The arrays.</summary>
    /// <param name="count">How many rows.</param>
    public void Declare(string count)
    {
        // An array of arrays is written with its length first.
        string made = Element == "string[]?" ? $"string[{count}][]" : $"{Element}[{count}]";
        context.Writer.Line($"{Element}[] {local} = new {made};");
        if (column.IsNullable)
            context.Writer.Line($"bool[] {nulls} = new bool[{count}];");
        if (typedSlot is not null)
            context.Writer.Line($"{column.Declared}[] {typed} = new {ArrayOf(column.Declared, count)};");
    }

    /// <summary>One row.</summary>
    /// <param name="value">Its value in C#.</param>
    /// <param name="row">Its number.</param>
    /// <param name="number">Which it is among all, for messages.</param>
    public void Assign(string value, string row, string number)
    {
        CodeWriter writer = context.Writer;
        if (typedSlot is not null)
        {
            writer.Line($"{column.Declared} {one} = {value};");
            writer.Line($"{typed}[{row}] = {one};");
            value = one;
        }

        if (!column.IsNullable)
        {
            string given = column.Kind == ColumnKind.Vector && column.IsReference ? $"{value} ?? throw {Reading}NullIn({Literal.Quoted(column.Name)}, {number})" : value;
            writer.Line($"{local}[{row}] = {Held(given)};");
            return;
        }

        string there = typedSlot is not null ? one + "There" : one;
        writer.Line($"if ({value} is {{ }} {there})");
        writer.Line($"    {local}[{row}] = {Held(there)};");
        writer.Line("else");
        writer.Line(Element == "double" ? $"    ({local}[{row}], {nulls}[{row}]) = (double.NaN, true);" : $"    {nulls}[{row}] = true;");
    }

    /// <summary>Into the batch with it.</summary>
    /// <param name="size">Of vectors: the size that each must have, 0 for that of the first.</param>
    public void Set(string size = "0")
    {
        CodeWriter writer = context.Writer;
        string slot = Literal.Int(context.Slots.Of(column));
        string batch = LocalNames.Batch;
        string isNull = column.IsNullable ? $"{Reading}NullsOf({nulls})" : "null";
        if (column.Kind == ColumnKind.Vector)
            writer.Line($"{Reading}SetVectors({batch}, {slot}, {local}, {isNull}, {(column.Size > 0 ? Literal.Int(column.Size) : size)});");
        else
            writer.Line($"{batch}.Set({slot}, {local}{(column.IsNullable ? ", " + isNull : "")});");
        if (typedSlot is { } further)
            writer.Line($"{batch}.Set({Literal.Int(further)}, {typed});");
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
        ColumnKind.Vector => $"{Reading}VectorOf({value})",
        _ => value,
    };
}
