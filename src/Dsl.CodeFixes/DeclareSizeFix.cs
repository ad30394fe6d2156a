using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes;

/// <summary>DSL508: writes <c>Size</c> or <c>Classes</c> where it is missing, with the number that the network then has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareSizeFix)), Shared]
public sealed class DeclareSizeFix : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.SizeUnknown];

    private protected override string? TitleOf(SyntaxNode place, Diagnostic diagnostic) =>
        SuggestionOf(diagnostic)?.Split(' ') is { Length: 4 } parts && StageOf(place, parts) is not null ? $"Add {parts[0]} = {parts[3]} to {parts[1]}" : null;

    private protected override SyntaxNode Apply(SyntaxNode root, SyntaxNode place, Diagnostic diagnostic)
    {
        string[] parts = SuggestionOf(diagnostic)!.Split(' ');
        AttributeSyntax stage = StageOf(place, parts)!;
        AttributeArgumentSyntax added = SyntaxFactory.AttributeArgument(
            SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(parts[0]).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)),
            nameColon: null,
            SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(long.Parse(parts[3], CultureInfo.InvariantCulture) is var number && number <= int.MaxValue ? (int)number : int.MaxValue)));
        AttributeArgumentListSyntax list = stage.ArgumentList!;
        SyntaxNodeOrToken[] items = [.. list.Arguments.GetWithSeparators(), SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), added];
        return root.ReplaceNode(stage, stage.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(items))));
    }

    /// <summary>The n-th attribute of that name on the same declaration.</summary>
    private static AttributeSyntax? StageOf(SyntaxNode place, string[] parts)
    {
        int ordinal = int.Parse(parts[2], CultureInfo.InvariantCulture);
        return place.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.AttributeLists
            .SelectMany(list => list.Attributes)
            .Where(attribute => attribute.ArgumentList is not null && AttributeNames.IsCalled(attribute.Name, parts[1]))
            .ElementAtOrDefault(ordinal);
    }
}
