using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Rows;

/// <summary>Reads records that are marked <c>[SparkRow]</c>, and says what is wrong with them (DSL410, DSL411).</summary>
internal sealed class RowReader
{
    /// <summary>The mark as the compiler's tables have it. It is Dsl.Spark's own: without that there is none.</summary>
    public const string MarkMetadataName = "Dsl.Spark.Sql.SparkRowAttribute";

    private const string Values = "global::Dsl.Spark.Rows.RowValues.";
    private const string Known = "bool, sbyte, short, int, long, float, double, decimal, string, byte[], DateOnly, DateTime, DateTimeOffset, arrays and lists of these, and records that are marked SparkRow";

    private readonly INamedTypeSymbol symbol;
    private readonly List<RowFlaw> flaws = [];

    private RowReader(INamedTypeSymbol symbol) => this.symbol = symbol;

    /// <summary>Whether a type is marked.</summary>
    public static bool IsMarked(ITypeSymbol type) => type.GetAttributes().Any(attribute => attribute.AttributeClass is
    {
        Name: "SparkRowAttribute",
        Arity: 0,
        ContainingNamespace: { Name: "Sql", ContainingNamespace: { Name: "Spark", ContainingNamespace: { Name: "Dsl", ContainingNamespace.IsGlobalNamespace: true } } },
    });

    /// <summary>A marked type, with all that is wrong.</summary>
    public static RowReading Read(INamedTypeSymbol symbol, Compilation compilation) => new RowReader(symbol).Read(compilation);

    private RowReading Read(Compilation compilation)
    {
        if (FormProblem(compilation) is { } problem)
        {
            flaws.Add(new RowFlaw(Descriptors.NoRow, NameOf(symbol), $"{symbol.Name} {problem}"));
            return new RowReading(null, flaws);
        }

        if (ConstructorOf(symbol) is not { } constructor)
        {
            flaws.Add(new RowFlaw(Descriptors.NoRow, NameOf(symbol), $"{symbol.Name} needs a constructor with a parameter for each column, and a property for each parameter: partial record {symbol.Name}(...)"));
            return new RowReading(null, flaws);
        }

        List<RowMemberPart> members = [];
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            string? value = null;
            if (parameter.Type.TypeKind == TypeKind.Error)
            {
                // C# complains of a type that it does not find; what is generated throws.
                value = null;
            }
            else
            {
                value = ValueOf(parameter.Type, [symbol], out string? wrong);
                if (value is null)
                    flaws.Add(new RowFlaw(Descriptors.NoRowMember, TypeOf(parameter), $"{symbol.Name}.{parameter.Name} {wrong}"));
            }

            members.Add(new RowMemberPart(parameter.Name, value ?? ""));
        }

        RowPart part = new(
            new ContainingType(symbol.TypeKind == TypeKind.Struct ? "record struct" : "record", symbol.Name),
            ClassShape.NamespaceOf(symbol),
            ClassShape.ContainersOf(symbol),
            GeneratedNames.Unused("SparkRowMapper", used => used == symbol.Name || HasOwn(used)),
            new EquatableArray<RowMemberPart>([.. members]),
            members.Exists(member => member.Value.Length == 0));
        return new RowReading(part, flaws);
    }

    /// <summary>Why C# would reject a generated part, or none could make such a record; in words that follow its name.</summary>
    private string? FormProblem(Compilation compilation)
    {
        if (!symbol.IsRecord)
            return "must be a record: partial record " + symbol.Name + "(...)";
        if (!ClassShape.IsPartial(symbol, isMerged: true))
            return "must be partial, so that what reads and writes it can be generated";
        return symbol.IsAbstract ? "must not be abstract" : ClassShape.PartProblemOf(symbol, compilation, "must not be generic");
    }

    /// <summary>The longest constructor whose parameters are properties too.</summary>
    private static IMethodSymbol? ConstructorOf(INamedTypeSymbol record) => record.InstanceConstructors
        .Where(one => one.Parameters.Length > 0 && one.Parameters.All(parameter => parameter.RefKind == RefKind.None && HasProperty(record, parameter)))
        .OrderByDescending(one => one.Parameters.Length)
        .FirstOrDefault();

    private static bool HasProperty(INamedTypeSymbol record, IParameterSymbol parameter)
    {
        for (INamedTypeSymbol? type = record; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(parameter.Name).Any(member => member is IPropertySymbol { IsStatic: false, GetMethod: not null } property && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type)))
                return true;
        }

        return false;
    }

    /// <summary>The expression of what a type is in a column, or null and what is wrong, in words that follow the member's name.</summary>
    private static string? ValueOf(ITypeSymbol type, List<ITypeSymbol> around, out string? problem)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return ValueOf(nullable.TypeArguments[0], around, out problem) is { } inner ? $"{Values}Nullable({inner})" : null;
        string? value = Plain(type, around, out problem);

        // Without a nullable context null may stand anywhere.
        return value is not null && type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated ? $"{Values}Optional({value})" : value;
    }

    private static string? Plain(ITypeSymbol type, List<ITypeSymbol> around, out string? problem)
    {
        problem = null;
        if (Simple(type) is { } simple)
            return Values + simple;
        if (ListOf(type) is var (list, element))
            return ValueOf(element, around, out problem) is { } inner ? $"{Values}{list}({inner})" : null;
        if (type is INamedTypeSymbol named && IsMarked(named))
        {
            if (around.Contains(named, SymbolEqualityComparer.Default))
                problem = $"is a {named.Name} within a {named.Name}, but a struct of Spark ends somewhere";
            else
                problem = Within(named, [.. around, named]);
            return problem is null ? $"{Values}Record<{named.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}>()" : null;
        }

        problem = type.SpecialType switch
        {
            SpecialType.System_Byte => "is a byte, but Spark's integers of 8 bits have a sign: take sbyte or short",
            SpecialType.System_UInt16 => "is a ushort, but Spark's integers have a sign: take int",
            SpecialType.System_UInt32 => "is a uint, but Spark's integers have a sign: take long",
            SpecialType.System_UInt64 => "is a ulong, but Spark's integers have a sign: take long or decimal",
            _ => $"is a {type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}, which no column has; there are {Known}",
        };
        return null;
    }

    /// <summary>Whether a record within a record leads back to one around it; its other flaws are reported where it stands.</summary>
    private static string? Within(INamedTypeSymbol record, List<ITypeSymbol> around)
    {
        foreach (IParameterSymbol parameter in ConstructorOf(record)?.Parameters ?? [])
        {
            ITypeSymbol type = parameter.Type;
            while (ListOf(type) is var (_, element))
                type = element;
            if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
                type = nullable.TypeArguments[0];
            if (type is not INamedTypeSymbol named || !IsMarked(named))
                continue;
            if (around.Contains(named, SymbolEqualityComparer.Default))
                return $"is a {record.Name}, which has a {named.Name} in it again, but a struct of Spark ends somewhere";
            if (Within(named, [.. around, named]) is { } problem)
                return problem;
        }

        return null;
    }

    private static string? Simple(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => "Bool",
        { SpecialType: SpecialType.System_SByte } => "SByte",
        { SpecialType: SpecialType.System_Int16 } => "Short",
        { SpecialType: SpecialType.System_Int32 } => "Int",
        { SpecialType: SpecialType.System_Int64 } => "Long",
        { SpecialType: SpecialType.System_Single } => "Float",
        { SpecialType: SpecialType.System_Double } => "Double",
        { SpecialType: SpecialType.System_Decimal } => "Decimal",
        { SpecialType: SpecialType.System_String } => "Text",
        { SpecialType: SpecialType.System_DateTime } => "Time",
        IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => "Binary",
        INamedTypeSymbol { Arity: 0, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } system => system.Name switch
        {
            "DateOnly" => "Date",
            "DateTimeOffset" => "Instant",
            _ => null,
        },
        _ => null,
    };

    private static (string List, ITypeSymbol Element)? ListOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType: { SpecialType: not SpecialType.System_Byte } element } => ("Array", element),
        INamedTypeSymbol { Arity: 1, OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IReadOnlyList_T } list => ("ReadOnlyList", list.TypeArguments[0]),
        INamedTypeSymbol { Name: "List", Arity: 1, ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } } } list => ("List", list.TypeArguments[0]),
        _ => null,
    };

    private bool HasOwn(string member) => symbol.GetMembers(member).Any(one => one.DeclaringSyntaxReferences.Any(reference => !GeneratorOutput.IsLikeOurs(reference.SyntaxTree)));

    private static Location NameOf(ISymbol symbol) => symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None;

    private static Location TypeOf(IParameterSymbol parameter) =>
        (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.Type?.GetLocation() ?? NameOf(parameter);
}
