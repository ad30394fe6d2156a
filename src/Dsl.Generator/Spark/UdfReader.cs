using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Spark;

/// <summary>Reads methods that are marked <c>[SparkUdf]</c>, and says what is wrong with them (DSL202, DSL401-403).</summary>
internal sealed class UdfReader : FunctionReader
{
    /// <summary>The mark as the compiler's tables have it.</summary>
    public const string MarkMetadataName = "Dsl.SparkUdfAttribute";

    private UdfReader(IMethodSymbol method, AttributeData mark)
        : base(method, mark)
    {
    }

    /// <summary>A marked method with all that is wrong with it; what is wrong with its class is <see cref="SparkClass"/>'s.</summary>
    public static FunctionReading<UdfPart> Read(IMethodSymbol method, AttributeData mark, Compilation compilation) => new UdfReader(method, mark).Read(compilation);

    private FunctionReading<UdfPart> Read(Compilation compilation)
    {
        if (!CheckMethod())
            return new FunctionReading<UdfPart>(null, Flaws);
        FunctionOptions options = ReadOptions();
        bool isVectorised = IsVectorised();
        List<FunctionParameter> parameters = [];
        int columns = Method.Parameters.Length - (isVectorised ? 1 : 0);
        for (int i = 0; i < columns; i++)
        {
            IParameterSymbol parameter = Method.Parameters[i];
            if (parameter.RefKind != RefKind.None)
                Fail(Descriptors.WrongFunction, NameOf(parameter), $"{Name} takes {parameter.Name} by reference, but a column's values cannot be changed: take it by value");
            ColumnValue? value = isVectorised ? WholeColumn(parameter, "ReadOnlySpan") : Value(parameter.Type, parameter.Name, TypeOf(parameter));
            parameters.Add(new FunctionParameter(parameter.Name, value));
        }

        ColumnValue? result = isVectorised ? WholeColumn(Method.Parameters[columns], "Span") : ReturnValue();
        UdfPart? part = PlaceIn(compilation) is { } place
            ? new UdfPart(place, new EquatableArray<FunctionParameter>([.. parameters]), result, isVectorised, Flaws.Count > 0, options)
            : null;
        return new FunctionReading<UdfPart>(part, Flaws);
    }

    private bool IsVectorised() => Method.ReturnsVoid && Method.Parameters.Length > 1 && ColumnValueReader.ElementOf(Method.Parameters[Method.Parameters.Length - 1].Type, "Span") is not null;

    /// <summary>A parameter of a vectorised method.</summary>
    private ColumnValue? WholeColumn(IParameterSymbol parameter, string span)
    {
        ITypeSymbol? element = ColumnValueReader.ElementOf(parameter.Type, span);
        if (element is not null && ColumnValueReader.NumberOf(element) is { } number)
            return new ColumnValue(ValueForm.Number, element.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), IsNullable: false, IsReference: false, number);
        bool isOfNull = element is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        string given = Short(parameter.Type);
        Fail(
            isOfNull ? Descriptors.NullableMismatch : Descriptors.NoColumn,
            TypeOf(parameter),
            isOfNull
                ? $"{parameter.Name} of {Name} is a {given}, but a whole column's values have no null among them: a row with a null gives null by itself"
                : $"{parameter.Name} of {Name} is a {given}, but with a Span as last parameter it is vectorised, and takes a {span} of sbyte, short, int, long, float or double");
        return null;
    }

    private ColumnValue? ReturnValue()
    {
        if (!Method.ReturnsVoid)
            return Value(Method.ReturnType, "The result", ReturnType);
        Fail(Descriptors.NoColumn, ReturnType, $"{Name} returns nothing; return a value a row, or write whole columns into a Span<T> as last parameter");
        return null;
    }
}
