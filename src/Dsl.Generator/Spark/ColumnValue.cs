using System.Collections.Generic;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Spark;

/// <summary>How a column's values stand in C#.</summary>
internal enum ValueForm
{
    Bool,

    /// <summary>A number that Arrow has as C# has it.</summary>
    Number,
    Decimal,
    Date,
    Time,
    Text,

    /// <summary>Text as <c>ReadOnlySpan&lt;char&gt;</c>.</summary>
    Chars,

    /// <summary>Text as <c>ReadOnlySpan&lt;byte&gt;</c>.</summary>
    Utf8,
    Binary,

    /// <summary>An array of numbers as a span of the column itself.</summary>
    NumberSpan,

    /// <summary>An array of numbers as a C# array.</summary>
    NumberArray,
    TextArray,
    Record,
}

/// <summary>A parameter's or a result's type, or that of a field of one.</summary>
/// <param name="Form">How values stand in C#.</param>
/// <param name="CSharp">The type without its question mark, as C# finds it from anywhere.</param>
/// <param name="IsNullable">It may be null.</param>
/// <param name="IsReference">It is a class, a string or an array.</param>
/// <param name="DataType">The name of Spark's type among <c>Dsl.Spark.Types</c>; that of the elements for arrays; empty for records.</param>
/// <param name="Element">The elements' C# type, of arrays and spans; else empty.</param>
/// <param name="HasNullableElements">A <see cref="ValueForm.TextArray"/> of <c>string?</c>.</param>
/// <param name="Fields">A record's.</param>
internal sealed record ColumnValue(
    ValueForm Form,
    string CSharp,
    bool IsNullable,
    bool IsReference,
    string DataType,
    string Element = "",
    bool HasNullableElements = false,
    EquatableArray<ColumnField> Fields = default);

/// <summary>A constructor parameter of a record, with the property of that name: a field of Spark's struct.</summary>
internal sealed record ColumnField(string Name, ColumnValue Value);

/// <summary>A parameter of a function.</summary>
internal sealed record FunctionParameter(string Name, ColumnValue Value);

/// <summary>What a function's attribute says of it.</summary>
/// <param name="Name">What Spark calls it.</param>
/// <param name="IsDeterministic">Equal arguments give equal results.</param>
/// <param name="Precision">Digits of decimal results.</param>
/// <param name="Scale">Digits behind their point.</param>
/// <param name="IsNtz">Times that it gives have no zone.</param>
internal sealed record FunctionOptions(string Name, bool IsDeterministic, int Precision, int Scale, bool IsNtz);

/// <summary>All that the generated part of a method marked <c>[SparkUdf]</c> is made of, as plain values.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Class">The class's keyword and name.</param>
/// <param name="Namespace">Its namespace with dots, empty in the global one.</param>
/// <param name="ContainingTypes">The types the class is nested in, outermost first.</param>
/// <param name="FunctionClass">The name of the nested class that runs in executors.</param>
/// <param name="Accessibility">The method's, in C#'s words.</param>
/// <param name="Parameters">The columns.</param>
/// <param name="Result">What it gives; of a vectorised one, an element. Null where it is wrong.</param>
/// <param name="IsVectorised">It takes whole columns.</param>
/// <param name="IsWrong">The method cannot be called, so that what calls it throws.</param>
/// <param name="Options">What the attribute says.</param>
internal sealed record UdfPart(
    string Method,
    ContainingType Class,
    string Namespace,
    EquatableArray<ContainingType> ContainingTypes,
    string FunctionClass,
    string Accessibility,
    EquatableArray<FunctionParameter> Parameters,
    ColumnValue? Result,
    bool IsVectorised,
    bool IsWrong,
    FunctionOptions Options)
{
    /// <summary>Namespace, types and the function's class: what its file is called after.</summary>
    public string FullName => new Declaration { Name = FunctionClass, Namespace = Namespace, ContainingTypes = new([.. ContainingTypes, Class]) }.FullName;
}

/// <summary>A marked method, read and checked.</summary>
/// <param name="Part">What is generated; null where C# would take none.</param>
/// <param name="Flaws">All that is wrong.</param>
internal sealed record UdfReading(UdfPart? Part, IReadOnlyList<SparkFlaw> Flaws);
