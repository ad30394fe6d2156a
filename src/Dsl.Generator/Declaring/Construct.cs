using System;
using System.Collections.Generic;

namespace Dsl.Generator.Declaring;

/// <summary>
/// What one attribute of the language means: a layer, a loss, an optimizer, a schedule, an input, a marker. One class, one file, one
/// stateless instance; found by the attribute's name, so that adding one touches no other file.
/// </summary>
internal abstract class Construct
{
    private static readonly Dictionary<string, Construct> ByAttribute = Collect();

    /// <summary>The attribute's name as a user writes it: <c>Conv2d</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Every construct of the language.</summary>
    public static IReadOnlyCollection<Construct> All => ByAttribute.Values;

    /// <summary>Layers, inputs and markers have an order; a loss, an optimizer, a schedule and a budget may stand anywhere.</summary>
    public virtual bool HasOrder => false;

    /// <summary>The construct of an attribute class's name (<c>Conv2dAttribute</c>), or null when the name is none of ours.</summary>
    public static Construct? Find(string attributeClass) => ByAttribute.TryGetValue(attributeClass, out Construct construct) ? construct : Further?.Invoke(attributeClass);

    /// <summary>Constructs that only a test has: rules that throw.</summary>
    internal static Func<string, Construct?>? Further { get; set; }

    /// <summary>The arguments as one record, what is not written filled in from the attribute; null of a construct without arguments of its own.</summary>
    public virtual object? ReadOptions(Entry entry) => null;

    /// <summary>Checks the ranges of the arguments (DSL202); at most the first flaw is kept.</summary>
    public virtual void CheckArguments(Site site)
    {
    }

    private static Dictionary<string, Construct> Collect()
    {
        // Reflection once per process instead of a list that every new layer would have to be added to.
        Dictionary<string, Construct> found = new(StringComparer.Ordinal);
        foreach (Type type in typeof(Construct).Assembly.GetTypes())
        {
            if (!type.IsAbstract && type.IsSubclassOf(typeof(Construct)))
            {
                Construct construct = (Construct)Activator.CreateInstance(type, nonPublic: true);
                found.Add(construct.Name + "Attribute", construct);
            }
        }
        return found;
    }
}
