using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Declaring;

/// <summary>Attributes of this language on properties.</summary>
internal static class PropertyAttributes
{
    /// <summary>The attribute of a row's property, on itself or on the parameter of its record.</summary>
    /// <param name="property">The property.</param>
    /// <param name="name">The attribute's class.</param>
    public static AttributeData? Find(IPropertySymbol property, string name)
    {
        foreach (AttributeData attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass is { Arity: 0 } own && own.Name == name && DeclarationKinds.IsOurs(own))
                return attribute;
        }

        if (ParameterOf(property) is not { } parameter)
            return null;
        foreach (AttributeData attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass is { Arity: 0 } own && own.Name == name && DeclarationKinds.IsOurs(own))
                return attribute;
        }

        return null;
    }

    /// <summary>Whether no attribute is written at the property. It goes by the text, for Roslyn binds even none at some cost; a property of another assembly may have some.</summary>
    public static bool HasNone(IPropertySymbol property)
    {
        foreach (SyntaxReference reference in property.DeclaringSyntaxReferences)
        {
            switch (reference.GetSyntax())
            {
                // The attributes of a partial one may stand at its other part.
                case PropertyDeclarationSyntax { AttributeLists.Count: 0 } declared when !declared.Modifiers.Any(SyntaxKind.PartialKeyword):
                case ParameterSyntax { AttributeLists.Count: 0 }:
                    continue;
                default:
                    return false;
            }
        }

        return !property.DeclaringSyntaxReferences.IsEmpty;
    }

    private static IParameterSymbol? ParameterOf(IPropertySymbol property)
    {
        if (property.ContainingType is not { IsRecord: true } record)
            return null;
        foreach (IMethodSymbol constructor in record.InstanceConstructors)
        {
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                // A positional property is declared where its parameter is.
                if (parameter.Name == property.Name && IsPositional(parameter, property))
                    return parameter;
            }
        }

        return null;
    }

    private static bool IsPositional(IParameterSymbol parameter, IPropertySymbol property) => property.DeclaringSyntaxReferences.IsEmpty
        ? SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type)
        : parameter.DeclaringSyntaxReferences.Any(reference => property.DeclaringSyntaxReferences.Any(own => own.SyntaxTree == reference.SyntaxTree && own.Span == reference.Span));
}
