using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Spark;

/// <summary>What is read of any method that is marked for Spark's executors, and what is wrong with it (DSL202, DSL402).</summary>
internal abstract class FunctionReader
{
    private readonly AttributeData mark;
    private readonly List<SparkFlaw> flaws = [];

    protected FunctionReader(IMethodSymbol method, AttributeData mark)
    {
        Method = method;
        this.mark = mark;
        Name = $"{method.ContainingType.Name}.{method.Name}";
    }

    protected IMethodSymbol Method { get; }

    /// <summary>The class and the method, for messages.</summary>
    protected string Name { get; }

    protected IReadOnlyList<SparkFlaw> Flaws => flaws;

    /// <summary>The type of the result as it is written.</summary>
    protected Location ReturnType => (Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as MethodDeclarationSyntax)?.ReturnType.GetLocation() ?? NameOf(Method);

    /// <summary>The mark of a method, or null.</summary>
    public static AttributeData? MarkOf(IMethodSymbol method) => method.GetAttributes().FirstOrDefault(IsMark);

    /// <summary>Whether it can be called at all; false where nothing can stand beside it.</summary>
    protected bool CheckMethod()
    {
        string? problem = Method switch
        {
            { MethodKind: not MethodKind.Ordinary } => "is no ordinary method",
            { IsStatic: false } => "must be static: there is no instance on an executor",
            { Arity: > 0 } => "must not be generic: write one method for each type",
            { IsVararg: true } => "must have a fixed number of parameters",
            _ when Method.GetAttributes().Count(IsMark) > 1 => "is marked SparkUdf and SparkMap: it goes over columns or over partitions",
            { Parameters.Length: 0 } => "needs a parameter: it is computed of columns, and beside a method without any nothing can be generated",
            _ => null,
        };
        if (problem is null && Method.ContainingType.GetMembers(Method.Name).OfType<IMethodSymbol>().FirstOrDefault(other => MarkOf(other) is not null) is { } first
            && !SymbolEqualityComparer.Default.Equals(first, Method))
        {
            problem = "is marked twice: functions of one class have names of their own";
        }

        if (problem is not null)
            Fail(Descriptors.WrongFunction, NameOf(Method), $"{Name} {problem}");
        return problem is null;
    }

    /// <summary>Where it stands; null where C# would take no generated part.</summary>
    protected FunctionPlace? PlaceIn(Compilation compilation)
    {
        INamedTypeSymbol type = Method.ContainingType;
        if (!SparkClass.HasSpark(compilation) || SparkClass.ProblemOf(type, compilation) is not null)
            return null;
        return new FunctionPlace(
            Method.Name,
            new ContainingType(ClassShape.KeywordOf(type), type.Name),
            ClassShape.NamespaceOf(type),
            ClassShape.ContainersOf(type),
            GeneratedNames.Unused(Method.Name + "Function", used => used == type.Name || HasOwn(type, used)),
            AccessibilityOf(Method));
    }

    /// <summary>A type that stands for a column or for a row.</summary>
    protected ColumnValue? Value(ITypeSymbol type, string what, Location place)
    {
        // C# complains of a type that it does not find.
        if (type.TypeKind == TypeKind.Error)
        {
            flaws.Add(new SparkFlaw(Descriptors.NoColumn, Location.None, ""));
            return null;
        }

        if (ColumnValueReader.Read(type, out string? problem, out bool isOfNull) is { } value)
            return value;
        Fail(isOfNull ? Descriptors.NullableMismatch : Descriptors.NoColumn, place, $"{what} of {Name} {problem}");
        return null;
    }

    protected FunctionOptions ReadOptions()
    {
        SparkUdfAttribute written = new() { Name = Method.Name };
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

    protected void Fail(DiagnosticDescriptor descriptor, Location location, string message) => flaws.Add(new SparkFlaw(descriptor, location, message));

    protected static Location NameOf(ISymbol symbol) => symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None;

    /// <summary>The type of a parameter as it is written.</summary>
    protected static Location TypeOf(IParameterSymbol parameter) =>
        (parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as ParameterSyntax)?.Type?.GetLocation() ?? NameOf(parameter);

    protected static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    private void CheckRange(string argument, int given, int least, int most)
    {
        if (given >= least && given <= most)
            return;
        Location? place = ((mark.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments)
            ?.FirstOrDefault(one => one.NameEquals?.Name.Identifier.ValueText == argument)?.Expression.GetLocation();
        Fail(Descriptors.OutOfRange, place ?? NameOf(Method), string.Format(CultureInfo.InvariantCulture, "{0} needs a {1} of {2} to {3}, but has {4}", Name, argument, least, most, given));
    }

    private static bool IsMark(AttributeData attribute) =>
        attribute.AttributeClass is { Name: nameof(SparkUdfAttribute) or nameof(SparkMapAttribute), Arity: 0 } own && DeclarationKinds.IsOurs(own);

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
}
