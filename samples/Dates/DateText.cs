using System;
using System.Collections.Generic;
using System.Globalization;
using Dsl;

namespace Dates;

/// <summary>A date as somebody has written it, and which it is.</summary>
internal sealed record WrittenDate(string Text, DateOnly Date)
{
    /// <summary>As it is wanted: 2021-03-03.</summary>
    public string Iso => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Characters as ids.</summary>
internal static class DateText
{
    /// <summary>Characters of the longest text: the twenty-seventh of September 2021.</summary>
    public const int Longest = 36;

    /// <summary>The id behind a text that is shorter: what an array has by itself.</summary>
    public const int Padding = 0;

    /// <summary>Padding, and each character of <see cref="Known"/>.</summary>
    public const int Characters = 69;

    /// <summary>Characters of a date as it is wanted.</summary>
    public const int Written = 10;

    /// <summary>0 to 9, the hyphen, and the mark before the first.</summary>
    public const int Digits = 12;

    /// <summary>The mark that the decoder starts from.</summary>
    public const int Start = 11;

    private const int Hyphen = 10;

    private const string Known = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ,./-'";

    /// <summary>Samples: the text, what stands before each character of the wanted date, and as labels that character.</summary>
    public static Samples Of(IReadOnlyList<WrittenDate> dates)
    {
        int[] given = new int[dates.Count * Longest];
        int[] written = new int[dates.Count * Written];
        int[] labels = new int[dates.Count * Written];
        for (int n = 0; n < dates.Count; n++)
        {
            Put(dates[n].Text, given.AsSpan(n * Longest, Longest));
            string iso = dates[n].Iso;
            written[n * Written] = Start;
            for (int i = 0; i < Written; i++)
            {
                labels[(n * Written) + i] = iso[i] == '-' ? Hyphen : iso[i] - '0';
                if (i > 0)
                    written[(n * Written) + i] = labels[(n * Written) + i - 1];
            }
        }

        return new Samples(dates.Count, [given, written], labels);
    }

    /// <summary>A text's ids, padding behind them.</summary>
    /// <exception cref="ArgumentException">It is too long, or has a character that no kind of date has.</exception>
    public static void Put(string text, Span<int> ids)
    {
        if (text.Length is 0 or > Longest)
            throw new ArgumentException($"A text of 1 to {Longest} characters is wanted, but '{text}' has {text.Length}.", nameof(text));
        ids.Clear();
        for (int i = 0; i < text.Length; i++)
        {
            int id = Known.IndexOf(text[i], StringComparison.Ordinal);
            ids[i] = id >= 0 ? id + 1 : throw new ArgumentException($"'{text[i]}' in '{text}' is none of the characters {Known}.", nameof(text));
        }
    }

    /// <summary>What the decoder has written.</summary>
    public static string Of(ReadOnlySpan<int> digits)
    {
        Span<char> text = stackalloc char[digits.Length];
        for (int i = 0; i < digits.Length; i++)
            text[i] = digits[i] < Hyphen ? (char)('0' + digits[i]) : digits[i] == Hyphen ? '-' : '?';
        return new string(text);
    }
}
