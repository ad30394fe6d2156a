using System.Collections.Immutable;
using System.Composition;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes;

/// <summary>DSL106, DSL501: writes the name that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameReferenceFix)), Shared]
public sealed class RenameReferenceFix : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.UnknownName, DiagnosticIds.NoSuchColumn];

    private protected override string? TitleOf(SyntaxNode place, Diagnostic diagnostic) =>
        place.FirstAncestorOrSelf<ExpressionSyntax>() is not null && SuggestionOf(diagnostic) is { } name ? $"Change to \"{name}\"" : null;

    private protected override SyntaxNode Apply(SyntaxNode root, SyntaxNode place, Diagnostic diagnostic)
    {
        ExpressionSyntax expression = place.FirstAncestorOrSelf<ExpressionSyntax>()!;
        LiteralExpressionSyntax literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(SuggestionOf(diagnostic)!));
        return root.ReplaceNode(expression, literal.WithTriviaFrom(expression));
    }
}
