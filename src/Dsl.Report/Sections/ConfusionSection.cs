using System;
using System.Collections.Generic;
using System.Globalization;

namespace Dsl.Report;

/// <summary>How often each class was taken for which: a row for each true class, a column for each predicted one.</summary>
internal sealed class ConfusionSection(string title, string? note, ConfusionMatrix confusion, IReadOnlyList<string>? classes) : Section(title, note)
{
    /// <summary>From this share of its row on, a cell is so dark that its number must be light.</summary>
    private const double DeepShare = 0.55;

    public override bool IsWide => confusion.Classes > 14;

    protected override void WriteContent(HtmlWriter html)
    {
        html.Add($"<div class=\"scroll\"><table class=\"confusion\">\n<tr><th></th>");
        for (int predicted = 0; predicted < confusion.Classes; predicted++)
            html.Add($"<th scope=\"col\">{NameOf(predicted)}</th>");
        html.Line($"<th class=\"rate\" scope=\"col\">recall</th></tr>");
        for (int actual = 0; actual < confusion.Classes; actual++)
        {
            html.Add($"<tr><th scope=\"row\">{NameOf(actual)}</th>");
            for (int predicted = 0; predicted < confusion.Classes; predicted++)
                Cell(html, actual, predicted);
            html.Line($"<td class=\"rate\">{confusion.Recall(actual):F3}</td></tr>");
        }

        html.Add($"<tr><th class=\"rate\" scope=\"row\">prec.</th>");
        for (int predicted = 0; predicted < confusion.Classes; predicted++)
            html.Add($"<td class=\"rate\">{confusion.Precision(predicted):F2}</td>");
        html.Line($"<td class=\"rate\">{confusion.Accuracy:F3}</td></tr>\n</table></div>");
    }

    private string NameOf(int index) => classes is null ? index.ToString(CultureInfo.InvariantCulture) : classes[index];

    private void Cell(HtmlWriter html, int actual, int predicted)
    {
        long count = confusion[actual, predicted];
        if (count == 0)
        {
            html.Add($"<td class=\"none\"></td>");
            return;
        }

        double share = (double)count / Math.Max(1, confusion.Support(actual));
        string style = (actual == predicted ? "right" : "wrong") + (share >= DeepShare ? " deep" : "");
        html.Add($"<td class=\"{style}\" style=\"--share:{share:F3}\" title=\"{count} × {NameOf(actual)} taken for {NameOf(predicted)}\">{count}</td>");
    }
}
