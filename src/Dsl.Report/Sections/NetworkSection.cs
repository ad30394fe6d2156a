using System.Collections.Generic;
using System.Linq;
using Dsl.Runtime;

namespace Dsl.Report;

/// <summary>A network: its diagram, and beside it the table of its layers.</summary>
internal sealed class NetworkSection(string title, string? note, string name, IReadOnlyList<LayerRow> rows) : Section(title, note)
{
    /// <summary>A longer table is folded until a reader opens it.</summary>
    private const int LongestOpen = 40;

    public override bool IsWide => true;

    protected override void WriteContent(HtmlWriter html)
    {
        html.Line($"<div class=\"sides\">\n<div>");
        new NetworkDiagram(html, rows).Draw($"the layers of {name} and how they are connected");
        html.Line($"</div>");
        if (rows.Count > LongestOpen)
        {
            html.Line($"<details>\n<summary>all {rows.Count} layers</summary>");
            Table(html);
            html.Line($"</details>");
        }
        else
        {
            Table(html);
        }

        html.Line($"</div>");
    }

    private static void Number(HtmlWriter html, long number) => html.Add($"<td class=\"number{(number == 0 ? " nothing" : "")}\">{number:#,##0}</td>");

    private void Table(HtmlWriter html)
    {
        html.Line($"<div class=\"scroll\"><table class=\"plain layers\">\n<thead><tr><th>layer</th><th>shape</th><th class=\"number\">parameters</th><th class=\"number\">operations</th></tr></thead>\n<tbody>");
        foreach (LayerRow row in rows)
        {
            html.Add($"<tr><td>{row.Name}</td><td>{row.Shape}</td>");
            Number(html, row.Parameters);
            Number(html, row.Operations);
            html.Line($"</tr>");
        }

        html.Add($"</tbody>\n<tfoot><tr><td>total</td><td></td>");
        Number(html, rows.Sum(row => row.Parameters));
        Number(html, rows.Sum(row => row.Operations));
        html.Line($"</tr></tfoot>\n</table></div>");
    }
}
