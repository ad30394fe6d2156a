using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Runtime;

namespace Dsl.Report;

/// <summary>A network as an inline SVG: its stages downwards with the lines between them on the left, and bars of parameters and operations.</summary>
/// <param name="html">Where it is written.</param>
/// <param name="rows">The network's layer table.</param>
internal sealed class NetworkDiagram(HtmlWriter html, IReadOnlyList<LayerRow> rows)
{
    private const double Width = 400;
    private const double RowHeight = 42;
    private const double Radius = 5.5;

    /// <summary>Lanes are this far apart, or closer where there are so many that little room were left for names.</summary>
    private const double LaneSpacing = 16;
    private const double MostLaneWidth = 150;

    private const double BarLeft = 250;
    private const double BarHeight = 4;

    /// <summary>About how wide letters are: bold ones, others.</summary>
    private const double BoldLetter = 7.2;
    private const double Letter = 6.1;

    private readonly IReadOnlyList<DiagramStage> stages = DiagramStage.Of(rows);

    /// <summary>Draws the diagram and what its colours mean.</summary>
    /// <param name="title">What it shows, for readers who do not see it.</param>
    public void Draw(string title)
    {
        DiagramLanes lanes = new(stages);
        double spacing = Math.Min(LaneSpacing, MostLaneWidth / Math.Max(1, lanes.Count - 1));
        double[] x = [.. lanes.LaneOf.Select(lane => X(lane, spacing))];
        html.Line($"<svg class=\"network\" viewBox=\"0 0 {Width} {stages.Count * RowHeight}\" role=\"img\" aria-label=\"{title}\">");
        foreach (DiagramEdge edge in lanes.Edges)
            Edge(x[edge.From], Y(edge.From), X(edge.Lane, spacing), x[edge.To], Y(edge.To));
        html.Line($"");
        double mostParameters = Math.Max(1, stages.Max(stage => stage.Parameters));
        double mostOperations = Math.Max(1, stages.Max(stage => stage.Operations));
        double left = X(Math.Max(0, lanes.Count - 1), spacing) + 16;
        for (int i = 0; i < stages.Count; i++)
        {
            html.Add($"<circle class=\"{Style(stages[i].Family)}\" cx=\"{x[i]:0.#}\" cy=\"{Y(i):0.#}\" r=\"{Radius}\"><title>{string.Join(", ", stages[i].Layers.Select(row => $"{row.Name} {row.Shape}"))}</title></circle>");
            Text(stages[i], left, Y(i));
            Bar("parameters", stages[i].Parameters, mostParameters, Y(i) + 4);
            Bar("operations", stages[i].Operations, mostOperations, Y(i) + 10);
            html.Line($"");
        }

        html.Line($"</svg>");
        Legend();
    }

    private static double X(int lane, double spacing) => 9 + (lane * spacing);

    private static double Y(int stage) => (stage + 0.5) * RowHeight;

    private static string Style(LayerFamily family) => "f-" + family.ToString().ToLowerInvariant();

    private static string Cut(string text, double room, double letter)
    {
        int most = Math.Max(1, (int)(room / letter));
        return text.Length <= most ? text : text[..(most - 1)] + "…";
    }

    /// <summary>Down in a lane; where the stages stand beside it, out of one and into the other in a bow.</summary>
    private void Edge(double fromX, double fromY, double laneX, double toX, double toY)
    {
        html.Add($"<path class=\"edge\" d=\"M{fromX:0.#},{fromY:0.#}");
        if (fromX != laneX)
            html.Add($"C{fromX:0.#},{fromY + (RowHeight * 0.5):0.#} {laneX:0.#},{fromY + (RowHeight * 0.3):0.#} {laneX:0.#},{fromY + (RowHeight * 0.8):0.#}");
        if (toX == laneX)
            html.Add($"V{toY:0.#}\"/>");
        else
            html.Add($"V{toY - (RowHeight * 0.8):0.#}C{laneX:0.#},{toY - (RowHeight * 0.3):0.#} {toX:0.#},{toY - (RowHeight * 0.5):0.#} {toX:0.#},{toY:0.#}\"/>");
    }

    private void Text(DiagramStage stage, double left, double y)
    {
        string name = Cut(stage.First.Name, Width - left, BoldLetter);
        string followers = string.Concat(stage.Followers.Select(follower => " + " + follower));
        double room = Width - left - (name.Length * BoldLetter);
        html.Add($"<text x=\"{left:0.#}\" y=\"{y - 3:0.#}\"><tspan class=\"name\">{name}</tspan>");
        if (followers.Length > 0 && room > 5 * Letter)
            html.Add($"{Cut(followers, room, Letter)}");
        html.Add($"</text><text x=\"{left:0.#}\" y=\"{y + 12:0.#}\">{Cut(stage.Shape, BarLeft - left, Letter)}");
        if (stage.Outputs.Count > 0)
        {
            string last = stage.Layers[^1].Name;
            IEnumerable<string> names = stage.Outputs.Select(output => output == last || last.EndsWith("." + output, StringComparison.Ordinal) ? "output" : output);
            html.Add($"<tspan class=\"output\">{Cut(" → " + string.Join(", ", names), BarLeft - left - (stage.Shape.Length * Letter), Letter)}</tspan>");
        }

        html.Add($"</text>");
    }

    private void Bar(string what, long count, double most, double y)
    {
        if (count > 0)
            html.Add($"<rect class=\"{what}\" x=\"{BarLeft}\" y=\"{y:0.#}\" width=\"{Math.Max(0.6, (Width - BarLeft) * (count / most)):0.##}\" height=\"{BarHeight}\" rx=\"1\"><title>{count:#,##0} {what}</title></rect>");
    }

    private void Legend()
    {
        html.Add($"<p class=\"legend\">");
        foreach (LayerFamily family in stages.Select(stage => stage.Family).Distinct().Order())
            html.Add($"<span><i class=\"{Style(family)}\"></i>{family.ToString().ToLowerInvariant()}</span> ");
        html.Line($"<span><i class=\"long parameters\"></i>parameters</span> <span><i class=\"long operations\"></i>operations</span></p>");
    }
}
