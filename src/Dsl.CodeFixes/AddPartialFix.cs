using System.Collections.Immutable;
using System.Composition;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes;

/// <summary>DSL101: adds <c>partial</c> to the class.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddPartialFix)), Shared]
public sealed class AddPartialFix : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.NotPartial];

    private protected override string? TitleOf(SyntaxNode place, Diagnostic diagnostic) =>
        place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type ? $"Make {type.Identifier.ValueText} partial" : null;

    private protected override SyntaxNode Apply(SyntaxNode root, SyntaxNode place, Diagnostic diagnostic)
    {
        TypeDeclarationSyntax type = place.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        SyntaxToken added = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        // partial is the last modifier: where there is no other, it takes over what stands before the keyword.
        TypeDeclarationSyntax changed = type.Modifiers.Count == 0
            ? type.WithKeyword(type.Keyword.WithLeadingTrivia()).WithModifiers(SyntaxFactory.TokenList(added.WithLeadingTrivia(type.Keyword.LeadingTrivia)))
            : type.AddModifiers(added);
        return root.ReplaceNode(type, changed);
    }
}
