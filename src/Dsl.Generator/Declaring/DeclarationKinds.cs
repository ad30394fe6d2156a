using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Declaring;

/// <summary>The kinds whose marks a class carries.</summary>
/// <param name="Kind">What the class counts as: one that is generated before a block.</param>
/// <param name="Other">A further one, beside which the first is an error (DSL102).</param>
internal readonly record struct Marks(DeclarationKind? Kind, DeclarationKind? Other);

/// <summary>The kinds of declaration that a compiler knows.</summary>
internal sealed class DeclarationKinds
{
    private readonly DeclarationKind[] kinds;

    /// <summary>Several kinds, blocks last.</summary>
    /// <param name="kinds">Each with a mark of its own.</param>
    public DeclarationKinds(IEnumerable<DeclarationKind> kinds) => this.kinds = [.. kinds.OrderBy(kind => kind.IsBlock).ThenBy(kind => kind.Mark, StringComparer.Ordinal)];

    /// <summary>Those of this assembly: found by reflection, once per process, so that adding one touches no other file.</summary>
    public static DeclarationKinds Own { get; } = new(typeof(DeclarationKind).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DeclarationKind)))
        .Select(type => (DeclarationKind)Activator.CreateInstance(type, nonPublic: true)));

    /// <summary>Those that are generated first, then the blocks.</summary>
    public IReadOnlyList<DeclarationKind> All => kinds;

    /// <summary>Every diagnostic of every kind, each once.</summary>
    public ImmutableArray<DiagnosticDescriptor> Diagnostics => [.. kinds.SelectMany(kind => kind.Diagnostics).Distinct()];

    /// <summary>The same kinds and further ones.</summary>
    public DeclarationKinds With(params DeclarationKind[] further) => new(kinds.Concat(further));

    /// <summary>The kinds whose marks are among a class's attributes.</summary>
    public Marks MarksOf(ImmutableArray<AttributeData> attributes)
    {
        DeclarationKind? first = null;
        foreach (DeclarationKind kind in kinds)
        {
            if (!Carries(attributes, kind))
                continue;
            if (first is not null)
                return new Marks(first, kind);
            first = kind;
        }

        return new Marks(first, null);
    }

    /// <summary>Whether an attribute is the mark of any kind.</summary>
    public bool IsMark(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { } type || !IsOurs(type))
            return false;
        foreach (DeclarationKind kind in kinds)
        {
            if (kind.IsMark(type))
                return true;
        }

        return false;
    }

    /// <summary>Whether a class carries the mark of a kind.</summary>
    public static bool Carries(ImmutableArray<AttributeData> attributes, DeclarationKind kind)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (IsMarkOf(attribute, kind))
                return true;
        }

        return false;
    }

    /// <summary>Whether an attribute is the mark of a kind.</summary>
    public static bool IsMarkOf(AttributeData attribute, DeclarationKind kind) => attribute.AttributeClass is { } type && kind.IsMark(type) && IsOurs(type);

    /// <summary>Whether a type stands in namespace <c>Dsl</c>.</summary>
    public static bool IsOurs(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "Dsl", ContainingNamespace.IsGlobalNamespace: true };
}
