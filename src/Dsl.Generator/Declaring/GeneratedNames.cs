using System;
using System.Collections.Generic;
using System.Globalization;

namespace Dsl.Generator.Declaring;

/// <summary>The names that every generated class of a kind has, whatever is declared in it.</summary>
/// <param name="Declared">Members that the generated part itself declares: the class cannot be called like one.</param>
/// <param name="Inherited">Members of the base class.</param>
/// <param name="Hidden">Types and members of every class that a generated member may not hide.</param>
internal sealed record GeneratedNames(HashSet<string> Declared, HashSet<string> Inherited, HashSet<string> Hidden)
{
    /// <summary>Members of the class: neither a construct nor a member of the user's may have these names.</summary>
    public HashSet<string> Fixed { get; } = new([.. Declared, .. Inherited], StringComparer.Ordinal);

    /// <summary>The first of name, name2, name3 ... that is not used.</summary>
    public static string Unused(string name, Func<string, bool> isUsed)
    {
        string own = name;
        for (int i = 2; isUsed(own); i++)
            own = name + i.ToString(CultureInfo.InvariantCulture);
        return own;
    }

    /// <summary>A name, not empty, as C# writes those of parameters and locals: it begins with a small letter.</summary>
    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
