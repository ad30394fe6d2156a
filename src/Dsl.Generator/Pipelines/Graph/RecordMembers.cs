using System;
using System.Collections.Generic;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>The members that every record of C# has: no property of a generated one can be called so.</summary>
internal static class RecordMembers
{
    private static readonly HashSet<string> All = new(StringComparer.Ordinal)
    {
        "Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "ReferenceEquals", "Finalize", "EqualityContract", "PrintMembers", "Clone",
    };

    /// <summary>Whether a name is one of them.</summary>
    public static bool Contains(string name) => All.Contains(name);
}
