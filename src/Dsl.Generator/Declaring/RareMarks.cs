using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Declaring;

/// <summary>
/// Finds the files that may hold one of several attributes which most projects have nowhere. It goes by names as they are written, aliases included, and remembers what it has seen of each syntax
/// tree: one search for all of them, where each search of Roslyn's costs every project as much as the one that finds its models.
/// </summary>
internal sealed class RareMarks
{
    private const string Suffix = "Attribute";

    private readonly ConditionalWeakTable<SyntaxTree, Holding> known = new();
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Searches for attributes.</summary>
    /// <param name="metadataNames">Their classes as the compiler's tables have them.</param>
    public RareMarks(params string[] metadataNames)
    {
        foreach (string name in metadataNames)
        {
            string simple = name.Substring(name.LastIndexOf('.') + 1).Split('`')[0];
            names.Add(simple);
            names.Add(simple.Substring(0, simple.Length - Suffix.Length));
        }
    }

    /// <summary>The files of a compilation that may hold one of the marks.</summary>
    public ImmutableArray<SyntaxTree> Files(Compilation compilation, CancellationToken cancellation)
    {
        ImmutableArray<SyntaxTree>.Builder? files = null;
        bool hasGlobalAlias = false;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            Holding holding = HoldingOf(tree, cancellation);
            hasGlobalAlias |= holding == Holding.GlobalAlias;
            if (holding != Holding.Nothing)
                (files ??= ImmutableArray.CreateBuilder<SyntaxTree>()).Add(tree);
        }

        // Under a name that is known everywhere a mark may stand in any file.
        return hasGlobalAlias ? [.. compilation.SyntaxTrees] : files?.ToImmutable() ?? [];
    }

    /// <summary>What a file declares under a mark: each declaration that carries it itself, not in another part.</summary>
    /// <param name="tree">One of <see cref="Files"/>.</param>
    /// <param name="compilation">The compilation that it is of.</param>
    /// <param name="metadataName">The attribute's class as the compiler's tables have it.</param>
    /// <param name="cancellation">Stops between declarations.</param>
    public static IEnumerable<(ISymbol Symbol, AttributeData Mark)> In(SyntaxTree tree, Compilation compilation, string metadataName, CancellationToken cancellation)
    {
        SemanticModel model = compilation.GetSemanticModel(tree);
        foreach (MemberDeclarationSyntax member in tree.GetRoot(cancellation).DescendantNodes(IsAroundMembers).OfType<MemberDeclarationSyntax>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (member is not (TypeDeclarationSyntax or MethodDeclarationSyntax) || member.AttributeLists.Count == 0 || model.GetDeclaredSymbol(member, cancellation) is not { } symbol)
                continue;
            foreach (AttributeData attribute in symbol.GetAttributes())
            {
                if (attribute.ApplicationSyntaxReference is { } place && place.SyntaxTree == tree && member.AttributeLists.Span.Contains(place.Span)
                    && attribute.AttributeClass is { ContainingType: null } type && metadataName.EndsWith(type.MetadataName, StringComparison.Ordinal)
                    && metadataName == ClassShape.NamespaceOf(type) + "." + type.MetadataName)
                {
                    yield return (symbol, attribute);
                    break;
                }
            }
        }
    }

    private static bool IsAroundMembers(SyntaxNode node) => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax;

    private Holding HoldingOf(SyntaxTree tree, CancellationToken cancellation)
    {
        if (known.TryGetValue(tree, out Holding? holding))
            return holding;
        holding = tree.GetRoot(cancellation) is CompilationUnitSyntax unit ? HoldingOf(unit) : Holding.Nothing;
        return known.GetValue(tree, _ => holding);
    }

    private Holding HoldingOf(CompilationUnitSyntax unit)
    {
        foreach (UsingDirectiveSyntax one in unit.Usings)
        {
            if (IsAlias(one) && !one.GlobalKeyword.Span.IsEmpty)
                return Holding.GlobalAlias;
        }

        return Holds(unit.Usings) || Holds(unit.Members) ? Holding.Mark : Holding.Nothing;
    }

    private bool IsAlias(UsingDirectiveSyntax directive) => directive is { Alias: not null, Name: { } name } && IsMark(name);

    private bool Holds(SyntaxList<UsingDirectiveSyntax> usings)
    {
        foreach (UsingDirectiveSyntax one in usings)
        {
            if (IsAlias(one))
                return true;
        }

        return false;
    }

    private bool Holds(SyntaxList<MemberDeclarationSyntax> members)
    {
        foreach (MemberDeclarationSyntax member in members)
        {
            bool holds = member switch
            {
                BaseNamespaceDeclarationSyntax space => Holds(space.Usings) || Holds(space.Members),
                TypeDeclarationSyntax type => Holds(type.AttributeLists) || Holds(type.Members),
                BasePropertyDeclarationSyntax { AccessorList.Accessors: var accessors } property => Holds(property.AttributeLists) || accessors.Any(accessor => Holds(accessor.AttributeLists)),
                _ => Holds(member.AttributeLists),
            };
            if (holds)
                return true;
        }

        return false;
    }

    private bool Holds(SyntaxList<AttributeListSyntax> lists)
    {
        foreach (AttributeListSyntax list in lists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                if (IsMark(attribute.Name))
                    return true;
            }
        }

        return false;
    }

    private bool IsMark(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => IsMark(qualified.Right),
        AliasQualifiedNameSyntax qualified => IsMark(qualified.Name),
        SimpleNameSyntax simple => names.Contains(simple.Identifier.ValueText),
        _ => false,
    };

    // Classes, for the table takes no values.
    private sealed class Holding
    {
        public static readonly Holding Nothing = new();
        public static readonly Holding Mark = new();
        public static readonly Holding GlobalAlias = new();
    }
}
