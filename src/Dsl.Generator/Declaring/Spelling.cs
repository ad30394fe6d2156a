using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Declaring;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Spelling
{
    /// <summary>The closest candidate, if it is near enough to be a typing error: a third of its letters at most.</summary>
    public static string? Closest(string written, IEnumerable<string> candidates)
    {
        string? best = null;
        int least = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int limit = Math.Max(1, Math.Max(written.Length, candidate.Length) / 3);
            int distance = string.Equals(written, candidate, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(written, candidate);
            if (distance <= limit && distance < least)
            {
                best = candidate;
                least = distance;
            }
        }

        return best;
    }

    /// <summary>How a message about an unknown name ends.</summary>
    /// <param name="meant">The closest one, or null.</param>
    /// <param name="names">All that there are.</param>
    public static string Advice(string? meant, IEnumerable<string> names) =>
        meant is not null ? $"did you mean {meant}?" : !names.Any() ? "there is none" : $"there are {string.Join(", ", names)}";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        int[] older = new int[right.Length + 1];
        int[] previous = new int[right.Length + 1];
        int[] current = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++)
            previous[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int cost = left[i - 1] == right[j - 1] ? 0 : 1;
                int least = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    least = Math.Min(least, older[j - 2] + 1);
                current[j] = least;
            }

            (older, previous, current) = (previous, current, older);
        }

        return previous[right.Length];
    }
}
