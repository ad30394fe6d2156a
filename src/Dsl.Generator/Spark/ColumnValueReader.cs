using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Spark;

/// <summary>Says what columns a C# type stands for, or why for none (DSL401, DSL403).</summary>
internal static class ColumnValueReader
{
    private const string Known = "bool, sbyte, short, int, long, float, double, decimal, string, DateOnly, DateTime, byte[], arrays and spans of numbers, string[] and records of these";

    // With the question marks of the type itself and of its arguments left out.
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat;

    /// <summary>Reads a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="problem">What is wrong, in words that follow the parameter's name; null where nothing is.</param>
    /// <param name="isOfNull">The problem is one of null alone.</param>
    public static ColumnValue? Read(ITypeSymbol type, out string? problem, out bool isOfNull) => Read(type, [], out problem, out isOfNull);

    /// <summary>The element of a <c>Span&lt;T&gt;</c> or <c>ReadOnlySpan&lt;T&gt;</c>, or null.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type, string span) =>
        type is INamedTypeSymbol { Arity: 1 } named && named.Name == span && IsOfSystem(named) ? named.TypeArguments[0] : null;

    /// <summary>The name of Spark's type of a number, or null.</summary>
    public static string? NumberOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte => "ByteType",
        SpecialType.System_Int16 => "ShortType",
        SpecialType.System_Int32 => "IntegerType",
        SpecialType.System_Int64 => "LongType",
        SpecialType.System_Single => "FloatType",
        SpecialType.System_Double => "DoubleType",
        _ => null,
    };

    private static ColumnValue? Read(ITypeSymbol type, List<ITypeSymbol> around, out string? problem, out bool isOfNull)
    {
        problem = null;
        isOfNull = false;
        bool isNullable = type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            isNullable = true;
            type = nullable.TypeArguments[0];
        }

        string name = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(Full);
        if (NumberOf(type) is { } number)
            return new ColumnValue(ValueForm.Number, name, isNullable, IsReference: false, number);
        if (Simple(type) is var (form, dataType))
            return new ColumnValue(form, name, isNullable, type.IsReferenceType, dataType);
        if (ElementOf(type, "ReadOnlySpan") is { } element)
            return Span(element, name, out problem, out isOfNull);
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            return Array(array.ElementType, name, isNullable, out problem, out isOfNull);
        if (type is INamedTypeSymbol { IsRecord: true } record)
            return Record(record, name, isNullable, around, out problem, out isOfNull);
        problem = type.SpecialType switch
        {
            SpecialType.System_Byte => "is a byte, but Spark's integers of 8 bits have a sign: take sbyte or short",
            SpecialType.System_UInt16 => "is a ushort, but Spark's integers have a sign: take int",
            SpecialType.System_UInt32 => "is a uint, but Spark's integers have a sign: take long",
            SpecialType.System_UInt64 => "is a ulong, but Spark's integers have a sign: take long or decimal",
            _ => $"is a {Short(type)}, which no column has; there are {Known}",
        };
        return null;
    }

    private static (ValueForm Form, string DataType)? Simple(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => (ValueForm.Bool, "BooleanType"),
        { SpecialType: SpecialType.System_Decimal } => (ValueForm.Decimal, "DecimalType"),
        { SpecialType: SpecialType.System_String } => (ValueForm.Text, "StringType"),
        { SpecialType: SpecialType.System_DateTime } => (ValueForm.Time, "TimestampType"),
        INamedTypeSymbol { Name: "DateOnly", Arity: 0 } date when IsOfSystem(date) => (ValueForm.Date, "DateType"),
        _ => null,
    };

    private static ColumnValue? Span(ITypeSymbol element, string name, out string? problem, out bool isOfNull)
    {
        problem = null;
        isOfNull = false;
        switch (element.SpecialType)
        {
            case SpecialType.System_Char:
                return new ColumnValue(ValueForm.Chars, name, IsNullable: false, IsReference: false, "StringType");
            case SpecialType.System_Byte:
                return new ColumnValue(ValueForm.Utf8, name, IsNullable: false, IsReference: false, "StringType");
            default:
                break;
        }

        if (NumberOf(element) is { } number)
            return new ColumnValue(ValueForm.NumberSpan, name, IsNullable: false, IsReference: false, number, element.ToDisplayString(Full));
        isOfNull = IsNullableNumber(element);
        problem = isOfNull
            ? $"is a span of {Short(element)}, but it views a column's numbers, among which there is no null: take ReadOnlySpan<{Short(element).TrimEnd('?')}>"
            : $"is a span of {Short(element)}, but Arrow has spans of char, byte, sbyte, short, int, long, float and double";
        return null;
    }

    private static ColumnValue? Array(ITypeSymbol element, string name, bool isNullable, out string? problem, out bool isOfNull)
    {
        problem = null;
        isOfNull = false;
        if (element.SpecialType == SpecialType.System_Byte)
            return new ColumnValue(ValueForm.Binary, name, isNullable, IsReference: true, "BinaryType");
        if (NumberOf(element) is { } number)
            return new ColumnValue(ValueForm.NumberArray, name, isNullable, IsReference: true, number, element.ToDisplayString(Full));
        if (element.SpecialType == SpecialType.System_String)
        {
            bool hasNullable = element.NullableAnnotation == NullableAnnotation.Annotated;
            return new ColumnValue(ValueForm.TextArray, "string[]", isNullable, IsReference: true, "StringType", "string", hasNullable);
        }

        isOfNull = IsNullableNumber(element);
        problem = isOfNull
            ? $"is an array of {Short(element)}, but arrays of numbers have no null: take {Short(element).TrimEnd('?')}[]; a row with a null among them then gives null"
            : $"is an array of {Short(element)}, but there are arrays of sbyte, short, int, long, float, double, string, and byte for binary";
        return null;
    }

    private static ColumnValue? Record(INamedTypeSymbol record, string name, bool isNullable, List<ITypeSymbol> around, out string? problem, out bool isOfNull)
    {
        isOfNull = false;
        if (around.Contains(record, SymbolEqualityComparer.Default))
        {
            problem = $"is a {record.Name} within a {record.Name}, but a struct of Spark ends somewhere";
            return null;
        }

        IMethodSymbol? constructor = record.InstanceConstructors
            .Where(one => one.Parameters.Length > 0 && one.Parameters.All(parameter => parameter.RefKind == RefKind.None && PropertyOf(record, parameter) is not null))
            .OrderByDescending(one => one.Parameters.Length)
            .FirstOrDefault();
        if (constructor is null)
        {
            problem = $"is the record {record.Name}, which has no constructor with a parameter for each property; write record {record.Name}(...)";
            return null;
        }

        List<ColumnField> fields = [];
        around.Add(record);
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            ColumnValue? value = Read(parameter.Type, around, out problem, out isOfNull);
            if (value is null)
            {
                problem = $"has {record.Name}.{parameter.Name}, which {problem}";
                return null;
            }

            fields.Add(new ColumnField(parameter.Name, value));
        }

        around.RemoveAt(around.Count - 1);
        problem = null;
        return new ColumnValue(ValueForm.Record, name, isNullable, record.IsReferenceType, "", Fields: new EquatableArray<ColumnField>([.. fields]));
    }

    private static IPropertySymbol? PropertyOf(INamedTypeSymbol record, IParameterSymbol parameter)
    {
        for (INamedTypeSymbol? type = record; type is not null; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers(parameter.Name))
            {
                if (member is IPropertySymbol { IsStatic: false, GetMethod: not null } property && SymbolEqualityComparer.IncludeNullability.Equals(property.Type, parameter.Type))
                    return property;
            }
        }

        return null;
    }

    private static bool IsNullableNumber(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && NumberOf(nullable.TypeArguments[0]) is not null;

    private static bool IsOfSystem(INamedTypeSymbol type) => type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
