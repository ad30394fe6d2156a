using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Dsl.Generator.Declaring;

/// <summary>
/// The names of generated files. Roslyn compares them without regard to case and drops all output of a generator that uses one twice, while C#
/// may well have a class Net beside a class NET: those get a number.
/// </summary>
internal static class FileNames
{
    /// <summary>The names that differ from another only by case, in ordinal order; empty in almost every project.</summary>
    public static EquatableArray<string> Alike(ImmutableArray<string> names)
    {
        Dictionary<string, string> seen = new(names.Length, StringComparer.OrdinalIgnoreCase);
        SortedSet<string>? alike = null;
        foreach (string name in names)
        {
            if (!seen.TryGetValue(name, out string? other))
            {
                seen.Add(name, name);
            }
            else if (name != other)
            {
                alike ??= new SortedSet<string>(StringComparer.Ordinal);
                alike.Add(other);
                alike.Add(name);
            }
        }

        return alike is null ? default : new EquatableArray<string>([.. alike]);
    }

    /// <summary>The file of a class: its full name, with its place among those that are alike from the second on.</summary>
    public static string Of(string fullName, EquatableArray<string> alike)
    {
        int before = 0;
        foreach (string other in alike)
        {
            if (other == fullName)
                return before == 0 ? Safe(fullName) + ".g.cs" : $"{Safe(fullName)}.{before}.g.cs";
            if (string.Equals(other, fullName, StringComparison.OrdinalIgnoreCase))
                before++;
        }

        return Safe(fullName) + ".g.cs";
    }

    /// <summary>Roslyn takes letters and digits; identifiers may have combining marks and connectors too. No identifier has a hyphen.</summary>
    private static string Safe(string name)
    {
        if (IsSafe(name))
            return name;
        StringBuilder safe = new();
        foreach (char c in name)
            safe.Append(IsSafe(c) ? c.ToString() : "-" + ((int)c).ToString("X4", CultureInfo.InvariantCulture));
        return safe.ToString();
    }

    private static bool IsSafe(string name)
    {
        foreach (char c in name)
        {
            if (!IsSafe(c))
                return false;
        }

        return true;
    }

    private static bool IsSafe(char c) => char.IsLetterOrDigit(c) || c is '.' or '_';
}
