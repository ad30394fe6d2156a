using System;
using Dsl.Generator.Pipelines.Facts;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>What kind of column a stage takes at one place.</summary>
/// <param name="Text">As messages have it: <c>a vector</c>.</param>
/// <param name="Fits">Whether a column is of that kind.</param>
/// <param name="Advice">Which stage makes one of another column, as messages end; empty where none does.</param>
internal sealed record Wanted(string Text, Func<Column, bool> Fits, Func<Column, string> Advice)
{
    private const string Assembler = ": VectorAssembler makes one";

    public static Wanted Number { get; } = new("a number", IsNumber, ToNumber);

    public static Wanted NumberOrFlag { get; } = new("a number or a flag", column => IsNumber(column) || column.Kind == ColumnKind.Flag, ToNumber);

    public static Wanted Words { get; } = new("text", column => column.Kind == ColumnKind.Text, ToText);

    /// <summary>Text, or a number as its invariant text.</summary>
    public static Wanted TextOrNumber { get; } = new("text or a number", column => column.Kind == ColumnKind.Text || IsNumber(column), ToText);

    public static Wanted Tokens { get; } = new("tokens", column => column.Kind == ColumnKind.Tokens, column => column.Kind == ColumnKind.Text ? ": Tokenizer makes them" : "");

    public static Wanted Vector { get; } = new("a vector", column => column.Kind == ColumnKind.Vector, ToVector);

    public static Wanted NumberOrVector { get; } = new("a number or a vector", column => IsNumber(column) || column.Kind == ColumnKind.Vector, ToNumber);

    /// <summary>What <c>VectorAssembler</c> puts together.</summary>
    public static Wanted Elements { get; } = new("a number, a flag or a vector", column => IsNumber(column) || column.Kind is ColumnKind.Flag or ColumnKind.Vector, ToNumber);

    /// <summary>A classifier's label.</summary>
    public static Wanted Classes { get; } = new(
        "classes: a class number, a flag or a whole number",
        column => column.Kind is ColumnKind.ClassNumber or ColumnKind.Flag || (column.Kind == ColumnKind.Number && column.IsWhole),
        column => column.Kind switch
        {
            ColumnKind.Text => ": StringIndexer makes them",
            ColumnKind.Number => ": a whole type, StringIndexer, Binarizer or Bucketizer makes them",
            _ => "",
        });

    /// <summary>A regressor's label.</summary>
    public static Wanted Amount { get; } = new(
        "a number that no StringIndexer made",
        column => IsNumber(column) && column.LabelsOf < 0,
        column => column.LabelsOf >= 0 ? ": its order means nothing" : "");

    /// <summary>Any column that is not only carried along.</summary>
    public static Wanted Anything { get; } = new("a column", _ => true, _ => "");

    /// <summary>A number or a class number.</summary>
    public static bool IsNumber(Column column) => column.Kind is ColumnKind.Number or ColumnKind.ClassNumber;

    private static string ToVector(Column column) => column.Kind switch
    {
        ColumnKind.Number or ColumnKind.Flag => Assembler,
        ColumnKind.ClassNumber => ": OneHotEncoder or VectorAssembler makes one",
        ColumnKind.Tokens => ": HashingTF or CountVectorizer makes one",
        ColumnKind.Text => ": StringIndexer and OneHotEncoder make one, or Tokenizer and HashingTF",
        _ => "",
    };

    private static string ToNumber(Column column) => column.Kind switch
    {
        ColumnKind.Text => ": StringIndexer makes a class number",
        ColumnKind.Tokens => ": HashingTF or CountVectorizer makes a vector",
        ColumnKind.Time or ColumnKind.Flag => ": Map makes a number",
        _ => "",
    };

    private static string ToText(Column column) => column.Kind switch
    {
        ColumnKind.ClassNumber or ColumnKind.Number => ": IndexToString makes it",
        ColumnKind.Tokens or ColumnKind.Flag or ColumnKind.Time => ": Map makes it",
        _ => "",
    };
}
