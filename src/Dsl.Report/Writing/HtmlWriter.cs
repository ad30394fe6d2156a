using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Dsl.Report;

/// <summary>
/// Writes HTML whose text cannot break out: it takes interpolated strings alone, of which the literal parts are markup, written as they stand, and every hole is text, encoded.
/// Numbers are written in the invariant culture.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder text = new();

    /// <summary>Writes markup with encoded text in its holes.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Markup markup) => markup.End(text);

    /// <summary>Likewise, and ends the line.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
        markup.End(text);
        text.Append('\n');
    }

    /// <summary>Writes the style sheet, in which nothing is from a user.</summary>
    public void Style(string sheet) => text.Append(sheet).Append('\n');

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    /// <summary>Encodes for element content and for attributes in double quotes; what XML has no character for becomes U+FFFD.</summary>
    private void Encode(ReadOnlySpan<char> value)
    {
        foreach (Rune rune in value.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    text.Append("&amp;");
                    break;
                case '<':
                    text.Append("&lt;");
                    break;
                case '>':
                    text.Append("&gt;");
                    break;
                case '"':
                    text.Append("&quot;");
                    break;
                case (< ' ' and not ('\t' or '\n' or '\r')) or (>= 0x7F and <= 0x9F) or 0xFFFE or 0xFFFF:
                    text.Append('\uFFFD');
                    break;
                default:
                    text.Append(rune.ToString());
                    break;
            }
        }
    }

    /// <summary>What the C# compiler makes of an interpolated string that is given to the writer: its pieces are written one after the other.</summary>
    [InterpolatedStringHandler]
    public ref struct Markup
    {
        private readonly HtmlWriter writer;
        private int holes;

        /// <summary>Called by the compiler's code before the pieces.</summary>
        public Markup(int literalLength, int formattedCount, HtmlWriter writer)
        {
            this.writer = writer;
            holes = formattedCount;
            writer.text.EnsureCapacity(writer.text.Length + literalLength);
        }

        /// <summary>Writes markup.</summary>
        public readonly void AppendLiteral(string value) => writer.text.Append(value);

        /// <summary>Writes text.</summary>
        public void AppendFormatted(string? value)
        {
            holes--;
            writer.Encode(value);
        }

        /// <summary>Writes a value as text.</summary>
        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable
        {
            holes--;
            writer.Encode(value.ToString(format, CultureInfo.InvariantCulture));
        }

        /// <summary>Called when all is written.</summary>
        internal readonly void End(StringBuilder whole) => Debug.Assert(holes == 0 && ReferenceEquals(whole, writer.text), "a hole was passed over, or written elsewhere");
    }
}
