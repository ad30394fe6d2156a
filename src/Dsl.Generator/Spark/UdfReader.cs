using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Spark;

/// <summary>Reads methods that are marked <c>[SparkUdf]</c>, and says what is wrong with them (DSL202, DSL401-403).</summary>
internal sealed class UdfReader
{
    /// <summary>The mark as the compiler's tables have it.</summary>
    public const string MarkMetadataName = "Dsl.SparkUdfAttribute";

    private readonly IMethodSymbol method;
    private readonly AttributeData mark;
    private readonly string name;
    private readonly List<SparkFlaw> flaws = [];

    private UdfReader(IMethodSymbol method, AttributeData mark)
    {
        this.method = method;
        this.mark = mark;
        name = $"{method.ContainingType.Name}.{method.Name}";
    }

    /// <summary>The mark of a method, or null.</summary>
    public static AttributeData? MarkOf(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { Name: "SparkUdfAttribute", Arity: 0 } own && DeclarationKinds.IsOurs(own));

    /// <summary>A marked method with all that is wrong with it; what is wrong with its class is <see cref="SparkClass"/>'s.</summary>
    public static UdfReading Read(IMethodSymbol method, AttributeData mark, Compilation compilation) => new UdfReader(method, mark).Read(compilation);

    private UdfReading Read(Compilation compilation)
    {
        bool hasParameters = CheckMethod();
        FunctionOptions options = ReadOptions();
        bool isVectorised = IsVectorised();
        List<FunctionParameter> parameters = [];
        int columns = method.Parameters.Length - (isVectorised ? 1 : 0);
        for (int i = 0; i < columns; i++)
        {
            IParameterSymbol parameter = method.Parameters[i];
            if (parameter.RefKind != RefKind.None)
                Fail(Descriptors.WrongFunction, NameOf(parameter), $"{name} takes {parameter.Name} by reference, but a column's values cannot be changed: take it by value");
            ColumnValue? value = isVectorised ? WholeColumn(parameter, "ReadOnlySpan") : Value(parameter.Type, parameter.Name, TypeOf(parameter));
            parameters.Add(new FunctionParameter(parameter.Name, value ?? new ColumnValue(ValueForm.Number, "", IsNullable: false, IsReference: false, "")));
        }

        ColumnValue? result = isVectorised ? WholeColumn(method.Parameters[columns], "Span") : ReturnValue();
        if (!hasParameters || !SparkClass.HasSpark(compilation) || SparkClass.ProblemOf(method.ContainingType, compilation) is not null)
            return new UdfReading(null, flaws);
        INamedTypeSymbol type = method.ContainingType;
        UdfPart part = new(
            method.Name,
            new ContainingType(ClassShape.KeywordOf(type), type.Name),
            ClassShape.NamespaceOf(type),
            ClassShape.ContainersOf(type),
            GeneratedNames.Unused(method.Name + "Function", used => used == type.Name || HasOwn(type, used)),
            AccessibilityOf(method),
            new EquatableArray<FunctionParameter>([.. parameters]),
            result,
            isVectorised,
            flaws.Count > 0,
            options);
        return new UdfReading(part, flaws);
    }

    /// <summary>Whether it can be called for rows; false where nothing can stand beside it.</summary>
    private bool CheckMethod()
    {
        string? problem = method switch
        {
            { MethodKind: not MethodKind.Ordinary } => "is no ordinary method",
            { IsStatic: false } => "must be static: there is no instance on an executor",
            { Arity: > 0 } => "must not be generic: write one method for each type",
            { IsVararg: true } => "must have a fixed number of parameters",
            { Parameters.Length: 0 } => "needs a parameter: it is computed of columns, and beside a method without any nothing can be generated",
            _ => null,
        };
        if (problem is null && method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(other => MarkOf(other) is not null) is { } first
            && !SymbolEqualityComparer.Default.Equals(first, method))
        {
            problem = "is marked twice: functions of one class have names of their own";
        }

        if (problem is not null)
            Fail(Descriptors.WrongFunction, NameOf(method), $"{name} {problem}");
        return problem is null;
    }

    private bool IsVectorised() => method.ReturnsVoid && method.Parameters.Length > 1 && ColumnValueReader.ElementOf(method.Parameters[method.Parameters.Length - 1].Type, "Span") is not null;

    /// <summary>A parameter of a vectorised method.</summary>
    private ColumnValue? WholeColumn(IParameterSymbol parameter, string span)
    {
        ITypeSymbol? element = ColumnValueReader.ElementOf(parameter.Type, span);
        if (element is not null && ColumnValueReader.NumberOf(element) is { } number)
            return new ColumnValue(ValueForm.Number, element.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), IsNullable: false, IsReference: false, number);
        bool isOfNull = element is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        string given = parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        Fail(
            isOfNull ? Descriptors.NullableMismatch : Descriptors.NoColumn,
            TypeOf(parameter),
            isOfNull
                ? $"{parameter.Name} of {name} is a {given}, but a whole column's values have no null among them: a row with a null gives null by itself"
                : $"{parameter.Name} of {name} is a {given}, but with a Span as last parameter it is vectorised, and takes a {span} of sbyte, short, int, long, float or double");
        return null;
    }

    private ColumnValue? ReturnValue()
    {
        Location place = (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as MethodDeclarationSyntax)?.ReturnType.GetLocation() ?? NameOf(method);
        if (!method.ReturnsVoid)
            return Value(method.ReturnType, "The result", place);
        Fail(Descriptors.NoColumn, place, $"{name} returns nothing; return a value a row, or write whole columns into a Span<T> as last parameter");
        return null;
    }

    private ColumnValue? Value(ITypeSymbol type, string what, Location place)
    {
        // C# complains of a type that it does not find.
        if (type.TypeKind == TypeKind.Error)
        {
            flaws.Add(new SparkFlaw(Descriptors.NoColumn, Location.None, ""));
            return null;
        }

        if (ColumnValueReader.Read(type, out string? problem, out bool isOfNull) is { } value)
            return value;
        Fail(isOfNull ? Descriptors.NullableMismatch : Descriptors.NoColumn, place, $"{what} of {name} {problem}");
        return null;
    }

    private FunctionOptions ReadOptions()
    {
        SparkUdfAttribute written = new() { Name = method.Name };
        foreach (KeyValuePair<string, TypedConstant> argument in mark.NamedArguments)
        {
            switch (argument.Key, argument.Value.Value)
            {
                case (nameof(SparkUdfAttribute.Name), string { Length: > 0 } text):
                    written.Name = text;
                    break;
                case (nameof(SparkUdfAttribute.Deterministic), bool flag):
                    written.Deterministic = flag;
                    break;
                case (nameof(SparkUdfAttribute.Precision), int digits):
                    written.Precision = digits;
                    break;
                case (nameof(SparkUdfAttribute.Scale), int digits):
                    written.Scale = digits;
                    break;
                case (nameof(SparkUdfAttribute.TimestampNtz), bool flag):
                    written.TimestampNtz = flag;
                    break;
                default:
                    break;
            }
        }

        CheckRange(nameof(SparkUdfAttribute.Precision), written.Precision, 1, 38);
        CheckRange(nameof(SparkUdfAttribute.Scale), written.Scale, 0, Math.Max(0, Math.Min(38, written.Precision)));
        return new FunctionOptions(written.Name, written.Deterministic, written.Precision, written.Scale, written.TimestampNtz);
    }

    private void CheckRange(string argument, int given, int least, int most)
    {
        if (given >= least && given <= most)
            return;
        Location? place = ((mark.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments)
            ?.FirstOrDefault(one => one.NameEquals?.Name.Identifier.ValueText == argument)?.Expression.GetLocation();
        Fail(Descriptors.OutOfRange, place ?? NameOf(method), string.Format(CultureInfo.InvariantCulture, "{0} needs a {1} of {2} to {3}, but has {4}", name, argument, least, most, given));
    }

    private void Fail(DiagnosticDescriptor descriptor, Location location, string message) => flaws.Add(new SparkFlaw(descriptor, location, message));

    private static bool HasOwn(INamedTypeSymbol type, string member)
    {
        foreach (ISymbol one in type.GetMembers(member))
        {
            // The analyzer sees generated members, the generator does not.
            if (one.DeclaringSyntaxReferences.Any(reference => !GeneratorOutput.IsLikeOurs(reference.SyntaxTree)))
                return true;
        }

        return false;
    }

    private static string AccessibilityOf(IMethodSymbol method) => method.DeclaredAccessibility switch
    {
        Accessibility.Public => "public",
        Accessibility.Internal => "internal",
        Accessibility.Protected => "protected",
        Accessibility.ProtectedOrInternal => "protected internal",
        Accessibility.ProtectedAndInternal => "private protected",
        _ => "private",
    };

    private static Location NameOf(ISymbol symbol) => symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None;

    private static Location TypeOf(IParameterSymbol parameter) =>
        (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.Type?.GetLocation() ?? NameOf(parameter);
}
