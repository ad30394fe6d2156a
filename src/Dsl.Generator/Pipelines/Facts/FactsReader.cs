using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>Reads what a pipeline looks at besides its attributes: the row type, the methods and the networks that they name.</summary>
internal sealed class FactsReader(INamedTypeSymbol symbol, Compilation compilation, GeneratorOutput? output, DeclarationKinds kinds, CancellationToken cancellation)
{
    private readonly List<ITypeSymbol> networkTypes = [];
    private ITypeSymbol? rowType;

    /// <summary>All that the attributes name. What of it generators have added does not count.</summary>
    /// <param name="mark">The class of the mark, without arity.</param>
    public PipelineFacts Read(string mark)
    {
        // With generated files in it a compilation is the analyzer's, which is asked once.
        if (output is not null)
            return ReadAnew(mark);
        if (KnownFacts.Find(symbol, compilation, kinds) is { } known)
            return known;
        PipelineFacts facts = ReadAnew(mark);
        KnownFacts.Add(symbol, compilation, kinds, facts, FactSources.Of(symbol, rowType, networkTypes, cancellation));
        return facts;
    }

    private PipelineFacts ReadAnew(string mark)
    {
        RowType? row = null;
        SortedDictionary<string, RowMethod> methods = new(StringComparer.Ordinal);
        List<NetworkFacts> networks = [];
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is not { TypeKind: not TypeKind.Error } type || !DeclarationKinds.IsOurs(type))
                continue;
            cancellation.ThrowIfCancellationRequested();
            if (type.Arity == 1 && type.TypeArguments[0] is { TypeKind: not TypeKind.Error, IsRefLikeType: false } argument)
            {
                if (type.Name == mark)
                {
                    rowType ??= argument;
                    row ??= output is not null && argument is INamedTypeSymbol unseen && output.IsUnseen(unseen) ? null : RowTypeReader.Read(argument, symbol, output);
                }
                else if (type.Name == "NetworkAttribute")
                {
                    AddNetwork(networks, argument);
                }
            }
            else if (type.Name is "MapAttribute" or "WhereAttribute" && attribute.ConstructorArguments.FirstOrDefault().Value is string method && !methods.ContainsKey(method))
            {
                if (Method(method) is { } found)
                    methods.Add(method, found);
            }
        }

        return new PipelineFacts(row, MemberAccesses.IsHidden(symbol), new EquatableArray<RowMethod>([.. methods.Values]), new EquatableArray<NetworkFacts>([.. networks]));
    }

    private void AddNetwork(List<NetworkFacts> networks, ITypeSymbol type)
    {
        string name = DeclarationReader.FullNameOf(type);
        if (networks.Exists(one => one.CSharp == name))
            return;
        networkTypes.Add(type);
        NetworkFacts facts = new(name, type.Name, MemberAccesses.Of(symbol, type), SpaceOf(type));
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Class } named && output?.IsUnseen(named) != true && kinds.MarksOf(named.GetAttributes()).Kind is { IsBlock: false, MarkArity: 0 } kind && kind.Mark == "Model")
        {
            bool isForeign = !SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, compilation.Assembly);
            Declaration declaration = isForeign
                ? DeclarationReader.ReadForeign(named, compilation, cancellation, kinds)
                : DeclarationReader.Read(named, compilation, sources: null, output is null ? null : new GeneratorOutput(named, compilation, kinds, cancellation), cancellation, kinds);
            facts = facts with { IsModel = true, Declaration = declaration };
        }

        networks.Add(facts);
    }

    private static string SpaceOf(ITypeSymbol type)
    {
        string space = type is INamedTypeSymbol named ? ClassShape.NamespaceOf(named) : "";
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            space = space.Length == 0 ? outer.Name : space + "." + outer.Name;
        return space;
    }

    private RowMethod? Method(string name)
    {
        ImmutableArray<ISymbol> members = symbol.GetMembers(name);
        IMethodSymbol[] methods = [.. members.OfType<IMethodSymbol>().Where(one => one.MethodKind == MethodKind.Ordinary && output?.IsUnseen(one) != true)];
        if (methods.Length == 0)
            return null;
        IMethodSymbol method = methods[0];
        string? flaw = methods.Length > 1 ? $"is overloaded: there are {methods.Length} methods of that name"
            : !method.IsStatic ? "is not static: a row is computed without an instance"
            : method.Arity > 0 ? "is generic: its parameters are columns, whose types are known"
            : method.Parameters.Length == 0 ? "has no parameter: its parameters are the columns that it reads"
            : null;
        ColumnType? result = method.ReturnsVoid || method.ReturnsByRef || method.ReturnsByRefReadonly ? null : ColumnTypes.Of(method.ReturnType);
        return new RowMethod(
            name,
            flaw,
            new EquatableArray<MethodParameter>([.. method.Parameters.Select(Parameter)]),
            result,
            (method.ReturnsByRef ? "ref " : method.ReturnsByRefReadonly ? "ref readonly " : "") + method.ReturnType.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            IsMissing(method.ReturnType) || method.Parameters.Any(parameter => IsMissing(parameter.Type)));
    }

    private static bool IsMissing(ITypeSymbol type) => type.TypeKind == TypeKind.Error
        || (type is IArrayTypeSymbol array && IsMissing(array.ElementType))
        || (type is INamedTypeSymbol named && named.TypeArguments.Any(IsMissing));

    private static MethodParameter Parameter(IParameterSymbol parameter) => new(
        parameter.Name, ColumnTypes.Of(parameter.Type), parameter.RefKind is not (RefKind.None or RefKind.In), parameter.RefKind == RefKind.In);
}
