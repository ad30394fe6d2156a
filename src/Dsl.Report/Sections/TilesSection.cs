using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Report;

/// <summary>What a mark says of the thing that it is on.</summary>
public enum Tone
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>It is what it should be.</summary>
    Good,

    /// <summary>It is what it should not be.</summary>
    Bad,
}

/// <summary>One of the bars below a picture.</summary>
/// <param name="Label">What stands below it, a letter or two.</param>
/// <param name="Share">Its height, 0 to 1; what lies beyond is drawn as the nearest of them.</param>
/// <param name="Tone">Its colour.</param>
public sealed record TileBar(string Label, double Share, Tone Tone = Tone.Plain)
{
    /// <summary>The share as it is drawn; NaN is nothing.</summary>
    internal double Height => double.IsNaN(Share) ? 0 : Math.Clamp(Share, 0, 1);
}

/// <summary>A picture with a caption.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Caption">What stands below it.</param>
/// <param name="Detail">A quieter line below that; null: none.</param>
public sealed record Tile(Picture Picture, string Caption, string? Detail = null)
{
    /// <summary>Bars below the caption, such as the probability of each class.</summary>
    public IReadOnlyList<TileBar> Bars { get; init; } = [];
}

/// <summary>Pictures side by side.</summary>
internal sealed class TilesSection(string title, string? note, IReadOnlyList<Tile> tiles) : Section(title, note)
{
    private const int BarHeight = 26;
    private const int BarWidth = 12;
    private const int LabelHeight = 14;

    /// <summary>On the page, in pixels.</summary>
    private const int WidestBar = 18;

    public override bool IsWide => true;

    protected override void WriteContent(HtmlWriter html)
    {
        html.Line($"<div class=\"tiles\">");
        foreach (Tile tile in tiles)
        {
            html.Add($"<figure>");
            PictureElement.Write(html, tile.Picture, tile.Caption);
            html.Add($"<figcaption>{tile.Caption}");
            if (tile.Detail is not null)
                html.Add($"<small>{tile.Detail}</small>");
            html.Add($"</figcaption>");
            if (tile.Bars.Count > 0)
                Bars(html, tile.Bars);
            html.Line($"</figure>");
        }

        html.Line($"</div>");
    }

    private static void Bars(HtmlWriter html, IReadOnlyList<TileBar> bars)
    {
        html.Add($"<svg style=\"max-width:{bars.Count * WidestBar}px\" viewBox=\"0 0 {bars.Count * BarWidth} {BarHeight + LabelHeight}\" role=\"img\" aria-label=\"{string.Join(", ", bars.Select(bar => FormattableString.Invariant($"{bar.Label}: {bar.Height:P0}")))}\">");
        for (int i = 0; i < bars.Count; i++)
        {
            TileBar bar = bars[i];
            string style = bar.Tone switch { Tone.Good => " good", Tone.Bad => " bad", _ => "" };
            double height = 1 + ((BarHeight - 1) * bar.Height);
            html.Add($"<rect class=\"bar{style}\" x=\"{(i * BarWidth) + 1}\" y=\"{BarHeight - height:F2}\" width=\"{BarWidth - 2}\" height=\"{height:F2}\" rx=\"1\"><title>{bar.Label}: {bar.Height:P1}</title></rect>");
            html.Add($"<text class=\"tick{style}\" x=\"{(i * BarWidth) + (BarWidth / 2)}\" y=\"{BarHeight + 11}\" text-anchor=\"middle\">{bar.Label}</text>");
        }

        html.Add($"</svg>");
    }
}
