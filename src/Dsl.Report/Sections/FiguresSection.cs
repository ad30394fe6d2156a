using System.Collections.Generic;

namespace Dsl.Report;

/// <summary>A number that sums something up, shown large.</summary>
/// <param name="Value">The number as it is to be read, with its unit: <c>97.8 %</c>.</param>
/// <param name="Caption">What it is.</param>
public sealed record Figure(string Value, string Caption);

/// <summary>Large numbers side by side; the first is the one that matters most.</summary>
internal sealed class FiguresSection(IReadOnlyList<Figure> figures) : Section(title: null)
{
    public override bool IsWide => true;

    protected override string Style => " figures";

    protected override void WriteContent(HtmlWriter html)
    {
        foreach (Figure figure in figures)
            html.Line($"<div><b>{figure.Value}</b><span>{figure.Caption}</span></div>");
    }
}
