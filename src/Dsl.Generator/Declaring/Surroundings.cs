using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Declaring;

/// <summary>
/// All of a compilation that the meaning of a declaration may depend on, compared without binding, so that a reader that remembers what it has read of symbols saves Roslyn the work of binding the same types
/// anew at every keystroke. Three things tell it what is still true: the <see cref="Outline"/>, from which every name of a type gets its meaning; what a type of some name has in it (<see cref="ContentsOf"/>);
/// and, for whoever depends on more members than it can name, <see cref="AllContents"/>.
/// </summary>
internal sealed class Surroundings
{
    // More files than these change at once where a project is loaded or built: comparing them all would cost more than reading.
    private const int MostChanged = 4;

    private static readonly ConditionalWeakTable<Compilation, Surroundings> Known = new();
    private static readonly ConcurrentDictionary<string, WeakReference<Surroundings>> Last = new(StringComparer.Ordinal);

    private readonly ImmutableArray<SyntaxTree> trees;
    private readonly ImmutableArray<MetadataReference> references;
    private readonly CompilationOptions options;
    private readonly ImmutableDictionary<string, object> contents;

    private Surroundings(Compilation compilation)
    {
        trees = [.. compilation.SyntaxTrees];
        references = compilation.ExternalReferences;
        options = compilation.Options;
        string name = compilation.AssemblyName ?? "";
        if (Last.TryGetValue(name, out WeakReference<Surroundings> last) && last.TryGetTarget(out Surroundings before) && EditedSince(before) is { } edited)
        {
            Outline = before.Outline;
            AllContents = edited.Count == 0 ? before.AllContents : new object();
            contents = edited.Count == 0 ? before.contents : before.contents.SetItems(edited.Select(type => new KeyValuePair<string, object>(type, AllContents)));
        }
        else
        {
            Outline = new object();
            AllContents = Outline;
            contents = ImmutableDictionary.Create<string, object>(StringComparer.Ordinal);
        }

        Last[name] = new WeakReference<Surroundings>(this);
    }

    /// <summary>The same object as long as references, options, files, usings, constants, and which types there are, with their bases, stay as they are.</summary>
    public object Outline { get; }

    /// <summary>Within one outline the same object as long as nothing of any type changes but bodies.</summary>
    public object AllContents { get; }

    /// <summary>The surroundings of whatever a compilation declares.</summary>
    public static Surroundings Of(Compilation compilation) => Known.GetValue(compilation, static one => new Surroundings(one));

    /// <summary>Within one outline the same object as long as types of a name have the same attributes and members; bodies do not count.</summary>
    /// <param name="type">The name without namespace, outer types and arity: of all types that are called so.</param>
    public object ContentsOf(string type) => contents.TryGetValue(type, out object? token) ? token : Outline;

    /// <summary>The names of the types whose contents are others than before; null where more has changed.</summary>
    private HashSet<string>? EditedSince(Surroundings before)
    {
        if (trees.Length != before.trees.Length || !references.SequenceEqual(before.references) || !options.Equals(before.options))
            return null;
        HashSet<string> edited = new(StringComparer.Ordinal);
        int changed = 0;
        for (int i = 0; i < trees.Length; i++)
        {
            if (trees[i] != before.trees[i] && (++changed > MostChanged || !TypeEdits.Add(before.trees[i], trees[i], edited)))
                return null;
        }

        return edited;
    }
}
