using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Pipelines.Facts;

/// <summary>What was read beside a pipeline's attributes at an earlier keystroke, as long as it is still true: binding row types costs as much as the attributes of all pipelines.</summary>
internal static class KnownFacts
{
    // By outline and class: nothing that was read under one outline is true under another.
    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<string, Reading>> Known = new();

    /// <summary>What is known of a class; null where something that it depends on may have changed.</summary>
    public static PipelineFacts? Find(INamedTypeSymbol symbol, Compilation compilation, DeclarationKinds kinds)
    {
        Surroundings surroundings = Surroundings.Of(compilation);
        return Known.TryGetValue(surroundings.Outline, out ConcurrentDictionary<string, Reading> readings) && readings.TryGetValue(NameOf(symbol), out Reading reading)
            && reading.Kinds == kinds && reading.IsTrueIn(surroundings)
            ? reading.Facts
            : null;
    }

    /// <summary>Remembers what was read of a class.</summary>
    /// <param name="symbol">The class.</param>
    /// <param name="compilation">Where it stands.</param>
    /// <param name="kinds">The kinds that it was read with.</param>
    /// <param name="facts">What was read.</param>
    /// <param name="sources">Of what it was read.</param>
    public static void Add(INamedTypeSymbol symbol, Compilation compilation, DeclarationKinds kinds, PipelineFacts facts, FactSources sources)
    {
        Surroundings surroundings = Surroundings.Of(compilation);
        Known.GetOrCreateValue(surroundings.Outline)[NameOf(symbol)] =
            new Reading(kinds, facts, [.. sources.Types.Select(type => (type, surroundings.ContentsOf(type)))], sources.MayBeAny ? surroundings.AllContents : null);
    }

    // As metadata has it, which tells arities and files apart.
    private static string NameOf(INamedTypeSymbol symbol)
    {
        StringBuilder name = new(symbol.MetadataName);
        for (INamedTypeSymbol? outer = symbol.ContainingType; outer is not null; outer = outer.ContainingType)
            name.Append('+').Append(outer.MetadataName);
        for (INamespaceSymbol space = symbol.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            name.Append('.').Append(space.Name);
        return name.ToString();
    }

    private sealed record Reading(DeclarationKinds Kinds, PipelineFacts Facts, IReadOnlyList<(string Type, object Contents)> Types, object? All)
    {
        public bool IsTrueIn(Surroundings surroundings)
        {
            if (All is not null && All != surroundings.AllContents)
                return false;
            foreach ((string type, object contents) in Types)
            {
                if (surroundings.ContentsOf(type) != contents)
                    return false;
            }

            return true;
        }
    }
}
