using System;
using System.Collections.Generic;

namespace Dsl.Runtime;

/// <summary>Which tensor of a file goes where.</summary>
internal static class TensorNames
{
    /// <summary>Finds for every wanted name the tensor of the file that it is read from.</summary>
    /// <param name="inFile">The names in the file. Those that end in <c>num_batches_tracked</c> are passed over.</param>
    /// <param name="wanted">The names that must all be found.</param>
    /// <param name="source">What the file is called in messages.</param>
    /// <param name="prefix">Only names that begin with it count, and it is cut off them (<c>backbone.</c>, with its dot); others are passed over.</param>
    /// <param name="map">Makes a wanted name of a name in the file (after the prefix is cut off); null for a tensor to pass over. Without it names stay.</param>
    /// <returns>For each wanted name the index in <paramref name="inFile"/>.</returns>
    /// <exception cref="SafetensorsException">A wanted tensor is missing, the file has one more, or two of it have one name; the message names them.</exception>
    public static int[] Resolve(IReadOnlyList<string> inFile, IReadOnlyList<string> wanted, string source, string? prefix = null, Func<string, string?>? map = null)
    {
        ArgumentNullException.ThrowIfNull(inFile);
        ArgumentNullException.ThrowIfNull(wanted);
        Dictionary<string, int> wantedIndex = new(wanted.Count, StringComparer.Ordinal);
        for (int i = 0; i < wanted.Count; i++)
            wantedIndex.Add(wanted[i], i);

        int[] found = new int[wanted.Count];
        Array.Fill(found, -1);
        List<string> extra = [];
        for (int i = 0; i < inFile.Count; i++)
        {
            string? name = Translate(inFile[i], prefix, map);
            if (name is null)
                continue;
            if (!wantedIndex.TryGetValue(name, out int target))
            {
                extra.Add(name == inFile[i] ? MessageText.Quote(name) : $"{MessageText.Quote(inFile[i])} (as {MessageText.Quote(name)})");
            }
            else if (found[target] >= 0)
            {
                throw new SafetensorsException(
                    $"{source}: both {MessageText.Quote(inFile[found[target]])} and {MessageText.Quote(inFile[i])} stand for {MessageText.Quote(name)}.");
            }
            else
            {
                found[target] = i;
            }
        }

        // By hand: a process that only reads weights and predicts needs no System.Linq, 0.7 MB of it.
        List<string> missing = [];
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i] < 0)
                missing.Add(MessageText.Quote(wanted[i]));
        }

        if (missing.Count == 0 && extra.Count == 0)
            return found;
        string message = $"{source} does not fit: ";
        if (missing.Count > 0)
            message += $"it lacks {MessageText.Enumerate(missing)}";
        if (extra.Count > 0)
            message += $"{(missing.Count > 0 ? "; " : "")}it has {MessageText.Enumerate(extra)}, which {(extra.Count == 1 ? "is" : "are")} not wanted";
        throw new SafetensorsException(message + ".");
    }

    private static string? Translate(string name, string? prefix, Func<string, string?>? map)
    {
        const string Counter = "num_batches_tracked";
        if (name == Counter || name.EndsWith("." + Counter, StringComparison.Ordinal))
            return null;
        if (!string.IsNullOrEmpty(prefix))
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
                return null;
            name = name[prefix.Length..];
        }

        return map is null ? name : map(name);
    }
}
