using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Declaring;

/// <summary>
/// Compares two texts of a file: whether its outline is the same, and if so, in which types something else than bodies has changed. The outline is what other files' names are bound by: usings, namespaces,
/// the headers of types without attributes and parameters, enums and delegates, and constants, as an attribute anywhere may be made of those.
/// </summary>
/// <remarks>
/// SyntaxFactory.AreEquivalent with topLevel would tell bodies apart, but behind a field it sees no constant's value (Roslyn 4.14).
/// </remarks>
internal sealed class TypeEdits
{
    private readonly HashSet<string> edited;
    private readonly bool isAnywhere;
    private bool ignoresDirectives;

    private TypeEdits(HashSet<string> edited, bool isAnywhere)
    {
        this.edited = edited;
        this.isAnywhere = isAnywhere;
    }

    /// <summary>Adds the names of the types in which the two differ; false where their outlines do.</summary>
    /// <param name="before">The file as it was.</param>
    /// <param name="after">The file as it is.</param>
    /// <param name="edited">Receives the names, without arity.</param>
    public static bool Add(SyntaxTree before, SyntaxTree after, HashSet<string> edited)
    {
        if (!before.Options.Equals(after.Options) || before.FilePath != after.FilePath)
            return false;
        SyntaxNode old = before.GetRoot();
        SyntaxNode now = after.GetRoot();
        if (new TypeEdits(edited, isAnywhere: false).AreLike(old, now))
            return true;
        // A directive, such as #nullable, says something about all that stands behind it, wherever that is moved.
        return new TypeEdits(edited, isAnywhere: !HaveSameFirstDirectives(old, now)) { ignoresDirectives = true }.HaveSameOutline(old, now);
    }

    private bool HaveSameOutline(SyntaxNode before, SyntaxNode after)
    {
        if (before.RawKind != after.RawKind)
            return false;
        if (before is TypeDeclarationSyntax type)
            return HaveSameOutline(type, (TypeDeclarationSyntax)after);
        if (before is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            return HasStatements(before) == HasStatements(after) && Pair(Children(before).Where(IsDeclared), Children(after).Where(IsDeclared), HaveSameOutline);
        return AreLike(before, after);
    }

    private bool HaveSameOutline(TypeDeclarationSyntax before, TypeDeclarationSyntax after)
    {
        if (!Pair(Header(before), Header(after), AreLike) || !Pair(before.Members.Where(IsOutline), after.Members.Where(IsOutline), HaveSameOutline))
            return false;
        if (isAnywhere || !Pair(Contents(before), Contents(after), AreLike))
            edited.Add(after.Identifier.ValueText);
        return true;
    }

    private bool HaveSameOutline(SyntaxNodeOrToken before, SyntaxNodeOrToken after) =>
        before.AsNode() is { } node ? after.AsNode() is { } other && HaveSameOutline(node, other) : after.IsToken && before.AsToken().Text == after.AsToken().Text;

    // Statements outside of types declare one type together, whatever they do.
    private static bool HasStatements(SyntaxNode node) => node is CompilationUnitSyntax unit && unit.Members.Any(SyntaxKind.GlobalStatement);

    private static bool IsDeclared(SyntaxNodeOrToken child) => !child.IsKind(SyntaxKind.GlobalStatement);

    // With a type's body or without one: "record R(int A);".
    private static IEnumerable<SyntaxNodeOrToken> Header(TypeDeclarationSyntax type) => type.ChildNodesAndTokens().Where(child =>
        child.Kind() is not (SyntaxKind.OpenBraceToken or SyntaxKind.CloseBraceToken or SyntaxKind.SemicolonToken) && child.AsNode() is not (AttributeListSyntax or ParameterListSyntax or MemberDeclarationSyntax));

    private static IEnumerable<SyntaxNode> Contents(TypeDeclarationSyntax type) =>
        type.ChildNodes().Where(child => child is AttributeListSyntax or ParameterListSyntax || (child is MemberDeclarationSyntax member && !IsOutline(member)));

    private static bool IsOutline(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
        BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax => false,
        _ => true,
    };

    private bool AreLike(SyntaxNodeOrToken before, SyntaxNodeOrToken after)
    {
        if (before.AsNode() is { } node)
            return after.AsNode() is { } other && AreLike(node, other);
        return after.IsToken && before.AsToken().Text == after.AsToken().Text && HaveSameDirectives(before, after);
    }

    /// <summary>Whether two nodes say the same but for what their bodies do.</summary>
    private bool AreLike(SyntaxNode before, SyntaxNode after)
    {
        if (before.RawKind != after.RawKind)
            return false;
        if (before.IsIncrementallyIdenticalTo(after))
            return true;
        return before is BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax ? HaveSameDirectives(before, after) : Pair(Children(before), Children(after), AreLike);
    }

    private static ChildSyntaxList Children(SyntaxNode node) => node.ChildNodesAndTokens();

    private delegate bool Comparison<T>(T before, T after);

    private static bool Pair<T>(IEnumerable<T> before, IEnumerable<T> after, Comparison<T> areLike)
    {
        using IEnumerator<T> others = after.GetEnumerator();
        foreach (T one in before)
        {
            if (!others.MoveNext() || !areLike(one, others.Current))
                return false;
        }

        return !others.MoveNext();
    }

    private bool HaveSameDirectives(SyntaxNodeOrToken before, SyntaxNodeOrToken after) =>
        ignoresDirectives || (!before.ContainsDirectives && !after.ContainsDirectives) || Directives(before).SequenceEqual(Directives(after));

    private static IEnumerable<(string Text, bool IsActive)> Directives(SyntaxNodeOrToken part) => (part.AsNode()?.DescendantTrivia() ?? part.GetLeadingTrivia())
        .Where(trivia => trivia.IsDirective)
        .Select(trivia => (trivia.ToString(), ((DirectiveTriviaSyntax)trivia.GetStructure()!).IsActive));

    /// <summary>Whether all directives of both stand at the top, and are the same.</summary>
    private static bool HaveSameFirstDirectives(SyntaxNode before, SyntaxNode after)
    {
        return (!before.ContainsDirectives && !after.ContainsDirectives)
            || (Directives(before).SequenceEqual(Top(after)) && Directives(after).SequenceEqual(Top(before)) && Top(before).SequenceEqual(Top(after)));

        static IEnumerable<(string Text, bool IsActive)> Top(SyntaxNode file) => Directives(file.GetFirstToken(includeZeroWidth: true));
    }
}
