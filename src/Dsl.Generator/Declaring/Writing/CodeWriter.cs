using System;
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

    /// <summary>Starts a line that <see cref="Append"/> goes on with.</summary>
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
        Line("{");
        indent++;
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
}
