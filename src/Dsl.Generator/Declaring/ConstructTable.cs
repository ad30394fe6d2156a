using System;
using System.Collections.Generic;

namespace Dsl.Generator.Declaring;

/// <summary>The constructs of a kind of declaration, by the name of their attribute class.</summary>
internal sealed class ConstructTable
{
    private readonly Dictionary<string, Construct> byAttribute = new(StringComparer.Ordinal);

    /// <summary>Finds the constructs.</summary>
    /// <param name="kind">A type in the namespace in which, or below which, the constructs stand, each a type of its own and not in another.</param>
    public ConstructTable(Type kind)
    {
        // Reflection once per process instead of a list that every new layer would have to be added to.
        foreach (Type type in kind.Assembly.GetTypes())
        {
            if (!type.IsAbstract && !type.IsNested && type.IsSubclassOf(typeof(Construct)) && (type.Namespace + ".").StartsWith(kind.Namespace + ".", StringComparison.Ordinal))
            {
                Construct construct = (Construct)Activator.CreateInstance(type, nonPublic: true);
                byAttribute.Add(construct.Name + "Attribute", construct);
            }
        }
    }

    /// <summary>Every construct.</summary>
    public IReadOnlyCollection<Construct> All => byAttribute.Values;

    /// <summary>Constructs that only a test has: rules that throw.</summary>
    internal static Func<string, Construct?>? Further { get; set; }

    /// <summary>The construct of an attribute class's name (<c>Conv2dAttribute</c>), or null when the name is none of the kind's.</summary>
    public Construct? Find(string attributeClass) => byAttribute.TryGetValue(attributeClass, out Construct construct) ? construct : Further?.Invoke(attributeClass);
}
