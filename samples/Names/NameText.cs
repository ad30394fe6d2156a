using System;
using System.Collections.Generic;
using System.IO;
using Dsl;

namespace Names;

/// <summary>Names as ids: a is 1, z is 26; 0 is the mark before a name and behind it, and fills up what is shorter than the longest.</summary>
internal static class NameText
{
    /// <summary>The mark.</summary>
    public const int Mark = 0;

    /// <summary>Letters and the mark.</summary>
    public const int Characters = 27;

    /// <summary>Steps of a sequence: the mark and the letters of the longest name.</summary>
    public const int Steps = 16;

    /// <summary>Reads names, one a line.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What the text is called in messages.</param>
    /// <exception cref="InvalidDataException">A line is no name of 1 to 15 small letters, or there are fewer than 20.</exception>
    public static List<string> Read(TextReader reader, string name)
    {
        List<string> names = [];
        while (reader.ReadLine() is { } line)
        {
            string text = line.Trim();
            if (text.Length is < 1 or >= Steps || text.AsSpan().ContainsAnyExceptInRange('a', 'z'))
                throw new InvalidDataException($"{name}, line {names.Count + 1}: '{line}' is no name of 1 to {Steps - 1} letters a to z.");
            names.Add(text);
        }

        return names.Count >= 20 ? names : throw new InvalidDataException($"{name} has {names.Count} names; at least 20 are wanted, one a line.");
    }

    /// <summary>Samples: at each step of a name's own (the mark, then its letters) the label is the character that comes next, at last the mark.</summary>
    public static Samples Of(IReadOnlyList<string> names)
    {
        int[] ids = new int[names.Count * Steps];
        int[] labels = new int[names.Count * Steps];
        for (int n = 0; n < names.Count; n++)
        {
            for (int i = 0; i < names[n].Length; i++)
                ids[(n * Steps) + i + 1] = labels[(n * Steps) + i] = IdOf(names[n][i]);
        }

        return new Samples(names.Count, ids, labels);
    }

    /// <summary>Ids as letters.</summary>
    public static string Of(ReadOnlySpan<int> ids)
    {
        Span<char> letters = stackalloc char[ids.Length];
        for (int i = 0; i < ids.Length; i++)
            letters[i] = (char)('a' + ids[i] - 1);
        return new string(letters);
    }

    /// <summary>The id of a letter.</summary>
    public static int IdOf(char letter) => letter - 'a' + 1;

    /// <summary>How many characters there are to foretell: letters, and a mark behind each name.</summary>
    public static long CharactersOf(IEnumerable<string> names)
    {
        long count = 0;
        foreach (string name in names)
            count += name.Length + 1;
        return count;
    }
}
