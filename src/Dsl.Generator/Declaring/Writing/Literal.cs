using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Declaring.Writing;

/// <summary>Numbers, strings and names as C#, whatever the culture of the machine.</summary>
internal static class Literal
{
    // .NET Framework's "R" is not always the shortest, nor does it always read back; elsewhere it is both.
    private static readonly bool ReadsBack = !RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>A float literal that reads back as the same float.</summary>
    public static string Float(float number)
    {
        if (float.IsNaN(number))
            return "float.NaN";
        if (float.IsInfinity(number))
            return number > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        if (number is > 0 and < 100_000 && (int)number == number)
            return Int((int)number) + "f";

        // Nine digits always read back.
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        if (!ReadsBack && float.Parse(text, CultureInfo.InvariantCulture) != number)
            text = number.ToString("G9", CultureInfo.InvariantCulture);
        return text + "f";
    }

    /// <summary>A double literal that reads back as the same double.</summary>
    public static string Double(double value)
    {
        if (value is > 0 and < 100_000 && (int)value == value)
            return Int((int)value) + "d";
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        if (!ReadsBack && double.Parse(text, CultureInfo.InvariantCulture) != value)
            text = value.ToString("G17", CultureInfo.InvariantCulture);
        return text + "d";
    }

    public static string Int(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Bool(bool value) => value ? "true" : "false";

    /// <summary>A string literal; names are identifiers or ASCII file names, so only the quote and the backslash can need an escape.</summary>
    public static string Text(string value)
    {
        if (value.IndexOf('"') < 0 && value.IndexOf('\\') < 0)
            return "\"" + value + "\"";
        StringBuilder text = new("\"");
        foreach (char c in value)
            text.Append(c is '"' or '\\' ? "\\" + c : c.ToString());
        return text.Append('"').ToString();
    }

    /// <summary>A string literal of any text.</summary>
    public static string Quoted(string value)
    {
        // Roslyn asks for each character's category; nearly every text is a name.
        foreach (char c in value)
        {
            if (c is < ' ' or > '~' or '"' or '\\')
                return SymbolDisplay.FormatLiteral(value, quote: true);
        }

        return "\"" + value + "\"";
    }

    /// <summary>A user's name as C# takes it: one that is a keyword (written <c>@class</c>) needs its sign again.</summary>
    public static string Name(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(identifier) == SyntaxKind.None ? identifier : "@" + identifier;
}
