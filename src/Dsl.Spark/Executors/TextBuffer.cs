using System;
using System.Text;

namespace Dsl.Spark.Executors;

/// <summary>Makes characters of UTF-8, row after row in the same memory. For generated code.</summary>
public sealed class TextBuffer
{
    private char[] chars = [];

    /// <summary>The text; good until the next one.</summary>
    /// <param name="utf8">Its bytes.</param>
    public ReadOnlySpan<char> Decode(ReadOnlySpan<byte> utf8)
    {
        // UTF-8 has at least a byte for each of UTF-16's units.
        if (chars.Length < utf8.Length)
            chars = new char[Math.Max(256, Math.Max(utf8.Length, 2 * chars.Length))];
        return chars.AsSpan(0, Encoding.UTF8.GetChars(utf8, chars));
    }
}
