using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>Reads the type that <c>Pipeline</c> names: its public properties, and how one is made of a file's cells.</summary>
internal sealed class RowTypeReader
{
    private readonly ITypeSymbol type;
    private readonly INamedTypeSymbol pipeline;
    private readonly GeneratorOutput? output;
    private readonly List<IPropertySymbol> properties = [];

    private RowTypeReader(ITypeSymbol type, INamedTypeSymbol pipeline, GeneratorOutput? output)
    {
        this.type = type;
        this.pipeline = pipeline;
        this.output = output;
    }

    /// <summary>The row type as plain values.</summary>
    /// <param name="type">Any type that C# finds.</param>
    /// <param name="pipeline">The pipeline's class.</param>
    /// <param name="output">What generators added: their properties do not count.</param>
    public static RowType Read(ITypeSymbol type, INamedTypeSymbol pipeline, GeneratorOutput? output) => new RowTypeReader(type, pipeline, output).Read();

    /// <summary>The public instance properties of a type that can be columns: those of the base first, hidden ones not.</summary>
    public static List<IPropertySymbol> PropertiesOf(ITypeSymbol type)
    {
        List<ITypeSymbol> levels = [];
        if (type.TypeKind == TypeKind.Interface)
        {
            levels.AddRange(type.AllInterfaces.Reverse());
            levels.Add(type);
        }
        else
        {
            for (ITypeSymbol? level = type; level is not null && level.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); level = level.BaseType)
                levels.Insert(0, level);
        }

        List<IPropertySymbol> found = [];
        foreach (ITypeSymbol level in levels)
        {
            foreach (ISymbol member in level.GetMembers())
            {
                // What hides a name takes it away, whatever it is.
                int hidden = member is IMethodSymbol { MethodKind: not MethodKind.Ordinary } ? -1 : found.FindIndex(one => one.Name == member.Name);
                if (member is not IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public, ExplicitInterfaceImplementations.IsEmpty: true } property)
                {
                    if (hidden >= 0 && member.DeclaredAccessibility == Accessibility.Public && !member.IsOverride)
                        found.RemoveAt(hidden);
                    continue;
                }

                if (hidden >= 0 && property.IsOverride)
                {
                    found[hidden] = property;
                    continue;
                }

                if (hidden >= 0)
                    found.RemoveAt(hidden);
                found.Add(property);
            }
        }

        return found;
    }

    private RowType Read()
    {
        string? flaw = FormFlaw();
        List<RowColumn> columns = [];
        if (flaw is null)
        {
            foreach (IPropertySymbol property in PropertiesOf(type))
            {
                if (property.RefKind != RefKind.None || output?.IsUnseen(property) == true || ColumnTypes.Of(property.Type) is not { } value)
                    continue;
                properties.Add(property);
                columns.Add(Column(property, value));
            }

            flaw = ColumnFlaw(columns);
        }

        return new RowType(
            DeclarationReader.FullNameOf(type),
            type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            // C# takes no such type argument: there is nothing that could be generated.
            type.IsStatic || type.TypeKind is TypeKind.Dynamic or TypeKind.Pointer or TypeKind.FunctionPointer ? MemberAccess.None : MemberAccesses.Of(pipeline, type),
            type.IsReferenceType,
            flaw,
            new EquatableArray<RowColumn>([.. columns]),
            flaw is null ? Construction(columns) : null);
    }

    private static string? ColumnFlaw(List<RowColumn> columns)
    {
        if (columns.Count == 0)
            return "has no column: a column is a public property with a public getter";
        Dictionary<string, string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (RowColumn column in columns)
        {
            if (seen.TryGetValue(column.Name, out string other))
                return $"has two columns that differ in case alone, {other} and {column.Name}: Spark does not tell them apart";
            seen.Add(column.Name, column.Name);
        }

        return null;
    }

    /// <summary>Why the type has no columns of its own, in words that follow its name.</summary>
    private string? FormFlaw()
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } || type.NullableAnnotation == NullableAnnotation.Annotated)
            return "is nullable, but a row is always there";
        if (type.IsTupleType)
            return "is a tuple, whose elements are fields: write a record";
        if (type.TypeKind == TypeKind.Array)
            return "is an array, but a row has named columns: write a record";
        if (type.TypeKind == TypeKind.Enum)
            return "is an enum, but a row has columns: write a record";
        if (type.SpecialType != SpecialType.None)
            return "is a type of the language, but a row has columns: write a record";
        if (type.AllInterfaces.Any(one => one.SpecialType == SpecialType.System_Collections_IEnumerable))
            return "is a collection, but Pipeline names the type of one row";
        return type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface ? null : "is no record, class, struct or interface";
    }

    private static RowColumn Column(IPropertySymbol property, ColumnType value)
    {
        if (PropertyAttributes.HasNone(property))
            return new RowColumn(property.Name, null, value, null, false, CellOf(property.Type, value));
        int? size = null;
        if (PropertyAttributes.Find(property, "VectorSizeAttribute") is { ConstructorArguments.Length: 1 } sized && sized.ConstructorArguments[0].Value is int written)
            size = written;
        return new RowColumn(property.Name, FileNameOf(property), value, size, PropertyAttributes.Find(property, "SensitiveAttribute") is not null, CellOf(property.Type, value));
    }

    private static string? FileNameOf(IPropertySymbol property)
    {
        if (PropertyAttributes.Find(property, "ColumnAttribute") is { } own)
            return own.ConstructorArguments.FirstOrDefault().Value as string;
        foreach (AttributeData attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "ColumnAttribute", ContainingNamespace: { Name: "Schema", ContainingNamespace: { Name: "DataAnnotations", ContainingNamespace.Name: "ComponentModel" } } }
                && attribute.ConstructorArguments.FirstOrDefault().Value is string other)
            {
                return other;
            }
        }

        return null;
    }

    private static CellForm CellOf(ITypeSymbol type, ColumnType value)
    {
        if (value.Kind != ColumnKind.Carried)
            return CellForm.OfKind;
        ITypeSymbol bare = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        if (bare.TypeKind == TypeKind.Enum)
            return CellForm.Enum;
        return bare.AllInterfaces.Any(one => one is { Name: "IParsable", Arity: 1, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            && SymbolEqualityComparer.Default.Equals(one.TypeArguments[0], bare)) ? CellForm.Parsable : CellForm.None;
    }

    /// <summary>The constructor that takes the most columns; what it leaves is set beside it.</summary>
    private RowConstruction? Construction(List<RowColumn> columns)
    {
        if (type is not INamedTypeSymbol { IsAbstract: false, TypeKind: TypeKind.Class or TypeKind.Struct } named)
            return null;
        IEnumerable<IMethodSymbol> constructors = named.InstanceConstructors
            .Where(one => IsAccessible(one) && output?.IsUnseen(one) != true)
            .OrderByDescending(one => one.Parameters.Length);
        foreach (IMethodSymbol constructor in constructors)
        {
            List<string> parameters = [];
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                IPropertySymbol? property = properties.Find(one => ParameterName.IsOf(one.Name, parameter.Name) && SymbolEqualityComparer.Default.Equals(one.Type, parameter.Type));
                if (property is null || parameter.RefKind is not (RefKind.None or RefKind.In) || columns[properties.IndexOf(property)].Cell == CellForm.None)
                    break;
                parameters.Add(property.Name);
            }

            if (parameters.Count != constructor.Parameters.Length || parameters.Distinct().Count() != parameters.Count)
                continue;
            List<string> settables = [];
            for (int i = 0; i < properties.Count; i++)
            {
                if (!parameters.Contains(properties[i].Name) && properties[i].SetMethod is { } setter && IsAccessible(setter) && columns[i].Cell != CellForm.None)
                    settables.Add(properties[i].Name);
            }

            bool isWhole = parameters.Count + settables.Count > 0 && (HasSetsRequired(constructor) || RequiredOf(named).All(required => settables.Contains(required)));
            if (isWhole)
                return new RowConstruction(new EquatableArray<string>([.. parameters]), new EquatableArray<string>([.. settables]));
        }

        return null;
    }

    private static bool HasSetsRequired(IMethodSymbol constructor) => constructor.GetAttributes().Any(one => one.AttributeClass?.Name == "SetsRequiredMembersAttribute");

    private static IEnumerable<string> RequiredOf(INamedTypeSymbol named)
    {
        for (INamedTypeSymbol? level = named; level is not null; level = level.BaseType)
        {
            foreach (ISymbol member in level.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
                    yield return member.Name;
            }
        }
    }

    private bool IsAccessible(IMethodSymbol method) => method.DeclaredAccessibility == Accessibility.Public
        || (method.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, pipeline.ContainingAssembly));
}
