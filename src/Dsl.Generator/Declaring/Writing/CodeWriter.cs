using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Dsl.Generator.Declaring.Writing;

/// <summary>Indented lines that end in <c>\n</c> on every machine.</summary>
internal sealed class CodeWriter
{
    // One builder a thread: a model's text is some tens of kilobytes, and a keystroke must not allocate that twice.
    [ThreadStatic]
    private static StringBuilder? cached;

    private readonly StringBuilder text;
    private int indent;

    public CodeWriter()
    {
        text = cached ?? new StringBuilder(32 * 1024);
        cached = null;
        text.Clear();
    }

    /// <summary>A line; empty text gives an empty line.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
            text.Append(' ', indent * 4).Append(line);
        text.Append('\n');
    }

    /// <summary>A line whose parts go into the text as they are evaluated: no string is made of it in between.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] in Interpolation line)
    {
        _ = line;
        End();
    }

    /// <summary>Starts a line that <see cref="Append(string)"/> goes on with.</summary>
    public void Begin() => text.Append(' ', indent * 4);

    public CodeWriter Append(string part)
    {
        text.Append(part);
        return this;
    }

    public void End() => text.Append('\n');

    /// <summary>A line and an opening brace.</summary>
    public void Open(string line)
    {
        Line(line);
        OpenBrace();
    }

    /// <inheritdoc cref="Open(string)"/>
    public void Open([InterpolatedStringHandlerArgument("")] in Interpolation line)
    {
        _ = line;
        End();
        OpenBrace();
    }

    public void Close(string after = "")
    {
        indent--;
        Line("}" + after);
    }

    /// <summary>The whole text; the writer is not used again.</summary>
    public override string ToString()
    {
        string result = text.ToString();
        cached = text;
        return result;
    }

    private void OpenBrace()
    {
        Line("{");
        indent++;
    }

    /// <summary>A line given as an interpolated string. What stands in it must not write lines itself.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation
    {
        private readonly CodeWriter writer;

        public Interpolation(int literalLength, int formattedCount, CodeWriter writer)
        {
            _ = literalLength + formattedCount;
            this.writer = writer;
            writer.Begin();
        }

        public void AppendLiteral(string part) => writer.text.Append(part);

        public void AppendFormatted(string? part) => writer.text.Append(part);

        public void AppendFormatted(long number) => writer.text.Append(number.ToString(CultureInfo.InvariantCulture));

        /// <summary>Names of enumerations, shapes: what has one text in every culture.</summary>
        public void AppendFormatted<T>(T part) => writer.text.Append(part?.ToString());
    }
}
