using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Spark;

/// <summary>Reads methods that are marked <c>[SparkMap]</c>, and says what is wrong with them (DSL202, DSL401, DSL402).</summary>
internal sealed class MapReader : FunctionReader
{
    /// <summary>The mark as the compiler's tables have it.</summary>
    public const string MarkMetadataName = "Dsl.SparkMapAttribute";

    private MapReader(IMethodSymbol method, AttributeData mark)
        : base(method, mark)
    {
    }

    /// <summary>A marked method with all that is wrong with it; what is wrong with its class is <see cref="SparkClass"/>'s.</summary>
    public static FunctionReading<MapPart> Read(IMethodSymbol method, AttributeData mark, Compilation compilation) => new MapReader(method, mark).Read(compilation);

    private FunctionReading<MapPart> Read(Compilation compilation)
    {
        if (!CheckMethod())
            return new FunctionReading<MapPart>(null, Flaws);
        FunctionOptions options = ReadOptions();
        IParameterSymbol rows = Method.Parameters[0];
        bool hasTask = Method.Parameters.Length == 2 && IsTask(Method.Parameters[1].Type);
        foreach (IParameterSymbol parameter in Method.Parameters)
        {
            if (parameter.RefKind != RefKind.None || (parameter.Ordinal > 0 && !(hasTask && parameter.Ordinal == 1)))
            {
                Fail(Descriptors.WrongFunction, NameOf(Method), $"{Name} must be static IEnumerable<TOut> {Method.Name}(IEnumerable<TIn> rows), with an ITask behind the rows where it wants one");
                break;
            }
        }

        ColumnValue? input = Row(rows.Type, rows.Name, TypeOf(rows));
        ColumnValue? output = Row(Method.ReturnType, "The result", ReturnType);
        MapPart? part = PlaceIn(compilation) is { } place ? new MapPart(place, rows.Name, input, output, hasTask, Flaws.Count > 0, options) : null;
        return new FunctionReading<MapPart>(part, Flaws);
    }

    /// <summary>The record of a sequence of rows.</summary>
    private ColumnValue? Row(ITypeSymbol type, string what, Location place)
    {
        if (type.TypeKind == TypeKind.Error)
            return Value(type, what, place);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } rows
            && (rows.TypeArguments[0] is INamedTypeSymbol { IsRecord: true } || rows.TypeArguments[0].TypeKind == TypeKind.Error))
        {
            ColumnValue? row = Value(rows.TypeArguments[0], what, place);
            if (row is not { IsNullable: true })
                return row;
            Fail(Descriptors.NullableMismatch, place, $"{what} of {Name} is a {Short(type)}, but a row is never null; only its columns can be");
            return null;
        }

        Fail(Descriptors.NoColumn, place, $"{what} of {Name} is a {Short(type)}; rows are an IEnumerable<T> of a record, whose properties are the columns");
        return null;
    }

    private static bool IsTask(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "ITask", ContainingNamespace: { Name: "Executors", ContainingNamespace: { Name: "Spark", ContainingNamespace: { Name: "Dsl", ContainingNamespace.IsGlobalNamespace: true } } } };
}
