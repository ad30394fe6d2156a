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

/// <summary>A parameter of a function; without a value where its type is wrong.</summary>
internal sealed record FunctionParameter(string Name, ColumnValue? Value);

/// <summary>What a function's attribute says of it.</summary>
/// <param name="Name">What Spark calls it.</param>
/// <param name="IsDeterministic">Equal arguments give equal results.</param>
/// <param name="Precision">Digits of decimal results.</param>
/// <param name="Scale">Digits behind their point.</param>
/// <param name="IsNtz">Times that it gives have no zone.</param>
internal sealed record FunctionOptions(string Name, bool IsDeterministic, int Precision, int Scale, bool IsNtz);
