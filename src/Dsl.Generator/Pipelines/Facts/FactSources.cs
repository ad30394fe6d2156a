using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>
/// The types of a compilation in which a change may change what was read of a pipeline: its class; its row type with the bases; its networks with the blocks and own layers that they name. Of any other
/// type, such as a property's, only what <see cref="Surroundings.Outline"/> holds was looked at.
/// </summary>
internal sealed class FactSources
{
    private readonly HashSet<string> types = new(StringComparer.Ordinal);
    private readonly HashSet<ITypeSymbol> networks = new(SymbolEqualityComparer.Default);
    private readonly CancellationToken cancellation;

    private FactSources(CancellationToken cancellation) => this.cancellation = cancellation;

    /// <summary>Their names.</summary>
    public IReadOnlyCollection<string> Types => types;

    /// <summary>An argument of an attribute that was read is no literal: what it means, a member of any class may decide.</summary>
    public bool MayBeAny { get; private set; }

    /// <summary>What the facts of a class are read of.</summary>
    /// <param name="symbol">The pipeline's class.</param>
    /// <param name="row">Its row type; null where C# does not find it.</param>
    /// <param name="networks">The types that its attributes name as networks.</param>
    /// <param name="cancellation">Stops between types.</param>
    public static FactSources Of(INamedTypeSymbol symbol, ITypeSymbol? row, IEnumerable<ITypeSymbol> networks, CancellationToken cancellation)
    {
        FactSources sources = new(cancellation);
        sources.AddClass(symbol);
        if (row is not null)
            sources.AddRow(row);
        foreach (ITypeSymbol network in networks)
            sources.AddNetwork(network);
        return sources;
    }

    private void AddClass(INamedTypeSymbol symbol)
    {
        types.Add(symbol.Name);
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "MapAttribute" or "WhereAttribute" && attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList.Arguments: var arguments })
                MayBeAny |= arguments.Any(argument => !IsOwnMember(argument.Expression, symbol) && HasNames(argument.Expression));
        }
    }

    // What the class has itself goes before whatever else is called so.
    private static bool IsOwnMember(ExpressionSyntax expression, INamedTypeSymbol symbol) =>
        expression is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: { Count: 1 } arguments }
        && arguments[0].Expression is IdentifierNameSyntax name
        && !symbol.GetMembers(name.Identifier.ValueText).IsEmpty;

    private void AddRow(ITypeSymbol row)
    {
        for (ITypeSymbol? level = row; level is not null; level = level.BaseType)
            AddLevel(level);
        if (row.TypeKind != TypeKind.Interface)
            return;
        foreach (INamedTypeSymbol level in row.AllInterfaces)
            AddLevel(level);
    }

    private void AddLevel(ITypeSymbol level)
    {
        types.Add(level.Name);
        if (MayBeAny)
            return;
        foreach (SyntaxReference reference in level.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(cancellation) is not TypeDeclarationSyntax type)
                continue;
            MayBeAny |= type.ParameterList is { } list && list.Parameters.Any(parameter => HasNames(parameter.AttributeLists));
            MayBeAny |= type.Members.Any(member => HasNames(member.AttributeLists));
        }
    }

    private void AddNetwork(ITypeSymbol network)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!networks.Add(network))
            return;
        types.Add(network.Name);
        foreach (AttributeData attribute in network.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || !DeclarationKinds.IsOurs(type))
                continue;
            MayBeAny |= attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax syntax && HasNames(syntax);
            if (type.Arity == 1)
                AddNetwork(type.TypeArguments[0]);
        }
    }

    private static bool HasNames(SyntaxList<AttributeListSyntax> lists) => lists.Any(list => list.Attributes.Any(HasNames));

    private static bool HasNames(AttributeSyntax attribute) => attribute.ArgumentList is { } list && list.Arguments.Any(argument => HasNames(argument.Expression));

    private static bool HasNames(ExpressionSyntax expression) => expression is not LiteralExpressionSyntax && expression.DescendantNodesAndSelf().Any(node => node is SimpleNameSyntax);
}
