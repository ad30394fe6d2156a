using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Declaring;

/// <summary>What the front end needs of a class besides its attributes: its form, where it stands, its members.</summary>
internal static class ClassShape
{
    /// <summary>The reasons why C# would reject a generated part of this class.</summary>
    /// <param name="symbol">The class.</param>
    /// <param name="kind">What it is to be.</param>
    /// <param name="output">What generators added to the compilation; null where they have not.</param>
    public static ClassFlaws Flaws(INamedTypeSymbol symbol, DeclarationKind kind, GeneratorOutput? output)
    {
        ClassFlaws flaws = ClassFlaws.None;
        if (symbol.IsStatic)
            flaws |= ClassFlaws.Static;
        else if (symbol.IsAbstract)
            flaws |= ClassFlaws.Abstract;
        if (symbol.Arity > 0)
            flaws |= ClassFlaws.Generic;
        if (symbol.IsRecord)
            flaws |= ClassFlaws.Record;
        if (symbol.IsFileLocal)
            flaws |= ClassFlaws.FileLocal;
        bool isPartial = false;
        bool hasBaseList = false;
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == output?.Part || reference.GetSyntax() is not TypeDeclarationSyntax syntax)
                continue;
            isPartial |= IsPartial(syntax);
            hasBaseList |= syntax.BaseList is not null;
            if (syntax.ParameterList is not null)
                flaws |= ClassFlaws.PrimaryConstructor;
        }

        if (!isPartial)
            flaws |= ClassFlaws.NotPartial;
        // The base is bound only where one is written; that of the generated part is ours, and harmless when repeated.
        if (hasBaseList && symbol.BaseType is { SpecialType: not SpecialType.System_Object } baseType && !(baseType.Name == kind.BaseClass && DeclarationKinds.IsOurs(baseType)))
            flaws |= ClassFlaws.BaseClass;
        for (INamedTypeSymbol? outer = symbol.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (outer.Arity > 0)
                flaws |= ClassFlaws.NestedInGeneric;
            if (!IsPartial(outer, output is not null))
                flaws |= ClassFlaws.ContainerNotPartial;
        }

        return flaws;
    }

    /// <summary>Whether any declaration of the type says <c>partial</c>; where only some do, the C# compiler complains itself.</summary>
    /// <param name="symbol">The type.</param>
    /// <param name="isMerged">Files of this generator may stand in the compilation.</param>
    public static bool IsPartial(INamedTypeSymbol symbol, bool isMerged)
    {
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is TypeDeclarationSyntax syntax && IsPartial(syntax) && !(isMerged && GeneratorOutput.IsLikeOurs(reference.SyntaxTree)))
                return true;
        }

        return false;
    }

    /// <summary>Why C# would take no generated part of a type that is partial, in words that follow its name; null where it takes one.</summary>
    /// <param name="symbol">The type.</param>
    /// <param name="compilation">Where it stands.</param>
    /// <param name="generic">What to say of a generic one.</param>
    /// <param name="own">What its reader has against it, if anything: said where it is neither generic nor file-local.</param>
    public static string? PartProblemOf(INamedTypeSymbol symbol, Compilation compilation, string generic, string? own = null)
    {
        if (symbol.Arity > 0)
            return generic;
        if (symbol.IsFileLocal)
            return "must not be file-local";
        if (own is not null)
            return own;
        if (compilation is CSharpCompilation { LanguageVersion: < DeclarationReader.Oldest } old)
            return $"is compiled as C# {old.LanguageVersion.ToDisplayString()}, but what is generated for it needs C# {DeclarationReader.Oldest.ToDisplayString()} or later";
        return ContainerProblemOf(symbol);
    }

    /// <summary>Why C# would take no part of a type for the types around it, in words that follow its name; null where it takes one.</summary>
    public static string? ContainerProblemOf(INamedTypeSymbol symbol)
    {
        for (INamedTypeSymbol? outer = symbol.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (outer.Arity > 0)
                return "must not be nested in a generic type";
            if (!IsPartial(outer, isMerged: true))
                return $"stands in {outer.Name}, which must be partial too";
        }

        return null;
    }

    /// <summary>The namespace with dots; empty for the global one.</summary>
    public static string NamespaceOf(INamedTypeSymbol symbol)
    {
        INamespaceSymbol space = symbol.ContainingNamespace;
        if (space.IsGlobalNamespace)
            return "";
        // ToDisplayString would cost kilobytes for what is nearly always one or two names.
        string name = space.Name;
        for (INamespaceSymbol outer = space.ContainingNamespace; !outer.IsGlobalNamespace; outer = outer.ContainingNamespace)
            name = outer.Name + "." + name;
        return name;
    }

    /// <summary>The types around the class, outermost first.</summary>
    public static EquatableArray<ContainingType> ContainersOf(INamedTypeSymbol symbol)
    {
        int depth = 0;
        for (INamedTypeSymbol? outer = symbol.ContainingType; outer is not null; outer = outer.ContainingType)
            depth++;
        if (depth == 0)
            return default;
        ContainingType[] containers = new ContainingType[depth];
        for (INamedTypeSymbol? outer = symbol.ContainingType; outer is not null; outer = outer.ContainingType)
            containers[--depth] = new ContainingType(KeywordOf(outer), outer.Name);
        return new EquatableArray<ContainingType>(containers);
    }

    /// <summary>The names of the members that the user wrote, nested types included, in no fixed meaning but a fixed order.</summary>
    /// <param name="symbol">The class.</param>
    /// <param name="kind">What it is to be.</param>
    /// <param name="generated">The generated part, or null.</param>
    /// <param name="hasRequired">Whether one of them is <c>required</c>.</param>
    public static EquatableArray<string> MembersOf(INamedTypeSymbol symbol, DeclarationKind kind, SyntaxTree? generated, out bool hasRequired)
    {
        hasRequired = false;
        bool isMerged = false;
        bool isBodied = false;
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == generated)
                isMerged = true;
            else if (reference.GetSyntax() is TypeDeclarationSyntax { Members.Count: > 0 })
                isBodied = true;
        }

        if (!isBodied)
            return default;
        List<string> names = [];
        foreach (ISymbol member in symbol.GetMembers())
        {
            if (member.IsImplicitlyDeclared || (isMerged && IsOnlyIn(generated!, member)))
                continue;
            hasRequired |= member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
            if (member.CanBeReferencedByName || IsOurConstructor(member, kind))
                names.Add(member.Name);
        }

        names.Sort(StringComparer.Ordinal);
        return new EquatableArray<string>([.. names]);
    }

    /// <summary>Whether the member is a constructor with the parameters of a generated one.</summary>
    public static bool IsOurConstructor(ISymbol member, DeclarationKind kind) => member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && kind.HasConstructor(constructor.Parameters);

    /// <summary>What a part of the type begins with, behind <c>partial</c>.</summary>
    public static string KeywordOf(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        TypeKind.Interface => "interface",
        _ => type.IsRecord ? "record" : "class",
    };

    private static bool IsOnlyIn(SyntaxTree generated, ISymbol member)
    {
        foreach (SyntaxReference reference in member.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree != generated)
                return false;
        }

        return true;
    }

    private static bool IsPartial(TypeDeclarationSyntax syntax)
    {
        foreach (SyntaxToken modifier in syntax.Modifiers)
        {
            if (modifier.IsKind(SyntaxKind.PartialKeyword))
                return true;
        }

        return false;
    }
}
