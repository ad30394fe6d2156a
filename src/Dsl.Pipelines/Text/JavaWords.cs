using System;
using System.Globalization;
using System.Text;

namespace Dsl.Pipelines.Text;

/// <summary>
/// Where Java's <c>BreakIterator</c> sees words end in a text, as far as it decides whether a sigma is a final one: letters that may have one mark of punctuation between them, numbers
/// likewise, both joined where they touch; marks that stand above or below others count for nothing.
/// </summary>
internal sealed class JavaWords
{
    private readonly string text;
    private readonly bool[] ends;

    /// <summary>Finds the words of a text.</summary>
    public JavaWords(string text)
    {
        this.text = text;
        ends = new bool[text.Length + 1];
        ends[0] = true;
        for (int at = 0; at < text.Length;)
            ends[at = End(at)] = true;
    }

    /// <summary>Whether a cased letter stands before a letter in its word and none behind it.</summary>
    public bool EndsCased(int letter)
    {
        int at = letter;
        while (!ends[at])
        {
            Rune before = Before(at);
            if (IsCased(before))
                return !IsCasedAfter(letter + 1);
            at -= before.Utf16SequenceLength;
        }

        return false;
    }

    private bool IsCasedAfter(int at)
    {
        while (at < text.Length && !ends[at])
        {
            Rune after = At(at, out int length);
            if (IsCased(after))
                return true;
            at += length;
        }

        return false;
    }

    // The longest of: white space; words and numbers in turn, which may begin or end with signs of numbers; one character.
    private int End(int at)
    {
        int longest = Skip(at);
        longest = Math.Max(longest, Alternate(at));
        if (KindAt(at) is Kind.BeforeNumber or Kind.Dot && KindAt(longest) != Kind.None)
            longest = Math.Max(longest, AlternateFromNumber(Skip(at)));
        return Math.Max(longest, WhiteSpace(at));
    }

    private int WhiteSpace(int at)
    {
        while (KindAt(at) == Kind.Space)
            at = Skip(at);
        if (at < text.Length && text[at] == '\r')
            at++;
        return at < text.Length && text[at] is '\n' or '\f' or '\u2028' or '\u2029' ? at + 1 : at;
    }

    private int Alternate(int at)
    {
        int word = Run(at, Kind.Letter);
        return AlternateFromNumber(word);
    }

    private int AlternateFromNumber(int at)
    {
        while (Run(at, Kind.Digit) is int number && number > at)
        {
            if (KindAt(number) == Kind.BehindNumber)
                return Skip(number);
            int word = Run(number, Kind.Letter);
            if (word == number)
                return number;
            at = word;
        }

        return at;
    }

    // Letters or digits, with single marks between them.
    private int Run(int at, Kind kind)
    {
        int end = at;
        while (KindAt(at) == kind)
        {
            while (KindAt(at) == kind)
                at = Skip(at);
            end = at;
            // A mark that stands above the punctuation parts it from what comes.
            if (Joins(KindAt(at), kind))
                at++;
        }

        return end;
    }

    private static bool Joins(Kind mark, Kind kind) => mark is Kind.Quote or Kind.Dot || (kind == Kind.Letter ? mark == Kind.WithinWord : mark == Kind.WithinNumber);

    // Behind the character and the marks that ride on it.
    private int Skip(int at)
    {
        if (at >= text.Length)
            return at;
        At(at, out int length);
        at += length;
        while (at < text.Length && IsIgnored(At(at, out length)))
            at += length;
        return at;
    }

    private Kind KindAt(int at) => at < text.Length ? KindOf(At(at, out _)) : Kind.None;

    private Rune At(int at, out int length)
    {
        Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out length);
        return rune;
    }

    private Rune Before(int at)
    {
        Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out Rune rune, out _);
        return rune;
    }

    private static bool IsIgnored(Rune rune) =>
        rune.Value != 0xAD && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static Kind KindOf(Rune rune) => rune.Value switch
    {
        '"' or '\'' => Kind.Quote,
        '.' => Kind.Dot,
        ',' or 0x66B => Kind.WithinNumber,
        0xAD or 0x2027 => Kind.WithinWord,
        '#' => Kind.BeforeNumber,
        '%' or '&' or 0xA2 or 0x66A or 0x2030 or 0x2031 => Kind.BehindNumber,
        '\t' => Kind.Space,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.DashPunctuation or UnicodeCategory.ConnectorPunctuation => Kind.WithinWord,
            UnicodeCategory.CurrencySymbol => Kind.BeforeNumber,
            UnicodeCategory.SpaceSeparator => Kind.Space,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            UnicodeCategory.SpacingCombiningMark => Kind.Letter,
            _ => Rune.IsLetter(rune) && rune.IsBmp && !IsIdeographic(rune.Value) ? Kind.Letter : Kind.Other,
        },
    };

    // Kana, their marks and Han characters are no letters of words.
    private static bool IsIdeographic(int value) => value is (>= 0x3005 and <= 0x30FE) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF);

    // java.lang.ConditionalSpecialCasing: letters with a case, and what Unicode counts among them.
    private static bool IsCased(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter
        || rune.Value is (>= 0x2B0 and <= 0x2B8) or 0x2C0 or 0x2C1 or (>= 0x2E0 and <= 0x2E4) or 0x345 or 0x37A or (>= 0x1D2C and <= 0x1D61) or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9);

    private enum Kind
    {
        None,
        Other,
        Letter,
        Digit,
        Quote,
        Dot,
        WithinWord,
        WithinNumber,
        BeforeNumber,
        BehindNumber,
        Space,
    }
}
