using System.Collections.Generic;

namespace Dsl.Report;

/// <summary>Paragraphs.</summary>
internal sealed class TextSection(string title, IReadOnlyList<string> paragraphs) : Section(title)
{
    public override bool IsWide => true;

    protected override string Style => " text";

    protected override void WriteContent(HtmlWriter html)
    {
        foreach (string paragraph in paragraphs)
            html.Line($"<p>{paragraph}</p>");
    }
}
