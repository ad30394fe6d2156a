using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Dsl.Runtime;

/// <summary>
/// Text from a file, for messages. Whoever wrote the file chose it: it may be megabytes long, steer a terminal, break a log's lines or turn the
/// direction of reading.
/// </summary>
internal static class MessageText
{
    private const int Shown = 100;

    /// <summary>The text between apostrophes, as <see cref="Plain"/> has it.</summary>
    public static string Quote(string text) => Shorten(text, "'");

    /// <summary>
    /// The text with everything escaped that is no visible character or blank (<c>\u001B</c>), and cut off after 100 characters, with its length said.
    /// </summary>
    public static string Plain(string text) => Shorten(text, "");

    /// <summary>The first few of a list, and how many there are besides.</summary>
    public static string Enumerate(IReadOnlyCollection<string> parts, int shown = 5)
    {
        string list = string.Join(", ", parts.Take(shown));
        return parts.Count <= shown ? list : string.Create(CultureInfo.InvariantCulture, $"{list} and {parts.Count - shown} more");
    }

    private static string Shorten(string text, string quote)
    {
        // A pair is kept whole.
        int end = Math.Min(text.Length, Shown);
        if (end < text.Length && char.IsSurrogatePair(text, end - 1))
            end--;
        string shown = Escape(text.AsSpan(0, end));
        return end == text.Length
            ? quote + shown + quote
            : string.Create(CultureInfo.InvariantCulture, $"{quote}{shown}…{quote} ({text.Length} characters)");
    }

    private static string Escape(ReadOnlySpan<char> text)
    {
        StringBuilder escaped = new(text.Length);
        while (!text.IsEmpty)
        {
            bool isWhole = Rune.DecodeFromUtf16(text, out Rune rune, out int length) == OperationStatus.Done;
            if (isWhole && IsVisible(rune))
                escaped.Append(text[..length]);
            else
                Append(escaped, isWhole ? rune.Value : text[0]);
            text = text[length..];
        }

        return escaped.ToString();
    }

    private static void Append(StringBuilder escaped, int code) => escaped.Append(code > char.MaxValue ? "\\U" : "\\u")
        .Append(code.ToString(code > char.MaxValue ? "X8" : "X4", CultureInfo.InvariantCulture));

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
