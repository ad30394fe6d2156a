using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>How far a member of the pipeline's class that names a type may be seen.</summary>
internal enum MemberAccess
{
    /// <summary>No member can name it: it is file-local.</summary>
    None,

    /// <summary>Within the class.</summary>
    Private,

    /// <summary>Within the assembly.</summary>
    Internal,

    /// <summary>Wherever the class is seen.</summary>
    Public,
}

/// <summary>What C# demands of signatures: each type that one names is seen wherever the member is (C# specification, 7.5.5, as Roslyn decides it).</summary>
internal static class MemberAccesses
{
    /// <summary>The most that a member which names a type may be.</summary>
    /// <param name="owner">The member's class.</param>
    /// <param name="type">The type.</param>
    public static MemberAccess Of(INamedTypeSymbol owner, ITypeSymbol type)
    {
        if (IsFileLocal(type) && !IsFileLocal(owner))
            return MemberAccess.None;
        return IsSeen(type, owner, Accessibility.Public) ? MemberAccess.Public
            : IsSeen(type, owner, Accessibility.Internal) ? MemberAccess.Internal
            : MemberAccess.Private;
    }

    /// <summary>Whether a class is seen within other types alone.</summary>
    public static bool IsHidden(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.DeclaredAccessibility is Accessibility.Private or Accessibility.ProtectedAndInternal or Accessibility.Protected)
                return true;
        }

        return false;
    }

    private static bool IsFileLocal(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsFileLocal(array.ElementType),
        INamedTypeSymbol named => named.IsFileLocal || (named.ContainingType is { } outer && IsFileLocal(outer)) || named.TypeArguments.Any(IsFileLocal),
        _ => false,
    };

    /// <summary>Whether a type, those around it and its type arguments are seen wherever a member of the class is that has an accessibility.</summary>
    private static bool IsSeen(ITypeSymbol type, INamedTypeSymbol owner, Accessibility member)
    {
        if (type is IArrayTypeSymbol array)
            return IsSeen(array.ElementType, owner, member);
        for (INamedTypeSymbol? link = type as INamedTypeSymbol; link is not null; link = link.ContainingType)
        {
            if (!IsLinkSeen(link, owner, member) || !link.TypeArguments.All(argument => IsSeen(argument, owner, member)))
                return false;
        }

        return true;
    }

    /// <summary>Whether the member, its class or a type around that is held to as little as one link of a type's name.</summary>
    private static bool IsLinkSeen(INamedTypeSymbol link, INamedTypeSymbol owner, Accessibility member)
    {
        if (link.DeclaredAccessibility is Accessibility.Public or Accessibility.NotApplicable)
            return true;
        Accessibility access = member;
        for (INamedTypeSymbol? within = owner; ; within = within.ContainingType)
        {
            if (IsAsNarrow(link, access, within, owner))
                return true;
            if (within is null)
                return false;
            access = within.DeclaredAccessibility;
        }
    }

    /// <summary>Whether what has an accessibility is seen nowhere that a type is not.</summary>
    /// <param name="type">The type.</param>
    /// <param name="access">How far the other is seen.</param>
    /// <param name="within">What that is declared in; null of a type of a namespace.</param>
    /// <param name="owner">A class of its assembly.</param>
    private static bool IsAsNarrow(INamedTypeSymbol type, Accessibility access, INamedTypeSymbol? within, INamedTypeSymbol owner)
    {
        bool isInAssembly = access is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal
            && (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, owner.ContainingAssembly) || type.ContainingAssembly.GivesAccessTo(owner.ContainingAssembly));
        return type.DeclaredAccessibility switch
        {
            Accessibility.Internal => isInAssembly,
            Accessibility.Protected => IsInHeirs(type, access, within),
            Accessibility.ProtectedAndInternal => isInAssembly && IsInHeirs(type, access, within),
            Accessibility.ProtectedOrInternal => isInAssembly || IsInHeirs(type, access, within),
            _ => access == Accessibility.Private && Around(within).Any(outer => IsSame(outer, type.ContainingType)),
        };
    }

    /// <summary>Whether it is seen only within the class around a type and those that derive from it.</summary>
    private static bool IsInHeirs(INamedTypeSymbol type, Accessibility access, INamedTypeSymbol? within) => access switch
    {
        Accessibility.Private => Around(within).Any(outer => IsHeir(outer, type.ContainingType)),
        Accessibility.Protected or Accessibility.ProtectedAndInternal => within is not null && IsHeir(within, type.ContainingType),
        _ => false,
    };

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
            yield return outer;
    }

    private static bool IsHeir(INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (IsSame(level, ancestor))
                return true;
        }

        return false;
    }

    private static bool IsSame(INamedTypeSymbol one, INamedTypeSymbol other) => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, other.OriginalDefinition);
}
