using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Tests;

/// <summary>Constructs that only tests have, by the name of their attribute class. As a user's attributes they stand in namespace Dsl.</summary>
internal static class FurtherConstructs
{
    private static readonly ConcurrentDictionary<string, Func<Construct>> ByAttribute = new(StringComparer.Ordinal);

    [ModuleInitializer]
    internal static void Install() => ConstructTable.Further = static name => ByAttribute.TryGetValue(name, out Func<Construct>? find) ? find() : null;

    /// <summary>Adds one; what finding it throws, reading a declaration with it throws.</summary>
    public static void Add(string name, Func<Construct> find) => ByAttribute[name + "Attribute"] = find;
}
