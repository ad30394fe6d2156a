using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <summary>In what two runs of one pipeline differ, to the bit where nothing else is said.</summary>
internal static partial class Differences
{
    /// <summary>In what two values of an output row differ; null: in nothing.</summary>
    /// <param name="x">One.</param>
    /// <param name="y">The other.</param>
    /// <param name="bound">By how much doubles may, beside 1 and their size.</param>
    public static string? Of(object? x, object? y, double bound)
    {
        if (Same(x, y, bound))
            return null;
        string where = x is Vector v && y is Vector w ? $" of {v.Size} and {w.Size}, first at {Enumerable.Range(0, Math.Min(v.Size, w.Size)).FirstOrDefault(at => !Near(v[at], w[at], 0), -1)}" : "";
        return $"{Shown(x)} and {Shown(y)}{where}";
    }

    /// <summary>In what the files of two saves differ.</summary>
    public static IEnumerable<string> OfFolders(string one, string two)
    {
        string[] files = [.. Directory.GetFiles(one).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        if (!files.SequenceEqual(Directory.GetFiles(two).Select(Path.GetFileName).Order(StringComparer.Ordinal)))
            yield return $"other files in {Path.GetFileName(two)}";
        foreach (string file in files)
        {
            (byte[] a, byte[] b) = (Content(Path.Combine(one, file)), Content(Path.Combine(two, file)));
            int at = a.AsSpan().CommonPrefixLength(b);
            if (at < Math.Max(a.Length, b.Length))
                yield return $"other bytes of {file} in {Path.GetFileName(two)} at {at}: {Shown(a, at)} and {Shown(b, at)}";
        }
    }

    // The mark of a save, and the hash over it, are of each save alone.
    private static byte[] Content(string file) => !file.EndsWith(".json", StringComparison.Ordinal) ? File.ReadAllBytes(file) : Encoding.UTF8.GetBytes(Marks().Replace(File.ReadAllText(file), "\"\""));

    private static string Shown(byte[] bytes, int at) => string.Concat(bytes.Skip(Math.Max(at - 80, 0)).Take(120).Select(value => value is >= 32 and < 127 ? (char)value : '.'));

    private static string Shown(object? value) => value switch
    {
        null => "null",
        Vector vector => (vector.IsSparse ? "sparse " : "") + $"[{string.Join(", ", vector.ToArray().Take(20))}]",
        Array array => $"[{string.Join(", ", array.Cast<object>())}]",
        _ => $"{value} ({value.GetType().Name})",
    };

    private static bool Same(object? x, object? y, double bound) => (x, y) switch
    {
        (Vector { IsSparse: true } v, Vector { IsSparse: true } w) => v.Size == w.Size && v.Indices.SequenceEqual(w.Indices) && v.Values.ToArray().Zip(w.Values.ToArray()).All(pair => Near(pair.First, pair.Second, bound)),
        (Vector v, Vector w) => v.Size == w.Size && v.ToArray().Zip(w.ToArray()).All(pair => Near(pair.First, pair.Second, bound)),
        (double v, double w) => Near(v, w, bound),
        (Array v, Array w) => v.Cast<object>().SequenceEqual(w.Cast<object>()),
        _ => Equals(x, y),
    };

    private static bool Near(double x, double y, double bound) =>
        BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y) || (double.IsNaN(x) && double.IsNaN(y)) || Math.Abs(x - y) <= bound * (1 + Math.Abs(x));

    [GeneratedRegex("\"[0-9a-f]{32,64}\"")]
    private static partial Regex Marks();
}
