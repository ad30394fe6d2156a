using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;

namespace Dsl.Generator.Rows;

/// <summary>Prints the generated part of a record that is marked <c>[SparkRow]</c>: the mapper between it and a table's columns.</summary>
internal static class RowEmitter
{
    private const string Rows = "global::Dsl.Spark.Rows.";

    public static string Emit(RowPart part)
    {
        CodeWriter writer = new();
        Declaration declaration = new() { Name = part.Type.Name, Namespace = part.Namespace, ContainingTypes = part.ContainingTypes };
        GeneratedClass.Begin(writer, declaration, part.IsWrong, failure: null);

        // By its full name: the mapper inherits members that may be called like the record.
        string row = "global::" + string.Join(".", part.FullName.Split('.').Select(Literal.Name));
        string property = $"static {Rows}RowMapper<{row}> {Rows}ISparkRow<{row}>.Mapper";
        writer.Open($"partial {part.Type.Keyword} {Literal.Name(part.Type.Name)} : {Rows}ISparkRow<{row}>");
        if (part.IsWrong)
        {
            writer.Line($"{property} => throw new global::System.InvalidOperationException({Literal.Text($"{part.Type.Name} is wrong; the compiler shows how.")});");
        }
        else
        {
            writer.Line($"{property} {{ get; }} = new {part.Mapper}();");
            writer.Line();
            Mapper(writer, part, row);
        }

        GeneratedClass.End(writer, declaration);
        return writer.ToString();
    }

    private static void Mapper(CodeWriter writer, RowPart part, string row)
    {
        writer.Open($"private sealed class {part.Mapper} : {Rows}RowMapper<{row}>");
        writer.Line($"public {part.Mapper}() : base(");
        for (int i = 0; i < part.Members.Count; i++)
        {
            RowMemberPart member = part.Members[i];
            writer.Line($"    {Rows}RowMember.Of({Literal.Text(member.Name)}, {member.Value}, ({row} row) => row.{Literal.Name(member.Name)}){(i < part.Members.Count - 1 ? "," : ")")}");
        }

        writer.Line("{");
        writer.Line("}");
        writer.Line();
        writer.Open($"protected override {Rows}MemberReader<{row}> Bind({Rows}RowBinding row)");
        IEnumerable<string> reads = part.Members.Select((_, i) => $"member{Literal.Int(i)}(columns, at)");
        for (int i = 0; i < part.Members.Count; i++)
            writer.Line($"var member{Literal.Int(i)} = row.Member({Literal.Text(part.Members[i].Name)}, {part.Members[i].Value});");
        writer.Line($"return (columns, at) => new {row}({string.Join(", ", reads)});");
        writer.Close();
        writer.Close();
    }
}
