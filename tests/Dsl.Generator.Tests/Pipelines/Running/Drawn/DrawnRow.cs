using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <summary>A row type drawn at random, of every shape that the page allows, and the C# that makes rows of it.</summary>
internal sealed class DrawnRow
{
    // Names that generated code has for itself, in either case, beside plain ones.
    private static readonly string[] Names =
    [
        "row", "Rows", "I", "values", "Batch", "Run", "way", "Value", "Index", "Options", "seed", "Path", "Count", "Length", "Item", "data", "Learnt", "Made", "First", "Keep", "held", "Folder",
        "Vector", "System", "Dsl", "String", "Double", "Größe", "_x", "A1", "Alter", "income", "Pipeline", "Fitted", "Model", "Result", "Input", "Output", "At", "writer", "Reader", "cells", "Point", "fold", "Best",
        "Flag", "stratum", "plan", "progress", "declared", "Task", "X", "Y", "Score", "Probability", "Raw", "nameof", "var", "async", "await", "field", "value", "partial", "yield", "when", "from", "dynamic", "record1", "file",
    ];

    private readonly Random random;
    private readonly Queue<string> names;
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase) { "OutputRow", "Scores", "Row", "P" };
    private readonly List<(DrawnColumn Column, string Attribute, string Value)> columns = [];
    private bool isOblivious;

    public DrawnRow(Random random)
    {
        this.random = random;
        string[] shuffled = [.. Names];
        random.Shuffle(shuffled);
        names = new Queue<string>(shuffled);
        isOblivious = Chance(8);
        AddColumns();
        AddLabels();
        (DrawnColumn, string, string)[] mixed = [.. columns];
        random.Shuffle(mixed);
        columns = [.. mixed];
        Form = random.Next(9);
    }

    public IEnumerable<DrawnColumn> Columns => columns.Select(one => one.Column with { IsOwn = true });

    /// <summary>0, 1 records, 2 a class to set, 3 of <c>required</c>, 4 a struct, 5 a record struct, 6 an interface, 7 inherited, 8 <c>init</c>.</summary>
    public int Form { get; }

    /// <summary>Rows can be read from a file.</summary>
    public bool IsRead => Form != 6;

    /// <summary>What the columns are called in files.</summary>
    public IEnumerable<string> Header => columns.Select(one => one.Attribute.Contains("in file", StringComparison.Ordinal) ? "in file " + one.Column.Name : one.Column.Name);

    /// <summary>A name that no column and no stage has yet.</summary>
    public string Fresh(string plain)
    {
        for (int i = 1; ; i++)
        {
            string name = Chance(30) && names.Count > 0 ? names.Dequeue() : plain + i;
            if (taken.Add(name))
                return name;
        }
    }

    /// <summary>The type.</summary>
    /// <param name="access">From where it can be seen.</param>
    public string Type(string access)
    {
        string declaration = Declaration().Replace("public abstract record", access + " abstract record", StringComparison.Ordinal);
        foreach (string kind in (string[])["record", "readonly record", "sealed record", "class", "struct", "interface"])
        {
            foreach (string name in (string[])["Row", "RowOf", "struct Row"])
                declaration = declaration.Replace($"public {kind} {name}", $"{access} {kind} {name}", StringComparison.Ordinal);
        }

        return isOblivious ? $"#nullable disable\n{declaration}#nullable enable\n" : declaration;
    }

    /// <summary>A class <c>Make</c> with rows of it.</summary>
    /// <param name="access">From where it can be seen.</param>
    /// <param name="within">The type that it stands in, with a dot; or nothing.</param>
    public string Make(string access, string within)
    {
        string type = Form == 6 ? within + "RowOf" : "Row";
        string values = Form is 0 or 1 or 5 or 6 or 7
            ? $"new {type}({string.Join(", ", columns.Select(one => one.Value))})"
            : $"new {type} {{ {string.Join(", ", columns.Select(one => $"{Written(one.Column)} = {one.Value}"))} }}";
        return $$"""
            {{access}} static class Make
            {
                public static Row[] Rows(int seed, int count, bool odd)
                {
                    Draw d = new(seed, odd);
                    Row[] rows = new Row[count];
                    for (int i = 0; i < count; i++)
                    {
                        d.Next();
                        rows[i] = {{values}};
                    }

                    return rows;
                }
            }

            """;
    }

    private static string Written(DrawnColumn column) => "@" + column.Name;

    private string Declaration()
    {
        string[] parameters = [.. columns.Select(one => $"{one.Attribute}{Type(one.Column)} {Written(one.Column)}")];
        string list = string.Join(", ", parameters);
        int half = columns.Count / 2;
        return Form switch
        {
            0 or 1 => $"public record Row({list});\n",
            5 => $"public readonly record struct Row({list});\n",
            6 => $"public interface Row {{ {string.Concat(parameters.Select(one => one + " { get; } "))} }}\npublic sealed record RowOf({string.Join(", ", columns.Select(one => $"{Type(one.Column)} {Written(one.Column)}"))}) : Row;\n",
            7 => $"public abstract record Base({string.Join(", ", parameters.Take(half))});\npublic sealed record Row({string.Join(", ", columns.Select((one, i) => $"{(i < half ? "" : one.Attribute)}{Type(one.Column)} {Written(one.Column)}"))}) : Base({string.Join(", ", columns.Take(half).Select(one => Written(one.Column)))});\n",
            _ => $"public {(Form == 4 ? "struct" : "class")} Row {{ {string.Concat(columns.Select(one => $"{one.Attribute}public {(Form == 3 ? "required " : "")}{Type(one.Column)} {Written(one.Column)} {{ get; {(Form == 8 ? "init" : "set")}; }}{(Form is 2 or 8 && IsReference(one.Column) && !one.Column.MayBeNull && !isOblivious ? " = null!;" : "")} "))} }}\n",
        };
    }

    private string Type(DrawnColumn column) => isOblivious && IsReference(column) ? column.Type : column.Declared;

    private static bool IsReference(DrawnColumn column) => column.Type is "string" || column.Type.EndsWith(']') || column.Type.StartsWith("System.Collections", StringComparison.Ordinal);

    private bool Chance(int percent) => random.Next(100) < percent;

    private void AddColumns()
    {
        int count = random.Next(4, 13);
        for (int i = 0; i < count; i++)
        {
            switch (random.Next(14))
            {
                case 0 or 1 or 2:
                    bool isReal = Chance(70);
                    string real = isReal ? "double" : Chance(50) ? "float" : "decimal";
                    bool mayBeNaN = real != "decimal" && Chance(20);
                    Add(new(Fresh("A"), DrawnKind.Number, real) { MayBeNaN = mayBeNaN }, $"({real})d.Number({(real == "decimal" ? "false, false" : mayBeNaN ? "true, true" : "false, true")})");
                    break;
                case 3 or 4:
                    string[] types = ["sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong"];
                    string whole = types[random.Next(types.Length)];
                    bool isFew = Chance(60);
                    Add(new(Fresh("W"), DrawnKind.Number, whole) { IsWhole = true, IsFew = isFew, IsNonNegative = true }, $"({whole})d.Whole({(isFew ? 4 : 100)})");
                    break;
                case 5:
                    Add(new(Fresh("F"), DrawnKind.Flag, "bool") { IsFew = true, Classes = 2, IsNonNegative = true }, "d.Flag()");
                    break;
                case 6 or 7:
                    Add(new(Fresh("G"), DrawnKind.Text, "string") { IsFew = true }, $"d.Group({random.Next(2, 6)})");
                    break;
                case 8 or 9:
                    Add(new(Fresh("S"), DrawnKind.Text, "string"), "d.Sentence()");
                    break;
                case 10:
                    Add(new(Fresh("K"), DrawnKind.Tokens, "string[]"), "d.Words()");
                    break;
                case 11 or 12:
                    AddVector();
                    break;
                default:
                    AddOther();
                    break;
            }
        }

        if (!columns.Exists(one => one.Column.Kind == DrawnKind.Number))
            columns.Add((new(Fresh("A"), DrawnKind.Number, "double"), "", "d.Number(false, true)"));
    }

    private void AddVector()
    {
        int size = random.Next(1, 6);
        bool isDeclared = Chance(60);
        string type = random.Next(3) switch { 0 => "float[]", 1 => "double[]", _ => "Vector" };
        string draw = type switch { "float[]" => "d.Singles", "double[]" => "d.Doubles", _ => "d.Any" };
        Add(new(Fresh("V"), DrawnKind.Vector, type) { Size = size, IsSizeDeclared = isDeclared }, $"{draw}({size})", isDeclared ? $"[VectorSize({size})] " : "");
    }

    private void AddOther()
    {
        switch (random.Next(5))
        {
            case 0:
                Add(new(Fresh("T"), DrawnKind.Time, "System.DateTime"), "d.Time()");
                break;
            case 1:
                Add(new(Fresh("D"), DrawnKind.Time, "System.DateOnly"), "d.Day()");
                break;
            case 2:
                Add(new(Fresh("Id"), DrawnKind.Carried, "System.Guid"), "d.Id()");
                break;
            case 3:
                Add(new(Fresh("E"), DrawnKind.Carried, "System.DayOfWeek"), "d.WeekDay()");
                break;
            default:
                if (Form == 0)
                    Add(new(Fresh("Z"), DrawnKind.Carried, "System.TimeSpan"), "d.Span()");
                break;
        }
    }

    /// <summary>What models learn from, kept apart: it never comes among the features.</summary>
    private void AddLabels()
    {
        AddLabel(new(Fresh("Is"), DrawnKind.Flag, "bool") { Classes = 2 }, "d.Latent > 0.1");
        AddLabel(new(Fresh("Species"), DrawnKind.Text, "string") { IsFew = true }, "d.Kind()");
        AddLabel(new(Fresh("Stars"), DrawnKind.Number, Chance(50) ? "int" : Chance(50) ? "byte" : "ulong") { IsWhole = true, IsFew = true, Size = 3 }, "@d.Star()");
        AddLabel(new(Fresh("Target"), DrawnKind.Number, Chance(70) ? "double" : "float"), "@d.Target()");
        AddLabel(new(Fresh("Weight"), DrawnKind.Number, Chance(70) ? "double" : "int") { IsNonNegative = true, IsWhole = false }, "@d.Weight()");
        AddVectorLabel(new(Fresh("Shares"), DrawnKind.Vector, "") { IsNonNegative = true }, "Shares");
        AddVectorLabel(new(Fresh("Amounts"), DrawnKind.Vector, ""), "Amounts");
    }

    private void AddVectorLabel(DrawnColumn column, string draw)
    {
        int size = random.Next(2, 5);
        bool isDeclared = Chance(50);
        string type = random.Next(3) switch { 0 => "float[]", 1 => "double[]", _ => "Vector" };
        string value = $"d.{draw}({size})";
        AddLabel(
            column with { Type = type, Size = size, IsSizeDeclared = isDeclared },
            type switch { "double[]" => value, "float[]" => $"Array.ConvertAll({value}, one => (float)one)", _ => $"Vector.Dense({value})" },
            isDeclared ? $"[VectorSize({size})] " : "");
    }

    private void AddLabel(DrawnColumn column, string value, string attribute = "")
    {
        string type = column.Type;
        bool mayBeNull = !(isOblivious && IsReference(column)) && Chance(40);
        string made = value.StartsWith('@') ? $"({type}){value[1..]}" : value;
        columns.Add((column with { IsLabel = true, MayBeNull = mayBeNull }, attribute + Attributes(column), mayBeNull ? $"d.IsNull() ? ({type}?)null : {made}" : made));
    }

    private void Add(DrawnColumn column, string value, string attribute = "")
    {
        bool mayBeNull = !(isOblivious && IsReference(column)) && Chance(25);
        bool isSensitive = column.Kind != DrawnKind.Carried && Chance(8);
        string drawn = mayBeNull ? $"d.IsNull() ? ({column.Type}?)null : {value}"
            : IsReference(column) ? $"d.IsWronglyNull() ? null! : {value}"
            : value;
        columns.Add((column with { MayBeNull = mayBeNull, IsSensitive = isSensitive }, attribute + (isSensitive ? "[Sensitive] " : "") + Attributes(column), drawn));
    }

    private string Attributes(DrawnColumn column) => Chance(10) ? $"[Column(\"in file {column.Name}\")] " : "";
}
