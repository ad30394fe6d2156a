using System.Collections.Immutable;
using System.Composition;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes;

/// <summary>DSL201 on <c>Linear</c>: puts <c>Flatten</c> before it, which takes over what it reads.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertFlattenFix)), Shared]
public sealed class InsertFlattenFix : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.WrongRank];

    private protected override string? TitleOf(SyntaxNode place, Diagnostic diagnostic) =>
        place.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && AttributeNames.IsCalled(attribute.Name, "Linear") ? "Insert Flatten" : null;

    private protected override SyntaxNode Apply(SyntaxNode root, SyntaxNode place, Diagnostic diagnostic)
    {
        AttributeSyntax linear = place.FirstAncestorOrSelf<AttributeSyntax>()!;
        if (FromOf(linear) is not { } from)
            return AttributeEditing.InsertBefore(root, linear, linear, "Flatten", null);
        AttributeSyntax without = linear.WithArgumentList(linear.ArgumentList!.WithArguments(linear.ArgumentList.Arguments.Remove(from)));
        return AttributeEditing.InsertBefore(root, linear, without, "Flatten", SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(from)));
    }

    private static AttributeArgumentSyntax? FromOf(AttributeSyntax attribute)
    {
        if (attribute.ArgumentList is { } list)
        {
            foreach (AttributeArgumentSyntax argument in list.Arguments)
            {
                if (argument.NameEquals?.Name.Identifier.ValueText == "From")
                    return argument;
            }
        }

        return null;
    }
}
