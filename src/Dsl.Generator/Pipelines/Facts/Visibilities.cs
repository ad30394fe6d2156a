using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>From where types can be seen.</summary>
internal static class Visibilities
{
    /// <summary>The least of the type, those around it and its type arguments.</summary>
    public static Visibility Of(ITypeSymbol type)
    {
        Visibility least = Visibility.Public;
        for (ITypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            Visibility own = outer switch
            {
                INamedTypeSymbol { IsFileLocal: true } => Visibility.File,
                { DeclaredAccessibility: Accessibility.Private } => Visibility.Private,
                { DeclaredAccessibility: Accessibility.ProtectedAndInternal } => Visibility.PrivateProtected,
                { DeclaredAccessibility: Accessibility.Protected } => Visibility.Protected,
                { DeclaredAccessibility: Accessibility.Internal or Accessibility.ProtectedOrInternal } => Visibility.Internal,
                _ => Visibility.Public,
            };
            if (own < least)
                least = own;
            if (outer is not INamedTypeSymbol { Arity: > 0 } generic)
                continue;
            foreach (ITypeSymbol argument in generic.TypeArguments)
            {
                if (argument.TypeKind != TypeKind.TypeParameter && Of(argument) is var inner && inner < least)
                    least = inner;
            }
        }

        return least;
    }
}
