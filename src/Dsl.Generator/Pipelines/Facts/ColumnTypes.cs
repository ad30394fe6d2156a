using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>Which columns C# types stand for.</summary>
internal static class ColumnTypes
{
    /// <summary>The type's meaning; null where no column can have it (ref structs, pointers), or C# does not find it.</summary>
    public static ColumnType? Of(ITypeSymbol type)
    {
        bool isNullable = false;
        ITypeSymbol bare = type;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            isNullable = true;
            bare = nullable.TypeArguments[0];
        }

        if (bare.TypeKind is TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer || bare.IsRefLikeType || bare.SpecialType == SpecialType.System_Void)
            return null;
        bool isReference = bare.IsReferenceType;
        isNullable |= isReference && bare.NullableAnnotation == NullableAnnotation.Annotated;
        (ColumnKind kind, bool isWhole) = KindOf(bare);
        string name = Plain(bare) ?? Annotated(bare);
        string shown = Plain(bare) ?? bare.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        return new ColumnType(kind, name, isNullable, isReference && bare.NullableAnnotation == NullableAnnotation.None, isReference, isWhole, isNullable ? shown + "?" : shown);
    }

    // With the annotations within it: List<string?>.
    private static string Annotated(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None)
        .ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));

    private static (ColumnKind Kind, bool IsWhole) KindOf(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_SByte:
            case SpecialType.System_Byte:
            case SpecialType.System_Int16:
            case SpecialType.System_UInt16:
            case SpecialType.System_Int32:
            case SpecialType.System_UInt32:
            case SpecialType.System_Int64:
            case SpecialType.System_UInt64:
                return (ColumnKind.Number, true);
            case SpecialType.System_Single:
            case SpecialType.System_Double:
            case SpecialType.System_Decimal:
                return (ColumnKind.Number, false);
            case SpecialType.System_Boolean:
                return (ColumnKind.Flag, false);
            case SpecialType.System_String:
                return (ColumnKind.Text, false);
            case SpecialType.System_DateTime:
                return (ColumnKind.Time, false);
        }

        return type switch
        {
            IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_String } => (ColumnKind.Tokens, false),
            IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Single or SpecialType.System_Double } => (ColumnKind.Vector, false),
            INamedTypeSymbol { Name: "DateOnly", Arity: 0, ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => (ColumnKind.Time, false),
            INamedTypeSymbol { Name: "Vector", Arity: 0, ContainingType: null } vector when DeclarationKinds.IsOurs(vector) => (ColumnKind.Vector, false),
            _ => (ColumnKind.Carried, false),
        };
    }

    // The names that nearly every property has: asking Roslyn for them costs kilobytes each.
    private static string? Plain(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte => "sbyte",
        SpecialType.System_Byte => "byte",
        SpecialType.System_Int16 => "short",
        SpecialType.System_UInt16 => "ushort",
        SpecialType.System_Int32 => "int",
        SpecialType.System_UInt32 => "uint",
        SpecialType.System_Int64 => "long",
        SpecialType.System_UInt64 => "ulong",
        SpecialType.System_Single => "float",
        SpecialType.System_Double => "double",
        SpecialType.System_Decimal => "decimal",
        SpecialType.System_Boolean => "bool",
        SpecialType.System_String => "string",
        _ => type is IArrayTypeSymbol { Rank: 1 } array && Plain(array.ElementType) is { } element && array.ElementType.NullableAnnotation != NullableAnnotation.Annotated ? element + "[]" : null,
    };
}
