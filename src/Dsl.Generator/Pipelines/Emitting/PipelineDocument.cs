using System.Linq;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>The class's doc comment: a row a stage, with what is known while compiling.</summary>
internal static class PipelineDocument
{
    public static void Write(CodeWriter writer, CheckedPipeline pipeline)
    {
        if (pipeline.HasErrors)
            return;
        int models = pipeline.Stages.Count(stage => stage.Rule.IsModel);
        writer.Line("/// <remarks>");
        writer.Line($"/// {Literal.Int(pipeline.Stages.Count - models)} stages, {Literal.Int(models)} models.");
        writer.Line("/// <list type=\"table\">");
        writer.Line("/// <listheader><term>stage</term><description>columns</description></listheader>");
        foreach (CheckedStage stage in pipeline.Stages)
            writer.Line($"/// <item><term>{Escaped(stage.Name)}</term><description>{Escaped(Columns(stage))}</description></item>");
        writer.Line("/// </list>");
        writer.Line("/// </remarks>");
    }

    /// <summary>A stage with its columns, as comments have it.</summary>
    public static string Line(CheckedStage stage) => stage.Name + ": " + string.Join(", ", stage.Inputs.Select(column => column.Name))
        + (stage.Outputs.Count == 0 ? "" : " → " + string.Join(", ", stage.Outputs.Select(column => column.Name)));

    /// <summary>A stage's columns, escaped for a comment.</summary>
    public static string Comment(CheckedStage stage) => Escaped(Columns(stage));

    private static string Columns(CheckedStage stage)
    {
        string inputs = string.Join(", ", stage.Inputs.Select(column => column.Name));
        string outputs = string.Join(", ", stage.Outputs.Select(column => $"{column.Name}, {column.Described}"));
        return outputs.Length == 0 ? inputs : $"{inputs} → {outputs}";
    }

    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
