using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Report;

/// <summary>A pipeline as an inline SVG: columns go down as lines, stages lie across those that they read and make.</summary>
/// <param name="html">Where it is written.</param>
/// <param name="columns">The columns of its rows.</param>
/// <param name="stages">Its stages.</param>
internal sealed class PipelineDiagram(HtmlWriter html, IReadOnlyList<PipelineColumn> columns, IReadOnlyList<PipelineStage> stages)
{
    private const double Width = 720;
    private const double ColumnHeight = 20;
    private const double StageHeight = 40;
    private const double Radius = 4;

    /// <summary>Lanes are this far apart, or closer where there are so many that little room were left for texts.</summary>
    private const double LaneSpacing = 15;
    private const double MostLaneWidth = 300;

    /// <summary>About how wide letters are: bold ones, others.</summary>
    private const double BoldLetter = 7.2;
    private const double Letter = 6.1;

    private readonly ColumnLanes lanes = new(columns, stages);

    private double Spacing => Math.Min(LaneSpacing, MostLaneWidth / Math.Max(1, lanes.Count - 1));

    private double Left => X(Math.Max(0, lanes.Count - 1)) + 16;

    /// <summary>Draws the diagram and what its colours mean.</summary>
    /// <param name="title">What it shows, for readers who do not see it.</param>
    public void Draw(string title)
    {
        html.Line($"<svg class=\"pipeline\" viewBox=\"0 0 {Width} {Y(columns.Count + stages.Count - 1) + StageHeight:0.#}\" role=\"img\" aria-label=\"{title}\">");
        foreach (ColumnLane lane in lanes.All.Where(lane => lane.To > lane.From))
            html.Line($"<path class=\"lane {Style(lane.Column)}\" d=\"M{X(lane.Lane):0.#},{Y(lane.From):0.#}V{Y(lane.To):0.#}\"><title>{lane.Column.Name}, {lane.Column.Kind}</title></path>");
        for (int row = 0; row < columns.Count + stages.Count; row++)
        {
            if (row < columns.Count)
                Column(row);
            else
                Stage(row, stages[row - columns.Count]);
        }

        html.Line($"</svg>");
        Legend();
    }

    private static string Style(PipelineColumn column) => "k-" + Family(column);

    /// <summary>The first word of a kind: what a column's colour says.</summary>
    private static string Family(PipelineColumn column) => column.Kind.Split(' ')[0] switch
    {
        "number" => "number",
        "class" or "flag" => "class",
        "text" or "tokens" or "ids" => "text",
        "vector" => "vector",
        _ => "other",
    };

    private static string Cut(string text, double room, double letter)
    {
        int most = Math.Max(1, (int)(room / letter));
        return text.Length <= most ? text : text[..(most - 1)] + "…";
    }

    private double X(int lane) => 7 + (lane * Spacing);

    private double Y(int row) => row < columns.Count ? (row + 0.6) * ColumnHeight : (columns.Count * ColumnHeight) + ((row - columns.Count + 0.5) * StageHeight);

    private void Column(int row)
    {
        ColumnLane lane = lanes.All[lanes.MadeBy(row)[0]];
        Dot(lane, row, "made");
        html.Line($"<text x=\"{Left:0.#}\" y=\"{Y(row) + 4:0.#}\"><tspan class=\"column\">{Cut(lane.Column.Name, Width - Left, Letter)}</tspan> {lane.Column.Kind}</text>");
    }

    private void Stage(int row, PipelineStage stage)
    {
        int[] all = [.. lanes.ReadBy(row).Concat(lanes.MadeBy(row)).Select(at => lanes.All[at].Lane)];
        if (all.Length > 0)
            html.Add($"<path class=\"across\" d=\"M{X(all.Min()):0.#},{Y(row):0.#}H{Left - 6:0.#}\"/>");
        foreach (int at in lanes.ReadBy(row))
            Dot(lanes.All[at], row, "read");
        foreach (int at in lanes.MadeBy(row))
            Dot(lanes.All[at], row, "made");
        html.Add($"<text x=\"{Left:0.#}\" y=\"{Y(row) - 3:0.#}\"><tspan class=\"{(stage.IsModel ? "name model" : "name")}\">{Cut(stage.Name, Width - Left, BoldLetter)}</tspan></text>");
        string way = string.Join(", ", stage.Inputs) + (stage.Outputs.Count == 0 ? "" : " → " + string.Join(", ", stage.Outputs.Select(output => $"{output.Name} ({output.Kind})")));
        html.Line($"<text x=\"{Left:0.#}\" y=\"{Y(row) + 12:0.#}\">{Cut(way, Width - Left, Letter)}<title>{way}</title></text>");
    }

    private void Dot(ColumnLane lane, int row, string what) =>
        html.Add($"<circle class=\"{what} {Style(lane.Column)}\" cx=\"{X(lane.Lane):0.#}\" cy=\"{Y(row):0.#}\" r=\"{Radius}\"><title>{lane.Column.Name}, {lane.Column.Kind}</title></circle>");

    private void Legend()
    {
        html.Add($"<p class=\"legend\">");
        foreach (string family in lanes.All.Select(lane => Family(lane.Column)).Distinct().Order(StringComparer.Ordinal))
            html.Add($"<span><i class=\"k-{family}\"></i>{(family == "class" ? "class numbers and flags" : family == "text" ? "texts, tokens, ids" : family + "s")}</span> ");
        html.Line($"<span>● made or changed</span> <span>○ read</span></p>");
    }
}
