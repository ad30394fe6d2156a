using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Declaring;

/// <summary>
/// All of a compilation that the meaning of a declaration may depend on, compared without binding: references, options, and of each file what stands outside bodies. While only bodies are typed in,
/// whatever was read of symbols is still true, and a reader that remembers it saves Roslyn the work of binding the same types anew at every keystroke.
/// </summary>
/// <remarks>
/// Left out are the attributes of classes that carry a mark: who reads those remembers their files.
/// </remarks>
internal sealed class Surroundings
{
    // More files than these change at once where a project is loaded or built: comparing them all would cost more than reading.
    private const int MostChanged = 4;

    private static readonly ConditionalWeakTable<Compilation, Surroundings> Known = new();
    private static readonly ConcurrentDictionary<string, WeakReference<Surroundings>> Last = new(StringComparer.Ordinal);
    private static readonly HashSet<string> Marks = new(DeclarationKinds.Own.All.Where(kind => !kind.IsBlock).SelectMany(kind => new[] { kind.Mark, kind.Mark + "Attribute" }), StringComparer.Ordinal);

    private readonly ImmutableArray<SyntaxTree> trees;
    private readonly ImmutableArray<MetadataReference> references;
    private readonly CompilationOptions options;

    private Surroundings(Compilation compilation)
    {
        trees = [.. compilation.SyntaxTrees];
        references = compilation.ExternalReferences;
        options = compilation.Options;
        string name = compilation.AssemblyName ?? "";
        Token = Last.TryGetValue(name, out WeakReference<Surroundings> last) && last.TryGetTarget(out Surroundings before) && IsLike(before) ? before.Token : new object();
        Last[name] = new WeakReference<Surroundings>(this);
    }

    /// <summary>The same object as long as nothing changes.</summary>
    public object Token { get; }

    /// <summary>The surroundings of whatever a compilation declares.</summary>
    public static Surroundings Of(Compilation compilation) => Known.GetValue(compilation, static one => new Surroundings(one));

    private bool IsLike(Surroundings before)
    {
        if (trees.Length != before.trees.Length || !references.SequenceEqual(before.references) || !options.Equals(before.options))
            return false;
        int changed = 0;
        for (int i = 0; i < trees.Length; i++)
        {
            if (trees[i] != before.trees[i] && (++changed > MostChanged || !AreLike(before.trees[i], trees[i])))
                return false;
        }

        return true;
    }

    private static bool AreLike(SyntaxTree before, SyntaxTree after)
    {
        if (!before.Options.Equals(after.Options) || before.FilePath != after.FilePath)
            return false;
        SyntaxNode old = before.GetRoot();
        SyntaxNode now = after.GetRoot();
        // A directive in a body, such as #nullable, says something about what stands behind it.
        return !old.ContainsDirectives && !now.ContainsDirectives && AreLike(old, now);
    }

    // SyntaxFactory.AreEquivalent with topLevel would do, but behind a field it sees no constant's value (Roslyn 4.14).
    private static bool AreLike(SyntaxNode before, SyntaxNode after)
    {
        if (before.RawKind != after.RawKind)
            return false;
        if (before is BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax || before.IsIncrementallyIdenticalTo(after))
            return true;
        using IEnumerator<SyntaxNodeOrToken> others = Children(after).GetEnumerator();
        foreach (SyntaxNodeOrToken child in Children(before))
        {
            if (!others.MoveNext())
                return false;
            SyntaxNodeOrToken other = others.Current;
            bool isLike = child.AsNode() is { } node ? other.AsNode() is { } otherNode && AreLike(node, otherNode) : other.IsToken && child.AsToken().Text == other.AsToken().Text;
            if (!isLike)
                return false;
        }

        return !others.MoveNext();
    }

    private static IEnumerable<SyntaxNodeOrToken> Children(SyntaxNode node)
    {
        bool isMarked = node is TypeDeclarationSyntax type && IsMarked(type);
        return isMarked ? node.ChildNodesAndTokens().Where(child => !child.IsKind(SyntaxKind.AttributeList)) : node.ChildNodesAndTokens();
    }

    private static bool IsMarked(TypeDeclarationSyntax type) => type.AttributeLists.Any(list => list.Attributes.Any(attribute => Marks.Contains(NameOf(attribute.Name))));

    private static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
