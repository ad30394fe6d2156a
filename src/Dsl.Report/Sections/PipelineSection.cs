using System.Collections.Generic;
using System.Linq;

namespace Dsl.Report;

/// <summary>A pipeline: its columns and stages as a picture, and below it what the stages learnt.</summary>
internal sealed class PipelineSection(string title, string? note, string name, IReadOnlyList<PipelineColumn> columns, IReadOnlyList<PipelineStage> stages) : Section(title, note)
{
    public override bool IsWide => true;

    protected override void WriteContent(HtmlWriter html)
    {
        html.Line($"<div class=\"scroll\">");
        new PipelineDiagram(html, columns, stages).Draw($"the columns and stages of {name} and how they are connected");
        html.Line($"</div>");
        if (stages.All(stage => stage.Learned is null))
            return;
        html.Line($"<div class=\"scroll\"><table class=\"plain learnt\">\n<thead><tr><th>stage</th><th>what it learnt</th></tr></thead>\n<tbody>");
        foreach (PipelineStage stage in stages.Where(stage => stage.Learned is not null))
            html.Line($"<tr><td>{stage.Name}</td><td>{stage.Learned}</td></tr>");
        html.Line($"</tbody>\n</table></div>");
    }
}
