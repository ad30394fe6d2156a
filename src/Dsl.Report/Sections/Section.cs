namespace Dsl.Report;

/// <summary>A card of a page.</summary>
/// <param name="title">Its heading; null: none.</param>
/// <param name="note">A line below the heading; null: none.</param>
internal abstract class Section(string? title, string? note = null)
{
    /// <summary>Its heading.</summary>
    public string? Title { get; } = title;

    /// <summary>Whether it has a row of the page for itself; two others share one.</summary>
    public virtual bool IsWide => false;

    /// <summary>Writes the card.</summary>
    /// <param name="html">Where it is written.</param>
    /// <param name="isLone">Whether nothing stands beside it though it is not wide.</param>
    public void Write(HtmlWriter html, bool isLone)
    {
        string style = (IsWide ? "wide" : isLone ? "lone" : "") + Style;
        if (style.Length == 0)
            html.Line($"<section>");
        else
            html.Line($"<section class=\"{style.TrimStart()}\">");
        if (Title is not null)
            html.Line($"<h2>{Title}</h2>");
        if (note is not null)
            html.Line($"<p class=\"soft\">{note}</p>");
        WriteContent(html);
        html.Line($"</section>");
    }

    /// <summary>What the style sheet calls it besides, with a blank before.</summary>
    protected virtual string Style => "";

    /// <summary>Writes what is below the heading.</summary>
    protected abstract void WriteContent(HtmlWriter html);
}
