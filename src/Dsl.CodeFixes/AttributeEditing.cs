using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes;

/// <summary>Edits of attribute lists that leave every other character as it was.</summary>
internal static class AttributeEditing
{
    /// <summary>Puts an attribute before another, in the same brackets, and changes that other.</summary>
    public static SyntaxNode InsertBefore(
        SyntaxNode root,
        AttributeSyntax attribute,
        AttributeSyntax changed,
        string name,
        AttributeArgumentListSyntax? arguments)
    {
        AttributeListSyntax list = (AttributeListSyntax)attribute.Parent!;
        int index = list.Attributes.IndexOf(attribute);
        AttributeSyntax added = SyntaxFactory.Attribute(NameBeside(attribute, name), arguments).WithLeadingTrivia(attribute.GetLeadingTrivia());
        List<SyntaxNodeOrToken> items = [.. list.Attributes.GetWithSeparators()];
        items[2 * index] = changed.WithoutLeadingTrivia();
        items.Insert(2 * index, SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        items.Insert(2 * index, added);
        return root.ReplaceNode(list, list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(items)));
    }

    /// <summary>Takes an attribute out, and its brackets where nothing else is in them.</summary>
    public static SyntaxNode Remove(SyntaxNode root, AttributeSyntax attribute)
    {
        AttributeListSyntax list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count == 1)
            return root.RemoveNode(list, TriviaToKeep(list))!;
        int index = list.Attributes.IndexOf(attribute);
        List<SyntaxNodeOrToken> items = [.. list.Attributes.GetWithSeparators()];
        // The comma before it goes with it; of the first, the comma after it, whose follower takes its place.
        if (index > 0)
        {
            items.RemoveRange((2 * index) - 1, 2);
        }
        else
        {
            items.RemoveRange(0, 2);
            items[0] = items[0].AsNode()!.WithLeadingTrivia(attribute.GetLeadingTrivia());
        }

        return root.ReplaceNode(list, list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(items)));
    }

    // The line goes with its brackets, but not a comment that stands over them or behind them.
    private static SyntaxRemoveOptions TriviaToKeep(AttributeListSyntax list) => SyntaxRemoveOptions.KeepUnbalancedDirectives
        | (SaysSomething(list.GetLeadingTrivia()) ? SyntaxRemoveOptions.KeepLeadingTrivia : 0)
        | (SaysSomething(list.GetTrailingTrivia()) ? SyntaxRemoveOptions.KeepTrailingTrivia : 0);

    private static bool SaysSomething(SyntaxTriviaList list)
    {
        foreach (SyntaxTrivia trivia in list)
        {
            if (!trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                return true;
        }

        return false;
    }

    // Where the neighbour is written Dsl.Linear, the new one is written Dsl.Flatten.
    private static NameSyntax NameBeside(AttributeSyntax attribute, string name) => attribute.Name is QualifiedNameSyntax qualified
        ? SyntaxFactory.QualifiedName(qualified.Left.WithoutTrivia(), SyntaxFactory.IdentifierName(name))
        : SyntaxFactory.IdentifierName(name);
}
