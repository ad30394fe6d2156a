using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>What a right pipeline says of itself that its author should know: columns that nothing reads (DSL513), stages that see the rows held back (DSL516).</summary>
internal static class UsageRules
{
    public static void Check(CheckedPipeline pipeline, List<Finding> findings)
    {
        if (pipeline.Split is { } split)
        {
            foreach (CheckedStage stage in pipeline.Stages.Take(split.Index).Where(stage => stage.Learns && !stage.IsGiven))
            {
                // What Split stratifies by has to be there before it.
                bool mayMove = split.Inputs.All(column => column.Stage < stage.Index);
                findings.Add(new(
                    Descriptors.SeesTestRows,
                    Place.Attribute(stage.Ordinal),
                    $"{stage.Name} stands before {split.Name} and learns from the rows that it holds back: put Split first{(mayMove ? "" : ", and stratify by what is there before it")}",
                    mayMove ? split.Name : null));
            }
        }

        if (!pipeline.Stages.Any(stage => stage.Rule.IsModel))
            return;
        HashSet<int> read = [.. pipeline.Stages.SelectMany(stage => stage.Inputs).Select(column => column.Index)];
        if (pipeline.Declaration.Entries.Any(entry => entry.Construct is SelectStage))
            read.UnionWith(pipeline.Output.Select(column => column.Index));
        foreach (CheckedStage stage in pipeline.Stages)
        {
            if (stage.Rule.IsModel || stage.Rule is MaskStage or DropNullsStage)
                continue;
            Column[] unread = [.. stage.Outputs.Where(column => !read.Contains(column.Index) && !IsOfPrediction(column))];
            if (unread.Length > 0)
                findings.Add(new(Descriptors.UnusedColumn, Place.Attribute(stage.Ordinal), $"{stage.Name} makes {string.Join(", ", unread.Select(column => column.Name))}, which no stage, no model and no Select reads"));
        }
    }

    private static bool IsOfPrediction(Column column) => column.IsPrediction || column.Sources.Any(IsOfPrediction);
}
