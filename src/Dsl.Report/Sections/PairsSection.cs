using System.Collections.Generic;

namespace Dsl.Report;

/// <summary>Two pictures of one thing.</summary>
/// <param name="Before">The left one.</param>
/// <param name="After">The right one.</param>
/// <param name="Caption">What stands below them.</param>
public sealed record PicturePair(Picture Before, Picture After, string Caption);

/// <summary>Pairs of pictures with an arrow between.</summary>
internal sealed class PairsSection(string title, string? note, string before, string after, IReadOnlyList<PicturePair> pairs) : Section(title, note)
{
    public override bool IsWide => true;

    protected override void WriteContent(HtmlWriter html)
    {
        html.Line($"<div class=\"pairs\">");
        foreach (PicturePair pair in pairs)
        {
            html.Add($"<figure><div>");
            PictureElement.Write(html, pair.Before, before);
            html.Add($"<span class=\"arrow\">→</span>");
            PictureElement.Write(html, pair.After, after);
            html.Line($"</div><div class=\"under\"><small>{before}</small><small>{after}</small></div><figcaption>{pair.Caption}</figcaption></figure>");
        }

        html.Line($"</div>");
    }
}
