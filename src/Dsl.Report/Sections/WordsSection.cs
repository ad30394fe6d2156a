using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Report;

/// <summary>A word and how much it counts.</summary>
/// <param name="Text">The word.</param>
/// <param name="Weight">How much it speaks for (positive) or against (negative); 0: nothing.</param>
public sealed record WeightedWord(string Text, double Weight);

/// <summary>A text whose words are coloured by their weights, each as deep as it is to the largest of the text.</summary>
/// <param name="Caption">What stands above it.</param>
/// <param name="Words">Its words in order.</param>
public sealed record WeightedText(string Caption, IReadOnlyList<WeightedWord> Words);

/// <summary>Texts with coloured words.</summary>
internal sealed class WordsSection(string title, string? note, IReadOnlyList<WeightedText> texts) : Section(title, note)
{
    /// <summary>Words below this share of the largest weight stay as they are.</summary>
    private const double Least = 0.03;

    public override bool IsWide => true;

    protected override void WriteContent(HtmlWriter html)
    {
        foreach (WeightedText text in texts)
        {
            double most = text.Words.Where(word => double.IsFinite(word.Weight)).Select(word => Math.Abs(word.Weight)).DefaultIfEmpty(0).Max();
            html.Add($"<p class=\"caption\">{text.Caption}</p>\n<p class=\"words\">");
            foreach (WeightedWord word in text.Words)
            {
                double share = most > 0 && double.IsFinite(word.Weight) ? Math.Abs(word.Weight) / most : 0;
                if (share < Least)
                    html.Add($"{word.Text} ");
                else
                    html.Add($"<span class=\"{(word.Weight > 0 ? "for" : "against")}\" style=\"--share:{share:F2}\" title=\"{word.Weight:+0.000;-0.000}\">{word.Text}</span> ");
            }

            html.Line($"</p>");
        }
    }
}
