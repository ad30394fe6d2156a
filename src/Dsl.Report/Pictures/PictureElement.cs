using System;

namespace Dsl.Report;

/// <summary>A picture in a page: the whole file stands in the element.</summary>
internal static class PictureElement
{
    /// <summary>Smaller pictures are shown as the squares that they are made of; of larger ones the browser smooths the edges.</summary>
    private const int FewPixels = 96;

    /// <summary>Writes an image element.</summary>
    public static void Write(HtmlWriter html, Picture picture, string alternative)
    {
        string style = (picture.Channels == 2 ? "picture ink" : "picture") + (Math.Max(picture.Width, picture.Height) <= FewPixels ? " squares" : "");
        html.Add($"<span class=\"{style}\"><img alt=\"{alternative}\" width=\"{picture.Width}\" height=\"{picture.Height}\" src=\"data:image/png;base64,{Convert.ToBase64String(picture.ToPng())}\"/></span>");
    }
}
