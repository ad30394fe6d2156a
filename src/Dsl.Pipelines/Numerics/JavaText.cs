using System;
using System.Globalization;

namespace Dsl.Pipelines.Numerics;

/// <summary>
/// Numbers as Java writes them (<c>Double.toString</c> since JDK 19): the shortest digits that read back as the number, of two or fewer the nearest two. Labels and hashes of Spark are
/// made of these.
/// </summary>
internal static class JavaText
{
    // Plain from here on, and up to there; else with an exponent.
    private const double LeastPlain = 1e-3;
    private const double MostPlain = 1e7;

    /// <summary>A double: <c>1.0</c>, <c>0.001</c>, <c>1.0E-4</c>, <c>1.23456789E7</c>, <c>NaN</c>, <c>-Infinity</c>.</summary>
    public static string Of(double value) => Of(value, value, Math.Abs(value) is >= LeastPlain and < MostPlain);

    /// <summary>A float, whose digits are fewer.</summary>
    public static string Of(float value) => Of(value, value, Math.Abs(value) is >= (float)LeastPlain and < (float)MostPlain);

    private static string Of<T>(double value, T own, bool plain)
        where T : IFormattable
    {
        if (double.IsNaN(value))
            return "NaN";
        string sign = double.IsNegative(value) ? "-" : "";
        if (double.IsInfinity(value))
            return sign + "Infinity";
        if (value == 0)
            return sign + "0.0";
        (string digits, int point) = Parts(own.ToString("R", CultureInfo.InvariantCulture));
        if (digits.Length == 1)
            (digits, point) = Parts(own.ToString("E1", CultureInfo.InvariantCulture));
        if (!plain)
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{point - 1}");
        if (point <= 0)
            return sign + "0." + new string('0', -point) + digits;
        string padded = digits.PadRight(point + 1, '0');
        return sign + padded[..point] + "." + padded[point..];
    }

    /// <summary>The digits without zeros at either end, and before which of them the point stands.</summary>
    private static (string Digits, int Point) Parts(string written)
    {
        ReadOnlySpan<char> text = written.AsSpan().TrimStart('-');
        int point = 0;
        int mark = text.IndexOf('E');
        if (mark >= 0)
        {
            point = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        int dot = text.IndexOf('.');
        point += dot < 0 ? text.Length : dot;
        string all = dot < 0 ? text.ToString() : string.Concat(text[..dot], text[(dot + 1)..]);
        string digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), point - (all.Length - digits.Length));
    }
}
