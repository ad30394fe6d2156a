using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dsl.Generator.Declaring.Writing;

/// <summary>Indented lines that end in <c>\n</c> on every machine.</summary>
internal sealed class CodeWriter
{
    // What a thread keeps of a writer for the next; the text of a network of some hundred layers is longer.
    private const int MostKept = 512 * 1024;

    // One buffer a thread: a model's text is some tens of kilobytes, and a keystroke must not allocate that twice.
    [ThreadStatic]
    private static char[]? cached;

    private char[] text;
    private int length;
    private int indent;

    public CodeWriter()
    {
        text = cached ?? new char[32 * 1024];
        cached = null;
    }

    /// <summary>A line; empty text gives an empty line.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            Begin();
            Write(line);
        }

        End();
    }

    /// <summary>A line whose parts go into the text as they are evaluated: no string is made of it in between.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] in Interpolation line)
    {
        _ = line;
        End();
    }

    /// <summary>Starts a line that <see cref="Append(string)"/> goes on with.</summary>
    public void Begin()
    {
        int spaces = indent * 4;
        Grow(spaces);
        for (int end = length + spaces; length < end; length++)
            text[length] = ' ';
    }

    /// <summary>Starts a line with parts that go into the text as they are evaluated.</summary>
    public CodeWriter Begin([InterpolatedStringHandlerArgument("")] in Interpolation line)
    {
        _ = line;
        return this;
    }

    public CodeWriter Append(string part)
    {
        Write(part);
        return this;
    }

    /// <summary>A number in any culture.</summary>
    public CodeWriter Append(long number)
    {
        Write(number);
        return this;
    }

    /// <summary>A part whose parts go into the text as they are evaluated.</summary>
    public CodeWriter Append([InterpolatedStringHandlerArgument("")] in Continuation part)
    {
        _ = part;
        return this;
    }

    public void End()
    {
        Grow(1);
        text[length++] = '\n';
    }

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
        string result = new(text, 0, length);
        if (text.Length <= MostKept)
            cached = text;
        return result;
    }

    private void Write(string part)
    {
        Grow(part.Length);
        part.CopyTo(0, text, length, part.Length);
        length += part.Length;
    }

    private void Write(long number)
    {
        if (number < 0)
        {
            Write(number.ToString(CultureInfo.InvariantCulture));
            return;
        }

        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10)
            digits++;
        Grow(digits);
        length += digits;
        for (int at = length; digits > 0; digits--)
        {
            text[--at] = (char)('0' + (number % 10));
            number /= 10;
        }
    }

    private void Grow(int more)
    {
        if (text.Length - length < more)
            Array.Resize(ref text, Math.Max(2 * text.Length, length + more));
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

        public void AppendLiteral(string part) => writer.Write(part);

        public void AppendFormatted(string? part) => writer.Write(part ?? "");

        public void AppendFormatted(int number) => writer.Write(number);

        public void AppendFormatted(long number) => writer.Write(number);

        /// <summary>Names of enumerations, shapes: what has one text in every culture.</summary>
        public void AppendFormatted<T>(T part) => writer.Write(part?.ToString() ?? "");
    }

    /// <summary>A part of a line given as an interpolated string. What stands in it must not write itself.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Continuation
    {
        private readonly CodeWriter writer;

        public Continuation(int literalLength, int formattedCount, CodeWriter writer)
        {
            _ = literalLength + formattedCount;
            this.writer = writer;
        }

        public void AppendLiteral(string part) => writer.Write(part);

        public void AppendFormatted(string? part) => writer.Write(part ?? "");

        public void AppendFormatted(long number) => writer.Write(number);
    }
}
