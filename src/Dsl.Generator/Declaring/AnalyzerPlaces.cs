using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Networks.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Declaring;

/// <summary>Finds the locations that a <see cref="Place"/> means in the source of one class.</summary>
internal sealed class AnalyzerPlaces(INamedTypeSymbol symbol, IReadOnlyList<AttributeData> sources, Compilation compilation, DeclarationKinds kinds, CancellationToken cancellation)
{
    /// <summary>The locations to underline: one, but for members that share a name and for several containing types.</summary>
    public IEnumerable<Location> Find(Place place) => place.Kind switch
    {
        PlaceKind.ClassName => [ClassName()],
        PlaceKind.Mark => [Mark()?.GetLocation() ?? ClassName()],
        PlaceKind.Containers => Containers(),
        PlaceKind.Member => Members(place.Name!),
        PlaceKind.MarkTypeArgument => [MarkTypeArgument()],
        PlaceKind.Parameter => [Parameter(place)],
        PlaceKind.PropertyAttribute or PlaceKind.PropertyArgument => [PropertyAttribute(place)],
        _ => SyntaxOf(place.Entry) is { } syntax ? [Within(syntax, place).GetLocation()] : [ClassName()],
    };

    private AttributeSyntax? SyntaxOf(int entry) =>
        entry >= 0 && entry < sources.Count ? sources[entry].ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax : null;

    private SyntaxNode Within(AttributeSyntax attribute, Place place)
    {
        if (place.Kind == PlaceKind.TypeArgument)
            return TypeArgument(attribute.Name) ?? (SyntaxNode)attribute;
        if (place.Kind != PlaceKind.Argument || attribute.ArgumentList is not { } list)
            return attribute;
        int position = PositionOf(place);
        bool isElement = place.Element >= 0;
        int positional = 0;
        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            string? name = argument.NameEquals?.Name.Identifier.ValueText ?? argument.NameColon?.Name.Identifier.ValueText;
            if (name is not null ? name == place.Name : positional == position)
            {
                // Written out one by one, the first element is the parameter's own argument and the rest follow it.
                if (isElement && Element(argument.Expression, place.Element) is { } element)
                    return element;
                return isElement && name is null ? Following(list, positional + place.Element) ?? argument.Expression : argument.Expression;
            }

            if (name is null)
                positional++;
        }

        return attribute;
    }

    private static ExpressionSyntax? Following(AttributeArgumentListSyntax list, int position)
    {
        int positional = 0;
        foreach (AttributeArgumentSyntax argument in list.Arguments)
        {
            if (argument.NameEquals is null && argument.NameColon is null && positional++ == position)
                return argument.Expression;
        }

        return null;
    }

    /// <summary>The element of an array that is written as such.</summary>
    private static SyntaxNode? Element(ExpressionSyntax expression, int element)
    {
        InitializerExpressionSyntax? initializer = expression switch
        {
            ArrayCreationExpressionSyntax array => array.Initializer,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer,
            _ => null,
        };
        if (initializer is not null)
            return element < initializer.Expressions.Count ? initializer.Expressions[element] : expression;
        return expression is CollectionExpressionSyntax collection
            ? (element < collection.Elements.Count ? collection.Elements[element] : expression)
            : null;
    }

    private int PositionOf(Place place)
    {
        if (sources[place.Entry].AttributeConstructor is { } constructor)
        {
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                if (parameter.Name == place.Name)
                    return parameter.Ordinal;
            }
        }

        return int.MaxValue;
    }

    private static SyntaxNode? TypeArgument(NameSyntax name) => name switch
    {
        GenericNameSyntax generic when generic.TypeArgumentList.Arguments.Count > 0 => generic.TypeArgumentList.Arguments[0],
        QualifiedNameSyntax qualified => TypeArgument(qualified.Right),
        AliasQualifiedNameSyntax alias => TypeArgument(alias.Name),
        _ => null,
    };

    private AttributeSyntax? Mark()
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (kinds.IsMark(attribute))
                return attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        }

        return null;
    }

    /// <summary>The class's identifier where it is marked.</summary>
    public Location ClassName() => Mark()?.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.GetLocation() ?? symbol.Locations[0];

    private IEnumerable<Location> Members(string name)
    {
        SyntaxTree? generated = GeneratorOutput.PartOf(symbol, compilation, kinds);
        DeclarationKind? kind = kinds.MarksOf(symbol.GetAttributes()).Kind;
        foreach (ISymbol member in symbol.GetMembers(name))
        {
            if (member.IsImplicitlyDeclared || (name == ".ctor" && !(kind is not null && ClassShape.IsOurConstructor(member, kind))))
                continue;
            foreach (Location location in member.Locations)
            {
                if (location.SourceTree is { } tree && tree != generated)
                {
                    yield return location;
                    break;
                }
            }
        }
    }

    private Location MarkTypeArgument() => Mark() is { } mark ? (TypeArgument(mark.Name) ?? (SyntaxNode)mark).GetLocation() : ClassName();

    private Location Parameter(Place place)
    {
        foreach (ISymbol member in symbol.GetMembers(place.Name!))
        {
            if (member is IMethodSymbol method && place.Element < method.Parameters.Length && method.Parameters[place.Element].Locations.FirstOrDefault() is { SourceTree: { } tree } location
                && tree != GeneratorOutput.PartOf(symbol, compilation, kinds))
            {
                return location;
            }
        }

        return ClassName();
    }

    private Location PropertyAttribute(Place place)
    {
        foreach (AttributeData mark in symbol.GetAttributes())
        {
            if (!kinds.IsMark(mark) || mark.AttributeClass is not { Arity: 1 } generic)
                continue;
            foreach (ISymbol member in LevelsOf(generic.TypeArguments[0]).SelectMany(level => level.GetMembers(place.Name!)))
            {
                if (member is not IPropertySymbol property || PropertyAttributes.Find(property, place.Annotation!)?.ApplicationSyntaxReference is not { } reference || !compilation.ContainsSyntaxTree(reference.SyntaxTree))
                    continue;
                if (reference.GetSyntax(cancellation) is AttributeSyntax attribute)
                    return place.Kind == PlaceKind.PropertyArgument && attribute.ArgumentList?.Arguments.FirstOrDefault() is { Expression: { } expression } ? expression.GetLocation() : attribute.GetLocation();
            }
        }

        return MarkTypeArgument();
    }

    private static IEnumerable<ITypeSymbol> LevelsOf(ITypeSymbol type)
    {
        for (ITypeSymbol? level = type; level is not null; level = level.BaseType)
            yield return level;
        foreach (INamedTypeSymbol face in type.AllInterfaces)
            yield return face;
    }

    private IEnumerable<Location> Containers()
    {
        for (INamedTypeSymbol? outer = symbol.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            // Each container is reported once, by the first declaration in it.
            if (!ClassShape.IsPartial(outer, isMerged: true) && SymbolEqualityComparer.Default.Equals(FirstMarked(outer), symbol))
                yield return outer.Locations[0];
        }
    }

    private INamedTypeSymbol? FirstMarked(INamedTypeSymbol outer)
    {
        foreach (INamedTypeSymbol nested in outer.GetTypeMembers())
        {
            if (nested.TypeKind == TypeKind.Class && kinds.MarksOf(nested.GetAttributes()).Kind is not null)
                return nested;
            if (FirstMarked(nested) is { } deeper)
                return deeper;
        }

        return null;
    }
}
