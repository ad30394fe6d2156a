using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>How a pipeline learns and is measured: Fit, Tune, Evaluate, and what the stages have learnt.</summary>
internal static class FittingMembers
{
    public static PipelinePart Part { get; } = new(["Fit", "Tune", "Evaluate", "TestScores"], Write);

    private static void Write(PipelineContext context)
    {
        if (!context.Throws)
        {
            FitCode.WriteState(context.Code);
            FitCode.Write(context.Code);
            if (context.Pipeline.CrossValidation is not null)
                TuneCode.Write(context.Code);
            if (context.Pipeline.Scores.Count > 0)
                ScoreCode.Write(context.Code);
            return;
        }

        // There is no public constructor: a pipeline is made by Fit and Load.
        if (context.Names.IsFree(".ctor"))
            context.Writer.Line($"private {context.Class}() => {context.Throw};");
        context.Stub("Fit", "Learns from rows.", $"{context.FitAccess} static {context.Class} Fit({context.FitParameters})");
        if (context.Declaration.Entries.Any(entry => entry.Construct is CrossValidateConstruct))
            context.Stub("Tune", "Fits every point of the grid on every fold.", $"{context.FitAccess} static global::Dsl.PipelineTuning<{context.Class}> Tune({context.FitParameters})");
        if (RowMembers.HasScores(context))
        {
            context.Stub("Evaluate", "Measures predictions against the labels of rows; rows without a label do not count.", $"{context.RowAccess} {context.Names.Scores} Evaluate({context.Rows} rows)");
            if (context.Declaration.Entries.Any(entry => entry.Construct is StageRule { HoldsBack: true }))
                context.Stub("TestScores", "The scores of the rows that Split held back; null without them.", $"public {context.Names.Scores}{context.MayBeNull} TestScores");
        }

        foreach (CheckedStage stage in context.Pipeline.Stages.Where(stage => stage.Learns))
        {
            if (!context.Names.Take(stage.Name))
                continue;
            context.Writer.Line($"/// <summary>{string.Join(", ", stage.Inputs.Select(column => column.Name))}</summary>");
            context.Writer.Line($"{PipelineContext.AccessOf(stage)} {PipelineContext.TypeOf(stage)} {Literal.Name(stage.Name)} => {context.Throw};");
        }

        context.Writer.Line();
    }
}
