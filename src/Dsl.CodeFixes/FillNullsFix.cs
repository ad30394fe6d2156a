using System.Collections.Immutable;
using System.Composition;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes;

/// <summary>DSL503: puts <c>Imputer</c> before the stage that takes no null, or <c>DropNulls</c> where nothing can be imputed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FillNullsFix)), Shared]
public sealed class FillNullsFix : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.MayBeNull];

    private protected override string? TitleOf(SyntaxNode place, Diagnostic diagnostic) =>
        place.FirstAncestorOrSelf<AttributeSyntax>() is not null && SuggestionOf(diagnostic)?.Split(' ') is { Length: 2 } parts ? $"Insert {parts[0]}(\"{parts[1]}\")" : null;

    private protected override SyntaxNode Apply(SyntaxNode root, SyntaxNode place, Diagnostic diagnostic)
    {
        AttributeSyntax stage = place.FirstAncestorOrSelf<AttributeSyntax>()!;
        string[] parts = SuggestionOf(diagnostic)!.Split(' ');
        AttributeArgumentSyntax column = SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(parts[1])));
        return AttributeEditing.InsertBefore(root, stage, stage, parts[0], SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(column)));
    }
}
