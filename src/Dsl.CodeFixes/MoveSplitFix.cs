using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes;

/// <summary>DSL516: moves <c>Split</c> before the stage that sees the rows it holds back.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveSplitFix)), Shared]
public sealed class MoveSplitFix : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.SeesTestRows];

    private protected override string? TitleOf(SyntaxNode place, Diagnostic diagnostic) =>
        SuggestionOf(diagnostic) is not null && place.FirstAncestorOrSelf<AttributeSyntax>() is { } stage && SplitOf(stage) is not null ? "Move Split up" : null;

    private protected override SyntaxNode Apply(SyntaxNode root, SyntaxNode place, Diagnostic diagnostic)
    {
        AttributeSyntax stage = place.FirstAncestorOrSelf<AttributeSyntax>()!;
        AttributeSyntax split = SplitOf(stage)!;
        SyntaxNode tracked = root.TrackNodes(stage, split);
        SyntaxNode without = AttributeEditing.Remove(tracked, tracked.GetCurrentNode(split)!);
        AttributeSyntax current = without.GetCurrentNode(stage)!;
        return AttributeEditing.InsertBefore(without, current, current, "Split", split.ArgumentList);
    }

    private static AttributeSyntax? SplitOf(AttributeSyntax stage) => stage.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.AttributeLists
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => attribute.SpanStart > stage.SpanStart && AttributeNames.IsCalled(attribute.Name, "Split"));
}
