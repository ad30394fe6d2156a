using System;
using System.Buffers;
using System.Text;

namespace Dsl.Pipelines.Text;

/// <summary>Lower case as Java's root locale has it: that of .NET's invariant culture, but for the two letters that become more than one, or one by where they stand.</summary>
internal static class JavaCase
{
    private const char CapitalIWithDot = '\u0130';
    private const char CapitalSigma = '\u03A3';

    private static readonly SearchValues<char> Special = SearchValues.Create(CapitalIWithDot, CapitalSigma);

    /// <summary>Whether .NET's invariant culture has the same lower case of a text, of the same length.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => text.IndexOfAny(Special) < 0;

    /// <summary>The text in lower case; itself where it is.</summary>
    public static string ToLower(string text)
    {
        int next = text.AsSpan().IndexOfAny(Special);
        return next < 0 ? text.ToLowerInvariant() : ToLower(text, next);
    }

    private static string ToLower(string text, int next)
    {
        StringBuilder lower = new(text.Length + 4);
        JavaWords? words = null;
        int done = 0;
        for (; next >= 0; next = text.AsSpan(done).IndexOfAny(Special) is >= 0 and int found ? done + found : -1)
        {
            lower.Append(text[done..next].ToLowerInvariant());
            if (text[next] == CapitalIWithDot)
                lower.Append("i\u0307");
            else
                lower.Append((words ??= new JavaWords(text)).EndsCased(next) ? '\u03C2' : '\u03C3');
            done = next + 1;
        }

        return lower.Append(text[done..].ToLowerInvariant()).ToString();
    }
}
