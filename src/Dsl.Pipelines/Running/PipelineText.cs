using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Running;
using Dsl.Runtime;

namespace Dsl.Pipelines;

/// <summary>What a fitted pipeline says of itself: what generated <c>Summary</c> calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PipelineText
{
    /// <summary>A line a stage: its columns with kinds and sizes, what was learnt, and of how many rows.</summary>
    public static string Of(IPipeline pipeline, FittedRows rows)
    {
        List<string[]> lines = [["stage", "columns", "learnt", "rows"]];
        foreach (PipelineStage stage in pipeline.Stages)
        {
            string outputs = string.Join(", ", stage.Outputs.Select(column => $"{column.Name} ({column.Kind})"));
            lines.Add([stage.Name, string.Join(", ", stage.Inputs) + (outputs.Length == 0 ? "" : " → " + outputs), stage.Learned ?? "", rows.Describe(stage.Name)]);
        }

        return TextTable.Of(lines);
    }

    /// <summary>A network in a line.</summary>
    public static string Of(Network network) => $"{network.Parameters.Sum(parameter => (long)parameter.Count)} parameters";
}
