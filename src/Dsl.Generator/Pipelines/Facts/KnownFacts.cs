using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>What was read beside a pipeline's attributes at an earlier keystroke, as long as it is still true: binding row types costs as much as the attributes of all pipelines.</summary>
internal static class KnownFacts
{
    private static readonly ConditionalWeakTable<SyntaxNode, Reading> Known = new();

    /// <summary>What is known of a class; null where something that it depends on may have changed.</summary>
    public static PipelineFacts? Find(INamedTypeSymbol symbol, Compilation compilation) =>
        Known.TryGetValue(NodeOf(symbol), out Reading reading) && reading.Surroundings == Surroundings.Of(compilation).Token && reading.Files.All(compilation.ContainsSyntaxTree)
            ? reading.Facts
            : null;

    /// <summary>Remembers what was read of a class.</summary>
    /// <param name="symbol">The class.</param>
    /// <param name="compilation">Where it stands.</param>
    /// <param name="facts">What was read.</param>
    /// <param name="networks">The classes whose attributes were read too.</param>
    public static void Add(INamedTypeSymbol symbol, Compilation compilation, PipelineFacts facts, IEnumerable<ISymbol> networks)
    {
        Reading reading = new(Surroundings.Of(compilation).Token, [.. networks.Append(symbol).SelectMany(FilesOf).Distinct()], facts);
        SyntaxNode node = NodeOf(symbol);
        Known.Remove(node);
        // Another thread may have read the same meanwhile.
        Known.GetValue(node, _ => reading);
    }

    // A file that has not changed gives the same node again.
    private static SyntaxNode NodeOf(INamedTypeSymbol symbol) => symbol.DeclaringSyntaxReferences[0].GetSyntax();

    private static IEnumerable<SyntaxTree> FilesOf(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree);

    private sealed record Reading(object Surroundings, IReadOnlyList<SyntaxTree> Files, PipelineFacts Facts);
}
